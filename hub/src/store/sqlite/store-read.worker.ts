import { parentPort, workerData } from 'node:worker_threads'
import { answer, type Methods, type StoreCall, type StoreThreadData } from './calls.ts'
import { readAccess } from './read-access.ts'
import { readAgents } from './read-agents.ts'
import { readBundles } from './read-bundles.ts'
import { readDecisions } from './read-decisions.ts'
import { readModels } from './read-models.ts'
import { openSqlite } from './schema.ts'

/** Answers questions on its own connection, so that a long one never holds up ingest or the event loop. */

const db = openSqlite((workerData as StoreThreadData).path, 'read')
const methods = { ...readDecisions(db), ...readAgents(db), ...readBundles(db), ...readModels(db), ...readAccess(db) } as Methods

parentPort?.on('message', (call: StoreCall | 'close') => {
  if (call !== 'close') return parentPort?.postMessage(answer(methods, call))
  db.close()
  parentPort?.close()
})
parentPort?.postMessage('ready')

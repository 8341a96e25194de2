import { type MessagePort, parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads'
import { sqliteAppender } from './appender.ts'
import { answer, type Methods, type StoreCall, type StoreReply, type StoreThreadData } from './calls.ts'
import { openSqlite } from './schema.ts'
import { writeAccess } from './write-access.ts'
import { writeAgents } from './write-agents.ts'
import { writeBundles } from './write-bundles.ts'
import { writeModels } from './write-models.ts'

/**
 * The one writer. Everything that queued up while the disk was busy becomes one transaction: the group commit.
 * INVARIANT: a reply is sent only after the commit that holds its change.
 */

const MOST_CALLS = 512
const db = openSqlite((workerData as StoreThreadData).path, 'write')
const methods = { ...writeAccess(db), ...writeAgents(db), ...writeBundles(db), ...writeModels(db), ...sqliteAppender(db) } as Methods
// Nested transactions are savepoints: one that fails leaves no trace, and the others of its group stand.
const one = db.transaction((call: StoreCall): StoreReply => {
  const reply = answer(methods, call)
  if (!reply.ok) throw new Error(reply.error)
  return reply
})
const group = db.transaction((calls: readonly StoreCall[]): readonly StoreReply[] => calls.map(tryOne))

function tryOne(call: StoreCall): StoreReply {
  try {
    return one(call)
  } catch (error) {
    return failure(call, error)
  }
}

function run(calls: readonly StoreCall[]): readonly StoreReply[] {
  try {
    return group.immediate(calls)
  } catch (error) {
    return calls.map((call) => failure(call, error))
  }
}

function failure(call: StoreCall, error: unknown): StoreReply {
  return { id: call.id, ok: false, error: error instanceof Error ? error.message : String(error) }
}

function serve(port: MessagePort): void {
  port.on('message', (first: StoreCall | 'close') => {
    const calls: StoreCall[] = []
    let next: StoreCall | 'close' | undefined = first
    while (next !== undefined && next !== 'close') {
      calls.push(next)
      next = calls.length < MOST_CALLS ? (receiveMessageOnPort(port)?.message as StoreCall | 'close' | undefined) : undefined
    }
    if (calls.length > 0) port.postMessage(run(calls))
    if (next !== 'close') return
    db.close()
    port.close()
  })
  port.postMessage('ready')
}

if (parentPort !== null) serve(parentPort)

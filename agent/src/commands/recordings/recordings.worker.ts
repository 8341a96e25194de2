import { parentPort, workerData } from 'node:worker_threads'
import { policyOf } from '../policy-folder.ts'
import { judgeBatch } from './judge-batch.ts'
import { RecordingJudge } from './judge-recording.ts'
import type { Batch, JudgingStart } from './judging-messages.ts'

/** Entry of a thread that judges recordings: one batch in, one answer out, in order. */
const port = parentPort
if (!port) throw new Error('recordings are judged in a worker thread only')

const { policies, replaying } = workerData as JudgingStart
const judge = new RecordingJudge(policies.map(policyOf), replaying)
port.on('message', (batch: Batch) => port.postMessage(judgeBatch(judge, batch)))

import { AgentError } from '../../platform/errors.ts'
import type { JudgedCall, RecordingJudge } from './judge-recording.ts'
import type { Batch, JudgedBatch } from './judging-messages.ts'
import type { ReplayModels } from './replay-models.ts'

/** The recordings on these lines, in their order, up to one that cannot be read. */
export function judgeBatch(judge: RecordingJudge, { file, lines }: Batch): JudgedBatch {
  const calls: JudgedCall[] = []
  try {
    for (const line of lines) calls.push(...judge.judge(judge.reader.read(line, file), `${line.number}`))
    return { calls }
  } catch (error) {
    if (error instanceof AgentError) return { calls, failure: error.message }
    throw error
  }
}

/** The same with models, which are asked about each recording before it is judged for good. */
export async function judgeBatchWithModels(judge: RecordingJudge, models: ReplayModels, { file, lines }: Batch): Promise<JudgedBatch> {
  const calls: JudgedCall[] = []
  try {
    for (const line of lines) calls.push(...(await models.judge(judge, judge.reader.read(line, file), `${line.number}`)))
    return { calls }
  } catch (error) {
    if (error instanceof AgentError) return { calls, failure: error.message }
    throw error
  }
}

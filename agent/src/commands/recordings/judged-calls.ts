/** Recorded sessions through the same kernel as live ones, over all processors, told in the order of the files. */
import { createReadStream, statSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { createGunzip } from 'node:zlib'
import { AgentError, messageOf } from '../../platform/errors.ts'
import { type Line, linesOf } from '../json-lines.ts'
import type { SharedPolicy } from '../policy-folder.ts'
import { judgeBatch, judgeBatchWithModels } from './judge-batch.ts'
import { type JudgedCall, RecordingJudge, type Replaying } from './judge-recording.ts'
import type { Batch, JudgedBatch } from './judging-messages.ts'
import { JudgingThreads } from './judging-threads.ts'
import { expectShortWork } from './short-work.ts'
import type { ReplayModels } from './replay-models.ts'

/** Files that are smaller together, as they lie on the disk, are not worth the start of a thread. */
const SMALL = 131_072
/** More threads than that have to wait for the one that reads. */
const MOST_THREADS = 8
/** Characters and lines of one batch; a batch has at least one line. */
const [BATCH_LENGTH, BATCH_LINES] = [524_288, 32]
/** Batches that each thread may have before it. */
const AHEAD = 3

/** Judges batches, many at a time. */
interface Judges {
  readonly atOnce: number
  readonly judge: (batch: Batch) => Promise<JudgedBatch>
  readonly close: () => Promise<void>
}

/**
 * Every recorded call as the policies decide it. Throws an `AgentError` that names the line it stopped at, after all the calls
 * before it.
 */
export async function* judgedCalls(
  files: readonly string[],
  policies: readonly SharedPolicy[],
  { hostname, user, models }: Replaying & { readonly models?: ReplayModels | undefined },
): AsyncGenerator<JudgedCall> {
  const judges = models === undefined ? judgesFor(files, policies, { hostname, user }) : withModels(models, policies, { hostname, user })
  const ahead: Promise<JudgedBatch>[] = []
  try {
    for await (const batch of batchesOf(files)) {
      const judged = batch instanceof AgentError ? Promise.reject(batch) : judges.judge(batch)
      // What goes wrong is told when its turn comes.
      judged.catch(() => undefined)
      ahead.push(judged)
      if (ahead.length >= judges.atOnce) yield* callsOf(await ahead.shift())
    }
    for (const judged of ahead) yield* callsOf(await judged)
  } finally {
    await judges.close()
  }
}

function* callsOf(batch: JudgedBatch | undefined): Generator<JudgedCall> {
  yield* batch?.calls ?? []
  if (batch?.failure !== undefined) throw new AgentError('usage', batch.failure)
}

function judgesFor(files: readonly string[], policies: readonly SharedPolicy[], replaying: Replaying): Judges {
  const count = Math.min(availableParallelism(), MOST_THREADS)
  if (count < 2 || areSmall(files)) {
    const judge = new RecordingJudge(
      policies.map(({ policy }) => policy),
      replaying,
    )
    return { atOnce: 1, judge: async (batch) => judgeBatch(judge, batch), close: async () => {} }
  }
  expectShortWork()
  const sources = policies.map(({ files: texts, transcript }) => ({ files: texts, transcript }))
  const threads = new JudgingThreads(count, { policies: sources, replaying })
  return { atOnce: count * AHEAD, judge: (batch) => threads.judge(batch), close: () => threads.close() }
}

/** One after the other: a model has a thread of its own already. */
function withModels(models: ReplayModels, policies: readonly SharedPolicy[], replaying: Replaying): Judges {
  const judge = new RecordingJudge(
    policies.map(({ policy }) => policy),
    replaying,
  )
  return { atOnce: 1, judge: (batch) => judgeBatchWithModels(judge, models, batch), close: () => models.close() }
}

/** The length of a pipe is not known, and a file that cannot be looked at is told of when it is read. */
function areSmall(files: readonly string[]): boolean {
  try {
    const sizes = files.map((file) => statSync(file))
    return sizes.every((stats) => stats.isFile()) && sizes.reduce((sum, { size }) => sum + size, 0) < SMALL
  } catch {
    return true
  }
}

/** The lines of the files, in batches; as the last of all, why a file could not be read further. */
async function* batchesOf(files: readonly string[]): AsyncGenerator<Batch | AgentError> {
  for (const file of files) {
    let [lines, length]: [Line[], number] = [[], 0]
    try {
      for await (const line of linesOf(opened(file))) {
        lines.push(line)
        length += line.text?.length ?? 0
        if (length < BATCH_LENGTH && lines.length < BATCH_LINES) continue
        yield { file, lines }
        ;[lines, length] = [[], 0]
      }
      if (lines.length > 0) yield { file, lines }
    } catch (error) {
      if (lines.length > 0) yield { file, lines }
      yield new AgentError('usage', `\`${file}\` could not be read (${messageOf(error)}), so replay stopped there.`, error)
      return
    }
  }
}

/** Recordings may be compressed; they are read as a stream, so their size does not matter. */
function opened(file: string): AsyncIterable<Uint8Array> {
  const input = createReadStream(file)
  if (!file.endsWith('.gz')) return input
  const unpacked = createGunzip({ chunkSize: CHUNK })
  input.on('error', (error) => unpacked.destroy(error))
  return input.pipe(unpacked)
}

/** Octets unpacked at once. */
const CHUNK = 131_072

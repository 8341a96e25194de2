import { createWriteStream, type WriteStream } from 'node:fs'
import { AgentError, EXIT, messageOf, systemCode } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { DecisionTally } from './decision-tally.ts'
import { loadSharedPolicy } from './policy-folder.ts'
import type { JudgedCall } from './recordings/judge-recording.ts'
import { judgedCalls } from './recordings/judged-calls.ts'

export interface ReplayOptions {
  readonly files: readonly string[]
  readonly pack: string
  readonly out?: string
  readonly summary?: boolean
  /** Folders of models that take part. */
  readonly models?: string
}

/** `assize replay FILE…`: recorded sessions through the same kernel. */
export async function runReplay(context: CommandContext, options: ReplayOptions): Promise<number> {
  // Whoever reads may have seen enough: `assize replay … | head`.
  process.stdout.once('error', (error) => process.exit(systemCode(error) === 'EPIPE' ? EXIT.done : EXIT.internal))
  const policy = await loadSharedPolicy(options.pack)
  // Only with models are they loaded.
  const models =
    options.models === undefined
      ? undefined
      : await import('./recordings/replay-models.ts').then(
          ({ modelFolders, ReplayModels }) => new ReplayModels(modelFolders(options.models ?? '')),
        )
  const tally = new DecisionTally()
  const out = options.out === undefined ? undefined : createWriteStream(options.out)
  const failed = out === undefined ? undefined : new Promise<never>((_resolve, reject) => out.once('error', reject))
  const work = (async () => {
    for await (const judged of judgedCalls(options.files, [policy], { ...context.platform, models })) {
      for (const decision of judged.decisions) tally.add(judged, decision)
      if (out !== undefined) await writeLine(out, lineOf(judged))
      else if (options.summary !== true) await context.say(lineOf(judged))
    }
    if (out !== undefined) await new Promise<void>((resolve) => out.end(resolve))
  })()
  try {
    await (failed === undefined ? work : Promise.race([work, failed]))
  } catch (error) {
    throw error instanceof AgentError
      ? error
      : new AgentError('usage', `\`${options.out}\` could not be written (${messageOf(error)}), so the decisions were not kept.`, error)
  }
  if (options.summary === true) await context.say(context.json ? JSON.stringify(tally) : tally.text())
  return EXIT.done
}

function lineOf({ session, callId, decisions, micros }: JudgedCall): string {
  const [decision] = decisions
  return JSON.stringify({
    session_id: session,
    call_id: callId,
    verdict: decision?.verdict,
    policy: decision?.policy,
    reason: decision?.reason,
    micros,
  })
}

function writeLine(stream: WriteStream, text: string): Promise<void> {
  if (stream.write(`${text}\n`)) return Promise.resolve()
  return new Promise((resolve) => stream.once('drain', () => resolve()))
}

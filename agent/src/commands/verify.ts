import { existsSync, readFileSync, statSync } from 'node:fs'
import { type Checkpoint, parseCheckpoint } from '@assize/kernel'
import { AgentError, EXIT, messageOf } from '../platform/errors.ts'
import { statePaths } from '../platform/state-directory.ts'
import { verifyJournal } from '../record/index.ts'
import type { CommandContext } from './context.ts'

const CHECKPOINT_BYTES = 4_096

/** `assize verify`: reads the whole journal and checks its chain; needs no running agent. Exit code 1 names the first bad entry. */
export async function runVerify(context: CommandContext, options: { readonly checkpoint: string | undefined }): Promise<number> {
  const path = statePaths(context.state, context.platform).journal
  if (!existsSync(path))
    throw new AgentError(
      'usage',
      `There is no journal in \`${context.state}\`, so there is nothing to verify. Name the agent's state directory with --state.`,
    )
  const checkpoint = options.checkpoint === undefined ? undefined : readCheckpoint(options.checkpoint)
  const result = await verify(path, checkpoint)
  if (context.json) await context.say(JSON.stringify(result))
  else if (result.ok)
    await context.say(
      `The journal is whole: entries ${result.firstSeq} to ${result.lastSeq} of epoch ${result.epoch}${result.dropped > 0 ? `, ${result.dropped} bodies given up and declared` : ''}. Head ${result.hash}.`,
    )
  else
    await context.say(
      `The journal is not whole: entry ${result.seq} of epoch ${result.epoch} is the first bad one (${result.reason}: ${result.detail}). Do not rely on what it says from there on; compare with what the hub holds, and find out who could write to ${path}.`,
    )
  return result.ok ? EXIT.done : EXIT.no
}

async function verify(path: string, checkpoint: Checkpoint | undefined) {
  try {
    return await verifyJournal(path, checkpoint ? { checkpoint } : {})
  } catch (error) {
    // A page that SQLite itself cannot read is as bad as an entry that was changed.
    return { ok: false as const, epoch: 0, seq: 0, reason: 'unreadable', detail: messageOf(error) }
  }
}

function readCheckpoint(path: string): Checkpoint {
  const refuse = (why: string) =>
    new AgentError(
      'usage',
      `The checkpoint \`${path}\` cannot be used (${why}), so nothing was verified. It is a file of the form {"v":1,"epoch":…,"seq":…,"hash":"…"}.`,
    )
  try {
    if (statSync(path).size > CHECKPOINT_BYTES) throw refuse('it is too large')
    const checkpoint = parseCheckpoint(readFileSync(path, 'utf8'))
    if (!checkpoint) throw refuse('it is not a checkpoint')
    return checkpoint
  } catch (error) {
    throw error instanceof AgentError ? error : refuse(messageOf(error))
  }
}

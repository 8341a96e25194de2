/** Room for the small files that a start writes, taken from the journal's ballast where the disk is full. */
import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { AgentError, messageOf, systemCode } from '../platform/errors.ts'
import { ballastOf } from './ballast.ts'

/** What a start and the first sessions write besides the journal; the first half is free at once, the other one when it is given back. */
const ROOM_BYTES = 512 * 1024

/**
 * Keeps room free while the journal, which takes what it finds, is opened. Returns what gives it back.
 * Throws an `AgentError` when the disk is full and no ballast is left to give up, or takes no files at all. `journal` is the
 * path of the journal, which no other agent may have open.
 */
export function keepRoomToStart(journal: string): () => void {
  const room = `${journal}.room`
  if (!taken(room)) {
    rmSync(ballastOf(journal), { force: true })
    if (!taken(room))
      throw new AgentError(
        'internal',
        `The disk of \`${dirname(journal)}\` is full, so the agent did not start and nothing is protected: calls that could change something do not run. Free some space there and start it again.`,
      )
  }
  truncateSync(room, ROOM_BYTES / 2)
  return () => rmSync(room, { force: true })
}

function taken(room: string): boolean {
  try {
    // Real bytes, because a hole takes no room.
    writeFileSync(room, Buffer.alloc(ROOM_BYTES, 0xa5), { mode: 0o600 })
    return true
  } catch (error) {
    if (['ENOSPC', 'EDQUOT'].includes(systemCode(error))) {
      rmSync(room, { force: true })
      return false
    }
    throw new AgentError(
      'usage',
      `Nothing can be written in \`${dirname(room)}\` (${messageOf(error)}), so the agent did not start and nothing is protected: calls that could change something do not run. Make it writable, or name another directory with --state.`,
      error,
    )
  }
}

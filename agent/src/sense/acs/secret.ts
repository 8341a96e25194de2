import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Platform } from '../../platform/platform.ts'
import { writePrivateFile } from '../../platform/private-file.ts'
import { statePaths } from '../../platform/state-directory.ts'

const SECRET = /^[0-9a-f]{64}$/

/** What programs prove to have read: kept over starts, so that they need not read it again. Removing the file makes a new one. */
export function sharedSecret(state: string, platform: Platform): string {
  const path = statePaths(state, platform).apiToken
  try {
    const known = readFileSync(path, 'utf8').trim()
    if (SECRET.test(known)) return known
  } catch {
    // The first start.
  }
  const made = randomBytes(32).toString('hex')
  writePrivateFile(path, made)
  return made
}

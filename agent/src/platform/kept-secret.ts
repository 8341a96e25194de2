import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { writePrivateFile } from './private-file.ts'

const SECRET = /^[0-9a-f]{64}$/

/** 32 random bytes, in hex, in a file that only this user reads: kept over starts. Removing the file makes a new one. */
export function keptSecret(path: string): string {
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

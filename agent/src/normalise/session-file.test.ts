import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { SessionFile } from './session-file.ts'

it.runIf(process.platform === 'linux')('adds nothing after what is missing, until all of it was written anew', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'assize-session-file-')), 'A.jsonl')
  const file = new SessionFile(path)
  await file.append('one\n')
  await file.close()
  renameSync(path, `${path}.kept`)
  symlinkSync('/dev/full', path)
  await expect(file.append('two\n')).rejects.toThrow('ENOSPC')
  rmSync(path)
  renameSync(`${path}.kept`, path)
  await expect(file.append('three\n')).rejects.toThrow('could not be added')
  await file.replace('one\ntwo\nthree\n')
  await file.append('four\n')
  await file.close()
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\nthree\nfour\n')
})

it('leaves nothing of a session behind, nor what was not put in its place', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'assize-session-file-')), 'A.jsonl')
  const file = new SessionFile(path)
  mkdirSync(path)
  await expect(file.replace('what it had read\n')).rejects.toThrow()
  rmSync(path, { recursive: true })
  await file.remove()
  expect(existsSync(`${path}.new`)).toBe(false)
})

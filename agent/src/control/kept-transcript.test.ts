import { compilePolicy } from '@assize/kernel'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadPolicy } from '../commands/policy-folder.ts'
import { engineOf } from './engine-transcript.ts'
import { KeptTranscript, keptOf } from './kept-transcript.ts'
import { builtInPack, readPolicyFolder } from './policy-folder.ts'

let pack: string
beforeEach(() => {
  pack = join(mkdtempSync(join(tmpdir(), 'assize-packs-')), 'strict')
  cpSync(builtInPack('strict'), pack, { recursive: true })
})
afterEach(() => rmSync(join(pack, '..'), { recursive: true, force: true }))

const kept = () => new KeptTranscript(`${pack}/`).of(readPolicyFolder(pack))

describe('what the engine said of a pack', () => {
  it('leads to the same policy without the engine', () => {
    new KeptTranscript(pack).keep(cedar)
    const files = readPolicyFolder(pack)
    const transcript = kept()
    if (transcript === undefined) throw new Error('nothing was kept')
    const [again, asked] = [compilePolicy(files, engineOf(transcript)), compilePolicy(files, cedar)]
    expect(again.ok && asked.ok && [...again.policy.rules]).toEqual(asked.ok && [...asked.policy.rules])
    expect(again.ok && again.policy.version).toEqual(asked.ok && asked.policy.version)
  }, 60_000)

  it('is not taken for what it would say of a pack that was changed', () => {
    new KeptTranscript(pack).keep(cedar)
    appendFileSync(join(pack, 'bundle.yaml'), '# Ours.\n')
    expect(kept()).toBeUndefined()
  })

  it('is not kept of a pack that fails its own tests', () => {
    const never = '- name: nothing is read\n  effect: { class: fs.read, target: /home/ada/a.md }\n  expect: { verdict: deny }\n'
    writeFileSync(join(pack, 'tests', 'ours.yaml'), never)
    expect(() => new KeptTranscript(pack).keep(cedar)).toThrow('fails its own tests')
    expect(kept()).toBeUndefined()
  })

  it('is asked for again where it was not kept, or not kept well', () => {
    expect(kept()).toBeUndefined()
    writeFileSync(`${pack}.engine.json`, '{"digest":')
    expect(kept()).toBeUndefined()
  })

  it('counts for the packs that ship only, not for a folder beside which anybody put it', async () => {
    new KeptTranscript(pack).keep(cedar)
    expect(kept()).toBeDefined()
    expect(keptOf(pack, readPolicyFolder(pack))).toBeUndefined()

    // What stands in the folder is what counts, whatever a file of that name says.
    const told = JSON.parse(readFileSync(`${pack}.engine.json`, 'utf8')) as { transcript: unknown }
    writeFileSync(`${pack}.engine.json`, JSON.stringify({ ...told, transcript: [] }))
    expect([...(await loadPolicy(pack)).rules]).toEqual([...(await loadPolicy('strict')).rules])
  }, 60_000)
})

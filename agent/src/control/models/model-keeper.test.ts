import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { bytesOf, CARD, goldenLines, modelBundle } from '../../../../inference/src/bundle/model-bundle.fixture.ts'
import { ModelKeeper } from './model-keeper.ts'
import { publicKeyOf, signModel } from './model-signature.ts'

const root = mkdtempSync(join(tmpdir(), 'assize-models-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function keyPair() {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    key: privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
    known: publicKeyOf(publicKey.export({ format: 'pem', type: 'spki' }).toString()),
  }
}
const hub = keyPair()
const stranger = keyPair()
const NOW = Date.parse('2026-11-22T12:00:00Z')
let folders = 0

interface Making {
  readonly version?: number
  readonly signer?: string
  readonly days?: number
  readonly changes?: Parameters<typeof modelBundle>[0]
}

/** A signed bundle as a folder. */
function folderOf({ version = 1, signer = hub.key, days = 30, changes = {} }: Making = {}): string {
  const card = CARD.replace('version: 1', `version: ${version}`)
  const files = modelBundle({ 'card.yaml': bytesOf(card), ...changes })
  const folder = join(root, `bundle-${(folders += 1)}`)
  mkdirSync(folder)
  const signed = signModel(files, { name: 'highest-word', version, now: NOW, days, key: signer })
  for (const [path, bytes] of [...files, ...signed]) writeFileSync(join(folder, path), bytes)
  return folder
}

function keeperAt(directory: string, now = NOW): ModelKeeper {
  return new ModelKeeper({ directory, agentVersion: '0.1.0', keys: () => [hub.known], now: () => now })
}
const fresh = () => join(root, `state-${(folders += 1)}`)
const use = (folder: string, keeper: ModelKeeper) => keeper.activate(folder, { shadow: false })

describe('models in use', () => {
  it('come signed and proven, and the one before is kept', async () => {
    const keeper = keeperAt(fresh())
    expect(await use(folderOf(), keeper)).toMatchObject({ ok: true })
    expect(await use(folderOf({ version: 2 }), keeper)).toMatchObject({ ok: true })
    expect(keeper.active()?.card.version).toBe(2)
    expect(keeper.rollBack()).toMatch(/^highest-word-2-/)
    expect(keeper.active()?.card.version).toBe(1)
    expect(keeper.stored()).toHaveLength(1)
  })

  it('may be tried in the shadow first', async () => {
    const keeper = keeperAt(fresh())
    await use(folderOf(), keeper)
    await keeper.activate(folderOf({ version: 2 }), { shadow: true })
    expect([keeper.active()?.card.version, keeper.shadow()?.card.version]).toEqual([1, 2])
    expect(keeper.promote()).toMatch(/^highest-word-2-/)
    expect([keeper.active()?.card.version, keeper.shadow()]).toEqual([2, undefined])
  })

  it('may be signed by a key that an administrator of this machine named', async () => {
    const keeper = keeperAt(fresh())
    const folder = folderOf({ signer: stranger.key })
    expect(await keeper.activate(folder, { shadow: false, key: stranger.known })).toMatchObject({ ok: true })
    expect(keeper.active()?.stored).toBeDefined()
  })

  it('go on after their date, though none is taken after it', async () => {
    const directory = fresh()
    await use(folderOf({ days: 1 }), keeperAt(directory))
    const later = keeperAt(directory, NOW + 10 * 86_400_000)
    expect(later.active()?.stored).toBeDefined()
    expect(await use(folderOf({ days: 1, version: 2 }), later)).toMatchObject({ ok: false, code: 'expired' })
  })

  const HOSTILE: readonly (readonly [string, () => string, string])[] = [
    ['signed by a stranger', () => folderOf({ signer: stranger.key }), 'bad-signature'],
    ['not signed', () => without(folderOf(), 'signatures.json'), 'bad-signature'],
    ['without a manifest', () => without(folderOf(), 'manifest.json'), 'bad-signature'],
    ['with signatures that are no list', () => changed(folderOf(), 'signatures.json', '{"a":1}'), 'bad-signature'],
    ['with a manifest changed after signing', () => changed(folderOf(), 'manifest.json', '{"kind":"model"}'), 'bad-signature'],
    ['with a model changed after signing', () => changed(folderOf(), 'model.onnx', 'other'), 'wrong-content'],
    ['with a card changed after signing', () => changed(folderOf(), 'card.yaml', CARD.replace('slope: 2', 'slope: 9')), 'wrong-content'],
    ['with a file nobody signed', () => changed(folderOf(), 'README.md', 'hello'), 'extra-file'],
    ['with a file missing', () => without(folderOf(), 'vocabulary.json'), 'missing-file'],
    ['expired', () => folderOf({ days: -1 }), 'malformed'],
    ['with false golden vectors', () => folderOf({ changes: { 'golden.jsonl': bytesOf(goldenLines((row) => row)) } }), 'failed-golden'],
    ['that is no model', () => folderOf({ changes: { 'model.onnx': bytesOf('nothing') } }), 'invalid-graph'],
    [
      'whose card names another version than was signed',
      () => folderOf({ version: 3, changes: { 'card.yaml': bytesOf(CARD) } }),
      'wrong-content',
    ],
  ]

  it.each(HOSTILE)('are never one %s; the last good one stays', async (_what, make, code) => {
    const keeper = keeperAt(fresh())
    await use(folderOf({ version: 7 }), keeper)
    const refusal = await use(make(), keeper)
    expect(refusal).toMatchObject({ ok: false, code })
    expect(keeper.active()?.card.version).toBe(7)
    expect(keeperAt(fresh()).use().active).toBeNull()
  })

  it('are not read through links or from folders within', async () => {
    const keeper = keeperAt(fresh())
    const linked = without(folderOf(), 'model.onnx')
    symlinkSync('/etc/hostname', join(linked, 'model.onnx'))
    await expect(use(linked, keeper)).rejects.toThrow('is not a plain file')
  })

  it('are checked again when they are loaded: one changed on disk gives way to the one before', async () => {
    const directory = fresh()
    const keeper = keeperAt(directory)
    await use(folderOf(), keeper)
    const second = await use(folderOf({ version: 2 }), keeper)
    if (!second.ok) throw new Error(second.detail)
    writeFileSync(join(directory, second.name, 'model.onnx'), 'changed')
    expect(keeper.active()?.card.version).toBe(1)
    expect(keeper.problems()[0]).toContain('is not used')
  })

  it('give way to the model that ships when the record of them is damaged', async () => {
    const directory = fresh()
    await use(folderOf(), keeperAt(directory))
    expect(existsSync(join(directory, 'use.json'))).toBe(true)
    writeFileSync(join(directory, 'use.json'), readFileSync(join(directory, 'use.json'), 'utf8').slice(0, 20))
    const keeper = keeperAt(directory)
    // Said before any model is needed: nobody would look for what is off without a word.
    expect(keeper.recordProblem()).toContain(`${join(directory, 'use.json')}\`, is damaged`)
    expect(keeper.active()?.stored).toBeUndefined()
    await use(folderOf(), keeper)
    expect(keeper.recordProblem()).toBe('')
  })

  it('have nothing wrong with their record where there is none', () => {
    expect(keeperAt(fresh()).recordProblem()).toBe('')
  })
})

function without(folder: string, file: string): string {
  rmSync(join(folder, file))
  return folder
}

function changed(folder: string, file: string, content: string): string {
  writeFileSync(join(folder, file), content)
  return folder
}

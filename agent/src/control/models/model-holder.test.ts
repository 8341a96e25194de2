import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BundleManifest, bundleSigningInput, manifestBytes, MODEL_OFFER_BYTES, type StateEntry } from '@assize/kernel'
import { afterAll, describe, expect, it } from 'vitest'
import { bytesOf, CARD, goldenLines, modelBundle, notANumberGraph } from '../../../../inference/src/bundle/model-bundle.fixture.ts'
import { modelFile } from '../../../../inference/src/bundle/onnx-file.fixture.ts'
import type { BundleOffer, ModelPlace } from '../control-messages.ts'
import type { FetchFiles } from '../policy-holder.ts'
import { ModelHolder, type ModelHolderOptions } from './model-holder.ts'
import { ModelKeeper } from './model-keeper.ts'
import { ModelRunner } from './model-runner.ts'

const root = mkdtempSync(join(tmpdir(), 'assize-held-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
const NOW = Date.parse('2026-11-22T12:00:00Z')
const hub = newSigner()
let folders = 0

interface Signer {
  readonly keyId: string
  readonly publicKey: string
  readonly privateKey: KeyObject
}

interface Release {
  readonly offer: BundleOffer
  readonly hash: string
  readonly fetch: FetchFiles
  readonly files: ReadonlyMap<string, Uint8Array>
}

interface Making {
  readonly release?: number
  readonly place?: ModelPlace
  readonly signer?: Signer
  readonly changes?: Parameters<typeof modelBundle>[0]
  readonly manifest?: (manifest: BundleManifest) => object
}

function releaseOf({ release = 1, place = 'active', signer = hub, changes = {}, manifest = (same) => same }: Making = {}): Release {
  const files = modelBundle({ 'card.yaml': bytesOf(CARD), ...changes })
  const bytes = manifestBytes(
    manifest({
      kind: 'model',
      name: 'highest-word',
      version: release,
      created: '2026-11-01T00:00:00Z',
      expires: '2027-02-01T00:00:00Z',
      minAgentVersion: '0.1.0',
      files: [...files].map(([path, content]) => ({ path, sha256: sha256(content), length: content.length })),
    }) as BundleManifest,
  )
  const signatures = [{ keyId: signer.keyId, signature: sign(null, bundleSigningInput(bytes), signer.privateKey) }]
  return {
    offer: { kind: 'model', manifest: bytes, signatures, task: 'texts', use: place },
    hash: sha256(bytes),
    fetch: () => Promise.resolve(files),
    files,
  }
}

function holderAt(directory: string, over: Partial<ModelHolderOptions> = {}) {
  const journal: StateEntry[] = []
  const keys = () => [{ keyId: hub.keyId, publicKey: hub.publicKey }]
  const keeper = new ModelKeeper({ directory, agentVersion: '0.1.0', keys, now: () => NOW })
  const runner: ModelRunner = new ModelRunner({ keeper, log: () => undefined, onTakenBack: (why) => holder.takenBack(why) })
  const holder = new ModelHolder({
    task: 'texts',
    keeper,
    runner,
    mode: 'hub',
    keys,
    now: () => NOW,
    agentVersion: '0.1.0',
    record: (entry) => journal.push(entry),
    ...over,
  })
  return { holder, keeper, runner, changes: () => journal.map(({ change }) => change) }
}
const fresh = () => join(root, `state-${(folders += 1)}`)
const never: FetchFiles = () => Promise.reject(new Error('must not be fetched'))

describe('models that the hub places', () => {
  it('come into use whole and proven, and are in use after a restart', async () => {
    const directory = fresh()
    const { holder, changes } = holderAt(directory)
    expect(holder.mode()).toBe('off')
    const release = releaseOf({ release: 3 })
    expect(await holder.install(release.offer, release.fetch)).toMatchObject({
      kind: 'model',
      task: 'texts',
      status: 'active',
      version: 3,
      activeVersion: 3,
      manifestHash: release.hash,
    })
    expect(holder.mode()).toBe('on')
    expect(await holder.install(release.offer, never)).toMatchObject({ status: 'active' })
    expect(changes()).toEqual(['bundle-activated'])
    const after = holderAt(directory).holder
    expect(after.mode()).toBe('on')
    expect(after.report()).toMatchObject({ mode: 'on', active: { name: 'highest-word', version: 1, manifestHash: release.hash } })
  })

  it('run in the shadow first, and are promoted without being fetched again', async () => {
    const { holder, changes } = holderAt(fresh())
    const shadow = releaseOf({ place: 'shadow' })
    expect(await holder.install(shadow.offer, shadow.fetch)).toMatchObject({ status: 'shadow', activeVersion: 0 })
    expect(holder.mode()).toBe('shadow')
    expect(holder.report()).toMatchObject({ active: { name: 'injection' }, shadow: { manifestHash: shadow.hash } })
    expect(await holder.install({ ...shadow.offer, use: 'active' }, never)).toMatchObject({ status: 'active', activeVersion: 1 })
    expect(holder.report().shadow).toBeUndefined()
    expect(changes()).toEqual(['bundle-activated', 'bundle-activated'])
  })

  it('are taken back by the hub, down to the model that ships', async () => {
    const { holder, keeper, changes } = holderAt(fresh())
    const release = releaseOf()
    await holder.install(release.offer, release.fetch)
    await holder.withdraw('0'.repeat(64))
    expect(keeper.use().active).not.toBeNull()
    await holder.withdraw(release.hash)
    expect(keeper.use().active).toBeNull()
    expect(holder.mode()).toBe('off')
    expect(changes()).toEqual(['bundle-activated', 'bundle-rolled-back'])
    const older = releaseOf()
    expect(await holder.install(older.offer, never)).toMatchObject({ status: 'refused', code: 'not-newer' })
  })

  it('stay where they cannot be taken out, and nothing ends by that', async () => {
    const { holder, keeper } = holderAt(fresh())
    const release = releaseOf()
    await holder.install(release.offer, release.fetch)
    keeper.withdraw = () => {
      throw new Error('ENOSPC: no space left on device')
    }
    await expect(holder.withdraw(release.hash)).resolves.toBeUndefined()
    expect(holder.problems().join()).toMatch(/no space left/)
    expect(holder.mode()).toBe('on')
  })

  it('are a problem of this machine no more once the hub wants a refused one no more', async () => {
    const { holder } = holderAt(fresh())
    const bad = releaseOf({ changes: { 'model.onnx': bytesOf('nothing') } })
    await holder.install(bad.offer, bad.fetch)
    expect(holder.problems()).toHaveLength(1)
    await holder.withdraw('0'.repeat(64))
    expect(holder.problems()).toHaveLength(1)
    await holder.withdraw(bad.hash)
    expect(holder.problems()).toEqual([])
  })

  it('are not taken again after they failed here', async () => {
    const directory = fresh()
    const { holder } = holderAt(directory)
    const [first, second] = [releaseOf({ release: 1 }), releaseOf({ release: 2 })]
    await holder.install(first.offer, first.fetch)
    await holder.install(second.offer, second.fetch)
    holder.rollBack('The agent crashed again and again after it came into use')
    expect(holder.report().active?.manifestHash).toBe(first.hash)
    const after = holderAt(directory).holder
    expect(await after.install(second.offer, never)).toMatchObject({
      status: 'rolled-back',
      code: 'rolled-back',
      version: 2,
      activeVersion: 1,
    })
    const third = releaseOf({ release: 3 })
    expect(await after.install(third.offer, third.fetch)).toMatchObject({ status: 'active', version: 3 })
    expect(after.takenBackReport()).toBeUndefined()
  })

  it('give way by themselves when they stop giving numbers, and the hub is told', async () => {
    const { holder, runner, changes } = holderAt(fresh())
    const good = releaseOf({ release: 1 })
    const golden = bytesOf('{"text":"calm","logits":[1.73205]}\n'.repeat(3))
    const bad = releaseOf({ release: 2, changes: { 'model.onnx': modelFile(notANumberGraph()), 'golden.jsonl': golden } })
    await holder.install(good.offer, good.fetch)
    expect(await holder.install(bad.offer, bad.fetch)).toMatchObject({ status: 'active', version: 2 })
    // Whoever asks is answered all the same, by the model before.
    expect(await runner.classifier()?.classify([{ text: 'poison' }])).toHaveLength(1)
    expect(holder.takenBackReport()).toMatchObject({ status: 'rolled-back', version: 2, activeVersion: 1, manifestHash: bad.hash })
    expect(holder.report().active?.manifestHash).toBe(good.hash)
    expect(changes()).toEqual(['bundle-activated', 'bundle-activated', 'bundle-rolled-back'])
    expect(await holder.install(bad.offer, never)).toMatchObject({ status: 'rolled-back' })
    await runner.close()
  }, 60_000)

  it('serve while another takes their place: what is being read is read to its end', async () => {
    const { holder, runner } = holderAt(fresh())
    const [first, second] = [releaseOf({ release: 1 }), releaseOf({ release: 2 })]
    await holder.install(first.offer, first.fetch)
    const before = runner.classifier()
    const reading = before?.classify([{ text: 'poison in the well' }])
    await holder.install(second.offer, second.fetch)
    expect(await reading).toHaveLength(1)
    expect(runner.classifier()).not.toBe(before)
    expect(await runner.classifier()?.classify([{ text: 'poison in the well' }])).toHaveLength(1)
    expect(holder.report().active).toMatchObject({ manifestHash: second.hash, scored: 1 })
    await runner.close()
  })

  const spoiled = (files: ReadonlyMap<string, Uint8Array>) =>
    new Map(
      [...files].map(([path, bytes]) => [path, path === 'model.onnx' ? bytes.map((byte, at) => (at === 9 ? byte ^ 1 : byte)) : bytes]),
    )
  const HOSTILE: readonly (readonly [string, (good: Release) => Release, string])[] = [
    ['unsigned', (good) => ({ ...good, offer: { ...good.offer, signatures: [] } }), 'bad-signature'],
    ['signed by a stranger', () => releaseOf({ release: 9, signer: newSigner() }), 'bad-signature'],
    [
      'signed by a stranger who claims the known key',
      () => releaseOf({ release: 9, signer: { ...newSigner(), keyId: hub.keyId } }),
      'bad-signature',
    ],
    [
      'changed after it was signed',
      (good) => ({ ...good, offer: { ...good.offer, manifest: good.offer.manifest.map((byte, at) => (at === 40 ? byte ^ 1 : byte)) } }),
      'bad-signature',
    ],
    ['older', () => releaseOf({ release: 2 }), 'not-newer'],
    ['of the same release with other content', () => releaseOf({ release: 5, changes: { 'README.md': bytesOf('x') } }), 'not-newer'],
    ['expired', () => releaseOf({ release: 9, manifest: (m) => ({ ...m, expires: '2026-11-22T11:59:59Z' }) }), 'expired'],
    [
      'that expires before it was made',
      () => releaseOf({ release: 9, manifest: (m) => ({ ...m, expires: '2026-10-01T00:00:00Z' }) }),
      'malformed',
    ],
    ['for a newer agent', () => releaseOf({ release: 9, manifest: (m) => ({ ...m, minAgentVersion: '99.0.0' }) }), 'agent-too-old'],
    ['a policy', () => releaseOf({ release: 9, manifest: (m) => ({ ...m, kind: 'policy' }) }), 'wrong-kind'],
    ['no manifest', () => releaseOf({ release: 9, manifest: () => ({ version: 9 }) }), 'malformed'],
    ['of a manifest that never ends', () => releaseOf({ release: 9, manifest: (m) => ({ ...m, note: 'x'.repeat(300_000) }) }), 'too-large'],
    [
      'larger than what is taken this way',
      () =>
        releaseOf({
          release: 9,
          manifest: (m) => ({ ...m, files: [{ path: 'model.onnx', sha256: '0'.repeat(64), length: MODEL_OFFER_BYTES + 1 }] }),
        }),
      'too-large',
    ],
    [
      'with a file in a folder',
      () => releaseOf({ release: 9, manifest: (m) => ({ ...m, files: [...m.files, { path: 'a/b', sha256: '0'.repeat(64), length: 1 }] }) }),
      'extra-file',
    ],
    [
      'with a file out of its folder',
      () =>
        releaseOf({ release: 9, manifest: (m) => ({ ...m, files: [...m.files, { path: '../b', sha256: '0'.repeat(64), length: 1 }] }) }),
      'malformed',
    ],
    [
      'with a signature file of its own',
      () =>
        releaseOf({
          release: 9,
          manifest: (m) => ({ ...m, files: [...m.files, { path: 'signatures.json', sha256: '0'.repeat(64), length: 1 }] }),
        }),
      'extra-file',
    ],
    ['of other files than were signed', (good) => ({ ...good, fetch: () => Promise.resolve(spoiled(good.files)) }), 'wrong-content'],
    ['without one of its files', (good) => ({ ...good, fetch: () => Promise.resolve(new Map([...good.files].slice(1))) }), 'missing-file'],
    [
      'with a file more',
      (good) => ({ ...good, fetch: () => Promise.resolve(new Map([...good.files, ['more.bin', new Uint8Array(4)]])) }),
      'extra-file',
    ],
    ['that cannot be fetched', (good) => ({ ...good, fetch: never }), 'fetch-failed'],
    ['that is no model', () => releaseOf({ release: 9, changes: { 'model.onnx': bytesOf('nothing') } }), 'invalid-graph'],
    ['without a card', () => releaseOf({ release: 9, changes: { 'card.yaml': bytesOf('') } }), 'invalid-card'],
    [
      'with false golden vectors',
      () => releaseOf({ release: 9, changes: { 'golden.jsonl': bytesOf(goldenLines((row) => row)) } }),
      'failed-golden',
    ],
    ['of another name than on its card', () => releaseOf({ release: 9, manifest: (m) => ({ ...m, name: 'other' }) }), 'wrong-content'],
    [
      'for another task than its card says',
      () => releaseOf({ release: 9, changes: { 'card.yaml': bytesOf(CARD.replace('words-1', 'questions-1')) } }),
      'wrong-task',
    ],
  ]

  it.each(HOSTILE)('are never one %s; the last good one stays and says why', async (_what, make, code) => {
    const { holder, changes } = holderAt(fresh())
    const before = releaseOf({ release: 5 })
    await holder.install(before.offer, before.fetch)
    const bad = make(releaseOf({ release: 9 }))
    const report = await holder.install(bad.offer, bad.fetch)
    expect(report).toMatchObject({ kind: 'model', status: 'refused', code, activeVersion: 5 })
    expect(report.detail).toMatch(/stay in use/)
    expect(holder.problems().join(' ')).toContain('was refused')
    expect(holder.report().active?.manifestHash).toBe(before.hash)
    await holder.install(bad.offer, bad.fetch)
    expect(changes()).toEqual(['bundle-activated', 'bundle-refused'])
  })
})

function newSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return { keyId: sha256(der), publicKey: der.toString('base64'), privateKey }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

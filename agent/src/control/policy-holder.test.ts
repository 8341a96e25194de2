import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { type BundleManifest, bundleSigningInput, loadPolicyBundle, manifestBytes, type PolicyFiles, type StateEntry } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import type { BundleKey } from './bundle-signature.ts'
import type { BundleOffer } from './control-messages.ts'
import { transcribed } from './engine-transcript.ts'
import { policyLoader } from './load-policy.ts'
import { builtInPack, readPolicyFolder } from './policy-folder.ts'
import { type FetchFiles, PolicyHolder, type PolicyHolderOptions } from './policy-holder.ts'

const signer = newSigner()
const NOW = Date.parse('2026-11-22T12:00:00Z')
const pack = readPolicyFolder(builtInPack('balanced'))

describe('the policy in force', () => {
  it('is the built-in pack until a bundle is activated, and that bundle after a restart', async () => {
    const { holder, directory, states } = await make()
    expect(holder.current().version).toMatchObject({ name: 'balanced', version: 0 })
    expect(holder.report()).toMatchObject({ status: 'active', activeVersion: 0 })
    const bundle = bundleOf({ version: 3 })
    const report = await holder.install(bundle.offer, bundle.fetch)
    expect(report).toMatchObject({ status: 'active', version: 3, activeVersion: 3, manifestHash: bundle.hash, code: '' })
    expect(holder.current().version).toEqual({ name: 'balanced', version: 3, hash: bundle.hash })
    expect(states).toEqual(['bundle-activated'])
    expect((await make({ directory })).holder.current().version.version).toBe(3)
  })

  it("is named by the folder it lies in while that is this machine's own and no bundle is active", async () => {
    const { holder } = await make({ ownFolder: '/etc/rules' })
    expect(holder.named()).toEqual({ ...holder.current().version, folder: '/etc/rules' })
    const bundle = bundleOf({ version: 3 })
    await holder.install(bundle.offer, bundle.fetch)
    expect(holder.named()).toEqual({ name: 'balanced', version: 3, hash: bundle.hash })
    expect((await make()).holder.named()).not.toHaveProperty('folder')
  })

  it('starts by what was agreed to when the product was built, without the engine, and with it where that does not fit', async () => {
    const { engine, transcript: kept } = transcribed(cedar)
    loadPolicyBundle(pack, engine)
    let loads = 0
    const load = (files: PolicyFiles) => {
      loads += 1
      return Promise.resolve(loadPolicyBundle(files, cedar))
    }
    const asKept = (await make({ kept, load })).holder.current()
    expect(loads).toBe(0)
    const anew = (await make({ kept: kept.slice(1), load })).holder.current()
    expect(loads).toBe(1)
    expect([...asKept.rules]).toEqual([...anew.rules])
    expect(asKept.version).toEqual(anew.version)
  })

  it('is the same after the same offer comes again, without fetching or recording anything', async () => {
    const { holder, states } = await make()
    const bundle = bundleOf({ version: 1 })
    await holder.install(bundle.offer, bundle.fetch)
    expect(await holder.install(bundle.offer, () => Promise.reject(new Error('must not be fetched')))).toMatchObject({
      status: 'active',
      version: 1,
    })
    expect(states).toEqual(['bundle-activated'])
  })

  it.each([
    ['unsigned', (good) => ({ ...good, offer: { ...good.offer, signatures: [] } }), 'bad-signature'],
    ['signed by a stranger', () => bundleOf({ version: 9, signer: newSigner() }), 'bad-signature'],
    [
      'signed by a stranger who claims a known key',
      () => bundleOf({ version: 9, signer: { ...newSigner(), keyId: signer.keyId } }),
      'bad-signature',
    ],
    [
      'changed after it was signed',
      (good) => ({ ...good, offer: { ...good.offer, manifest: flipped(good.offer.manifest) } }),
      'bad-signature',
    ],
    ['older', () => bundleOf({ version: 2 }), 'not-newer'],
    ['expired', () => bundleOf({ version: 9, expires: '2026-11-22T11:59:59Z' }), 'expired'],
    ['for a newer agent', () => bundleOf({ version: 9, minAgentVersion: '99.0.0' }), 'agent-too-old'],
    [
      'of files that are not those that were signed',
      (good) => ({
        ...good,
        fetch: () => Promise.resolve(new Map([...good.files].map(([path, bytes], index) => [path, index === 0 ? flipped(bytes) : bytes]))),
      }),
      'wrong-content',
    ],
    ['without one of its files', (good) => ({ ...good, fetch: () => Promise.resolve(new Map([...good.files].slice(1))) }), 'missing-file'],
    ['invalid', () => bundleOf({ version: 9, change: (files) => files.set('base.cedar', 'permit (') }), 'invalid-policy'],
    [
      'failing its own tests',
      () =>
        bundleOf({
          version: 9,
          change: (files) =>
            files.set('tests/no.yaml', '[{ name: no, effect: { class: money.move, target: x }, expect: { verdict: allow } }]'),
        }),
      'failed-test',
    ],
    ['of a kind this agent does not take', (good) => ({ ...good, offer: { ...good.offer, kind: 'model' as const } }), 'wrong-kind'],
    ['that cannot be fetched', (good) => ({ ...good, fetch: () => Promise.reject(new Error('the hub went away')) }), 'fetch-failed'],
    ['whose manifest is no manifest', () => ({ ...bundleOf({ version: 9 }), ...offered(Buffer.from('{"version":9}')) }), 'malformed'],
  ] as readonly (readonly [string, (good: Bundle) => Bundle, string])[])(
    'stays when a bundle is offered that is %s',
    async (_, make9, code) => {
      const { holder, directory, states } = await make()
      const before = bundleOf({ version: 5 })
      await holder.install(before.offer, before.fetch)
      const bad = make9(bundleOf({ version: 9 }))
      const report = await holder.install(bad.offer, bad.fetch)
      expect(report).toMatchObject({ status: 'refused', code, activeVersion: 5 })
      expect(report.detail.length).toBeGreaterThan(40)
      expect(holder.current().version.version).toBe(5)
      await holder.install(bad.offer, bad.fetch)
      expect(states).toEqual(['bundle-activated', 'bundle-refused'])
      expect((await make({ directory })).holder.current().version.version).toBe(5)
    },
  )

  it('never goes back to an older version, even after it was taken back', async () => {
    const { holder, directory, states } = await make()
    for (const version of [1, 2]) {
      const bundle = bundleOf({ version })
      await holder.install(bundle.offer, bundle.fetch)
    }
    expect(await holder.rollBack('it crashed')).toMatchObject({ status: 'rolled-back', version: 2, activeVersion: 1 })
    expect(holder.current().version.version).toBe(1)
    const again = bundleOf({ version: 2 })
    expect(await holder.install(again.offer, again.fetch)).toMatchObject({ status: 'rolled-back', version: 2, activeVersion: 1 })
    const other = bundleOf({ version: 2, change: (files) => files.set('note.cedar', '') })
    expect(await holder.install(other.offer, other.fetch)).toMatchObject({ status: 'refused', code: 'not-newer' })
    const after = (await make({ directory })).holder
    expect(after.current().version.version).toBe(1)
    expect(await after.install(again.offer, again.fetch)).toMatchObject({ status: 'rolled-back' })
    expect(await holder.rollBack('again')).toMatchObject({ activeVersion: 0 })
    expect(await holder.rollBack('nothing is left')).toBeUndefined()
    expect(states).toContain('bundle-rolled-back')
  })

  it('is an older one when the stored bundle was tampered with, and says so', async () => {
    const { holder, directory } = await make()
    for (const version of [1, 2]) {
      const bundle = bundleOf({ version })
      await holder.install(bundle.offer, bundle.fetch)
    }
    const stored = readdirSync(directory).find((name) => name.startsWith('2-')) ?? ''
    const file = join(directory, stored, 'files', 'base.cedar')
    writeFileSync(file, readFileSync(file, 'utf8').replace('permit', 'forbid'))
    const after = (await make({ directory })).holder
    expect(after.current().version.version).toBe(1)
    expect(after.problems()[0]).toContain('cannot be used')
    const older = bundleOf({ version: 1 })
    expect(await after.install({ ...older.offer }, older.fetch)).toMatchObject({ status: 'active', version: 1 })
    const replay = bundleOf({ version: 2, change: (files) => files.set('note.cedar', '') })
    expect(await after.install(replay.offer, replay.fetch)).toMatchObject({ status: 'refused', code: 'not-newer' })
  })

  it('survives a damaged record of versions', async () => {
    const { holder, directory } = await make()
    const bundle = bundleOf({ version: 7 })
    await holder.install(bundle.offer, bundle.fetch)
    writeFileSync(join(directory, 'versions.json'), '{"highest":')
    const after = (await make({ directory })).holder
    expect(after.current().version.version).toBe(7)
    const old = bundleOf({ version: 6 })
    expect(await after.install(old.offer, old.fetch)).toMatchObject({ status: 'refused', code: 'not-newer' })
  })

  it('stays in force after it expired, and says that nobody looks after it', async () => {
    let now = NOW
    const { holder } = await make({ now: () => now })
    const bundle = bundleOf({ version: 1, expires: '2026-12-01T00:00:00Z' })
    await holder.install(bundle.offer, bundle.fetch)
    now = Date.parse('2027-01-01T00:00:00Z')
    expect(holder.current().version.version).toBe(1)
    expect(holder.problems()[0]).toContain('expired')
  })

  it('tells when it changed', async () => {
    const { holder } = await make()
    let told = 0
    const stop = holder.subscribe(() => (told += 1))
    const bundle = bundleOf({ version: 1 })
    await holder.install(bundle.offer, bundle.fetch)
    stop()
    const next = bundleOf({ version: 2 })
    await holder.install(next.offer, next.fetch)
    expect(told).toBe(1)
  })
})

describe('a policy loaded in a process of its own', () => {
  it('is the same as one loaded here, and so is what is wrong with it', async () => {
    const there = await policyLoader()(pack)
    const here = loadPolicyBundle(pack, cedar)
    expect(there.ok && [...there.policy.rules]).toEqual(here.ok && [...here.policy.rules])
    expect(there.ok && there.tests).toBe(here.ok && here.tests)
    const broken = new Map(pack).set('base.cedar', 'permit (')
    expect(await policyLoader()(broken)).toEqual(loadPolicyBundle(broken, cedar))
  })
})

interface Bundle {
  readonly offer: BundleOffer
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly fetch: FetchFiles
  readonly hash: string
}

interface Signer {
  readonly keyId: string
  readonly publicKey: string
  readonly privateKey: KeyObject
}

async function make(over: Partial<PolicyHolderOptions> = {}) {
  const directory = over.directory ?? join(mkdtempSync(join(tmpdir(), 'assize-policy-')), 'policy')
  const states: string[] = []
  const keys: readonly BundleKey[] = [{ keyId: signer.keyId, publicKey: signer.publicKey }]
  const record = (entry: StateEntry) => states.push(entry.change)
  return {
    holder: await PolicyHolder.open({
      directory,
      builtIn: pack,
      load: (files) => Promise.resolve(loadPolicyBundle(files, cedar)),
      agentVersion: '0.1.0',
      keys: () => keys,
      now: () => NOW,
      record,
      ...over,
    }),
    directory,
    states,
  }
}

function bundleOf(of: {
  version: number
  expires?: string
  minAgentVersion?: string
  signer?: Signer
  change?: (files: Map<string, string>) => void
}): Bundle {
  const texts = new Map(pack)
  of.change?.(texts)
  const files = new Map([...texts].map(([path, text]) => [path, new Uint8Array(Buffer.from(text))]))
  const manifest: BundleManifest = {
    kind: 'policy',
    name: 'balanced',
    version: of.version,
    created: '2026-11-01T00:00:00Z',
    expires: of.expires ?? '2027-02-01T00:00:00Z',
    minAgentVersion: of.minAgentVersion ?? '0.1.0',
    files: [...files].map(([path, bytes]) => ({ path, sha256: sha256(bytes), length: bytes.length })),
  }
  return { ...offered(manifestBytes(manifest), of.signer), files, fetch: () => Promise.resolve(files) }
}

function offered(manifest: Uint8Array, by: Signer = signer): { offer: BundleOffer; hash: string } {
  return {
    offer: {
      kind: 'policy',
      manifest,
      signatures: [{ keyId: by.keyId, signature: sign(null, bundleSigningInput(manifest), by.privateKey) }],
    },
    hash: sha256(manifest),
  }
}

function newSigner(): Signer {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const der = publicKey.export({ type: 'spki', format: 'der' })
  return { keyId: sha256(der), publicKey: der.toString('base64'), privateKey }
}

function flipped(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === bytes.length - 3 ? byte ^ 1 : byte))
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

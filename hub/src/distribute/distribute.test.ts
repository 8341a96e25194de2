import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BundleKind, BundleStatus } from '@assize/proto'
import { bundleSigningInput, canonicalJson } from '@assize/kernel'
import { status } from '@grpc/grpc-js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ControlLine, type Enrolled, fetchBundle } from '../sample-agent.contract.ts'
import { SampleHub } from '../sample-hub.contract.ts'

const PACK = fileURLToPath(new URL('../../../kernel/packs/balanced', import.meta.url))
const offline = generateKeyPairSync('ed25519')
const offlineId = createHash('sha256')
  .update(offline.publicKey.export({ format: 'der', type: 'spki' }))
  .digest('hex')

let sample: SampleHub
let enrolled: Enrolled
beforeAll(async () => {
  sample = await SampleHub.open()
  await sample.hub.close()
  writeFileSync(join(sample.state, 'keys', 'office.pub.pem'), offline.publicKey.export({ format: 'pem', type: 'spki' }))
  await sample.start()
  enrolled = await sample.enrol()
})
afterAll(() => sample.close())

function pack(): Record<string, string> {
  const files = readdirSync(PACK, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files.map((entry) => [
      join(entry.parentPath, entry.name).slice(PACK.length + 1),
      readFileSync(join(entry.parentPath, entry.name), 'utf8'),
    ]),
  )
}

const publish = (body: object, role: 'policy-admin' | 'approver' = 'policy-admin') => sample.api(role, 'policies', { body })
const newestVersion = async () => Number((await sample.api('viewer', 'policies?limit=1')).body.items?.[0]?.['version'] ?? 0)
const active = {
  case: 'bundleState',
  value: { kind: BundleKind.POLICY, status: BundleStatus.ACTIVE, name: 'balanced', atMs: BigInt(Date.now()) },
}

interface Spoil {
  readonly version?: number
  readonly created?: number
  readonly expires?: number
  readonly files?: Record<string, string>
  readonly signed?: (manifest: Buffer) => readonly { keyId: string; signature: string }[]
  readonly sent?: (manifest: Buffer) => Buffer
  readonly content?: (files: Record<string, string>) => Record<string, string>
}

/** A release as an office with its own key would make it. */
async function signedRelease(spoil: Spoil = {}) {
  const files = spoil.files ?? pack()
  const manifest = Buffer.from(
    canonicalJson({
      kind: 'policy',
      name: 'office',
      version: spoil.version ?? (await newestVersion()) + 1,
      created: new Date(spoil.created ?? Date.now()).toISOString(),
      expires: new Date(spoil.expires ?? Date.now() + 86_400_000).toISOString(),
      minAgentVersion: '0.1.0',
      files: Object.entries(files).map(([path, text]) => ({
        path,
        sha256: createHash('sha256').update(text).digest('hex'),
        length: Buffer.byteLength(text),
      })),
    }),
  )
  const signatures = spoil.signed?.(manifest) ?? [
    { keyId: offlineId, signature: sign(null, bundleSigningInput(manifest), offline.privateKey).toString('base64') },
  ]
  const content = spoil.content?.(files) ?? files
  return {
    manifest: (spoil.sent?.(manifest) ?? manifest).toString('base64'),
    signatures,
    files: Object.fromEntries(Object.entries(content).map(([path, text]) => [path, Buffer.from(text).toString('base64')])),
  }
}

describe('publishing', () => {
  it('signs a checked policy and offers it to connected agents at once', async () => {
    const line = new ControlLine(sample.address, enrolled.credentials).send(active)
    const answer = await publish({ files: pack() })
    expect(answer).toMatchObject({
      status: 200,
      body: { name: 'balanced', version: 1, signedBy: { onHub: true }, agents: { active: 0, refused: 0, pending: 1 } },
    })
    const offer = await line.next((one) => one.case === 'bundleOffer')
    if (offer?.case !== 'bundleOffer') throw new Error('no offer')
    const hash = createHash('sha256').update(offer.value.manifest).digest('hex')
    expect(hash).toBe(answer.body['hash'])
    const key = enrolled.answer.bundleKeys.find((one) => one.keyId === offer.value.signatures[0]?.keyId)
    expect(key?.onHub).toBe(true)
    const files = await fetchBundle(sample.address, enrolled.credentials, hash)
    expect(Object.fromEntries([...files].map(([path, bytes]) => [path, bytes.toString('utf8')]))).toEqual(pack())
    line.close()
  })

  it('counts what agents report, and shows why one refused', async () => {
    const published = await publish({ files: pack(), name: 'second' })
    const version = Number(published.body['version'])
    const hash = String(published.body['hash'])
    const line = new ControlLine(sample.address, enrolled.credentials).send(active)
    await line.next((one) => one.case === 'bundleOffer')
    line.send({
      case: 'bundleState',
      value: {
        kind: BundleKind.POLICY,
        status: BundleStatus.REFUSED,
        name: 'second',
        version: BigInt(version),
        manifestHash: hash,
        code: 'not-newer',
        detail: 'It was not newer.',
        activeVersion: 9n,
        atMs: BigInt(Date.now()),
      },
    })
    await expect
      .poll(async () => (await sample.api('viewer', `policies/${version}`)).body)
      .toMatchObject({
        agents: { active: 0, refused: 1, pending: 0 },
        refusals: [{ agent: enrolled.agentId, hostname: 'box', code: 'not-newer' }],
      })
    line.send({
      case: 'bundleState',
      value: {
        kind: BundleKind.POLICY,
        status: BundleStatus.ACTIVE,
        name: 'second',
        version: BigInt(version),
        manifestHash: hash,
        activeVersion: BigInt(version),
        atMs: BigInt(Date.now()),
      },
    })
    await expect
      .poll(async () => (await sample.api('viewer', `policies/${version}`)).body)
      .toMatchObject({ agents: { active: 1, refused: 0, pending: 0 }, refusals: [] })
    expect((await sample.api('viewer', 'overview')).body).toMatchObject({ policy: { version, active: 1 } })
    expect((await sample.api('viewer', `agents/${enrolled.agentId}`)).body['bundles']).toMatchObject([
      { status: 'active', version },
      { version: 0 },
    ])
    line.close()
  })

  it('offers the newest release to an agent that connects without it, and nothing to one that has it', async () => {
    const newest = (await sample.api('viewer', 'policies?limit=1')).body.items?.[0]
    const behind = new ControlLine(sample.address, enrolled.credentials).send(active)
    expect(await behind.next((one) => one.case === 'bundleOffer')).toBeDefined()
    behind.close()
    const current = new ControlLine(sample.address, enrolled.credentials).send({
      ...active,
      value: {
        ...active.value,
        version: BigInt(Number(newest?.['version'])),
        manifestHash: newest?.['hash'],
        activeVersion: BigInt(Number(newest?.['version'])),
      },
    })
    await new Promise((resolve) => setTimeout(resolve, 400))
    expect(current.received).toEqual([])
    current.close()
  })

  it('takes a release signed with a key it knows and does not hold', async () => {
    const answer = await publish(await signedRelease())
    expect(answer).toMatchObject({ status: 200, body: { name: 'office', signedBy: { keyId: offlineId, onHub: false } } })
  })

  const otherKey = generateKeyPairSync('ed25519').privateKey
  const refused: readonly (readonly [string, string, (newest: number) => Spoil])[] = [
    ['an unsigned release', 'bad-signature', () => ({ signed: () => [] })],
    [
      'a release signed by a stranger',
      'bad-signature',
      () => ({
        signed: (manifest) => [{ keyId: offlineId, signature: sign(null, bundleSigningInput(manifest), otherKey).toString('base64') }],
      }),
    ],
    [
      'a release signed for something else',
      'bad-signature',
      () => ({ signed: (manifest) => [{ keyId: offlineId, signature: sign(null, manifest, offline.privateKey).toString('base64') }] }),
    ],
    [
      'a manifest changed after signing',
      'bad-signature',
      () => ({ sent: (manifest) => Buffer.from(manifest.toString('utf8').replace('"office"', '"0ffice"')) }),
    ],
    [
      'files changed after signing',
      'wrong-content',
      () => ({ content: (files) => ({ ...files, 'base.cedar': `${files['base.cedar'] ?? ''}\n` }) }),
    ],
    [
      'other content of the same length',
      'wrong-content',
      () => ({ content: (files) => ({ ...files, 'base.cedar': (files['base.cedar'] ?? '').replace('permit', 'forbid') }) }),
    ],
    ['a missing file', 'missing-file', () => ({ content: ({ 'base.cedar': _gone, ...rest }) => rest })],
    ['an extra file', 'extra-file', () => ({ content: (files) => ({ ...files, 'more.cedar': '' }) })],
    ['an older version', 'not-newer', (newest) => ({ version: Math.max(1, newest - 1) })],
    ['the same version again', 'not-newer', (newest) => ({ version: newest })],
    ['an expired release', 'expired', () => ({ created: Date.now() - 10_000, expires: Date.now() - 1000 })],
    [
      'a manifest that is not canonical',
      'malformed',
      () => ({ sent: (manifest) => Buffer.from(JSON.stringify(JSON.parse(manifest.toString('utf8')), undefined, 1)) }),
    ],
    ['a policy that does not compile', 'invalid-policy', () => ({ files: { ...pack(), 'base.cedar': 'permit (principal, action' } })],
  ]
  it.each(refused)('refuses %s, says why, and changes nothing', async (_what, code, spoil) => {
    const before = await newestVersion()
    const answer = await publish(await signedRelease(spoil(before)))
    expect(answer).toMatchObject({
      status: 422,
      body: { type: `urn:assize:problem:${code}`, protection: expect.stringMatching(/stays in force/), remedy: expect.any(String) },
    })
    expect(await newestVersion()).toBe(before)
    expect((await sample.api('analyst', 'audit?limit=20')).body.items).toContainEqual(
      expect.objectContaining({ action: 'policy.refused', detail: expect.objectContaining({ code }) }),
    )
  })

  it('lists every problem of a draft that does not compile or fails its own tests', async () => {
    expect((await publish({ files: { ...pack(), 'bad.cedar': 'permit (principal, action, resource' } })).body).toMatchObject({
      status: 422,
      detail: expect.stringMatching(/bad\.cedar/),
    })
    const failing = '- name: nothing is ever allowed\n  effect: { class: fs.read, target: /tmp/a }\n  expect: { verdict: quarantine }\n'
    expect((await publish({ files: { ...pack(), 'tests/mine.yaml': failing } })).body).toMatchObject({
      type: 'urn:assize:problem:failed-test',
    })
    const building = { 'bundle.yaml': 'name: ours\nversion: 1\nextends: balanced\n', 'more.cedar': '' }
    expect((await publish({ files: building })).body).toMatchObject({
      type: 'urn:assize:problem:invalid-policy',
      detail: expect.stringMatching(/builds on the pack `balanced`/),
      remedy: expect.stringMatching(/policy flatten/),
    })
    expect((await publish({ files: {} })).status).toBe(422)
    expect((await publish({ files: pack(), expires: '2020-01-01T00:00:00Z' })).body).toMatchObject({ status: 422 })
    expect((await publish({ files: pack() }, 'approver')).status).toBe(403)
  })
})

describe('fetching', () => {
  it('knows no other bundles, and keeps those of another tenant to itself', async () => {
    await expect(fetchBundle(sample.address, enrolled.credentials, 'f'.repeat(64))).rejects.toMatchObject({ code: status.NOT_FOUND })
    const hash = String((await sample.api('viewer', 'policies?limit=1')).body.items?.[0]?.['hash'])
    const stranger = await sample.enrol(undefined, 'other')
    await expect(fetchBundle(sample.address, stranger.credentials, hash)).rejects.toMatchObject({ code: status.PERMISSION_DENIED })
  })
})

describe('questions', () => {
  it('carries a question to people and the answer back', async () => {
    const line = new ControlLine(sample.address, enrolled.credentials).send(active)
    line.send({
      case: 'approvalRequest',
      value: { approvalId: 'blue-fox', decisionId: '01D', question: 'May it send the mail?', expiresAtMs: BigInt(Date.now() + 60_000) },
    })
    await expect
      .poll(async () => (await sample.api('viewer', 'approvals?waiting=true')).body.items)
      .toMatchObject([{ id: 'blue-fox', state: 'waiting', hostname: 'box' }])
    expect((await sample.api('viewer', 'overview')).body).toMatchObject({ waitingApprovals: 1 })
    expect((await sample.api('analyst', 'approvals/blue-fox/answer', { body: { approved: true } })).status).toBe(403)
    expect(await sample.api('approver', 'approvals/blue-fox/answer', { body: { approved: true, scope: 'session' } })).toMatchObject({
      status: 200,
      body: { state: 'approved', answeredBy: 'test approver' },
    })
    expect(await line.next((one) => one.case === 'approvalAnswer')).toMatchObject({
      value: { approvalId: 'blue-fox', approved: true, scope: 'session', answeredBy: 'test approver' },
    })
    expect((await sample.api('approver', 'approvals/blue-fox/answer', { body: { approved: false } })).status).toBe(409)
    line.send({
      case: 'approvalRequest',
      value: { approvalId: 'red-owl', decisionId: '01E', question: 'And this?', expiresAtMs: BigInt(Date.now() + 60_000) },
    })
    line.send({ case: 'approvalResolved', value: { approvalId: 'red-owl', resolution: 'denied', resolvedBy: 'ada at the keyboard' } })
    await expect
      .poll(async () => (await sample.api('viewer', 'approvals')).body.items?.[0])
      .toMatchObject({ id: 'red-owl', state: 'denied', answeredBy: 'ada at the keyboard' })
    line.send({
      case: 'approvalRequest',
      value: { approvalId: 'lone-elk', decisionId: '01F', question: 'Still there?', expiresAtMs: BigInt(Date.now() + 60_000) },
    })
    await expect.poll(async () => (await sample.api('viewer', 'approvals?waiting=true')).body.items).toHaveLength(1)
    line.close()
    await expect
      .poll(async () => (await sample.api('approver', 'approvals/lone-elk/answer', { body: { approved: true } })).body)
      .toMatchObject({ status: 409, type: 'urn:assize:problem:agent-not-connected' })
    expect((await sample.api('approver', 'approvals/none/answer', { body: { approved: true } })).status).toBe(404)
  })
})

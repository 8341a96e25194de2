/** Releases: a policy checked with the loader agents ship, signed, kept under the next version and never changed again. */
import {
  type BundleManifest,
  bundleManifestSchema,
  bundleSigningInput,
  checkFiles,
  checkManifest,
  decodePolicyFiles,
  manifestBytes,
  parseManifest,
} from '@assize/kernel'
import { HubError } from '../../platform/errors.ts'
import type { Clock } from '../../platform/platform.ts'
import { newId, sha256, sha256Hex } from '../../platform/secrets.ts'
import type { BundleRow, Store } from '../../store/index.ts'
import type { BundleKeys } from '../signing-keys.ts'
import { checkPolicy } from './policy-check.ts'

export interface PublishOptions {
  readonly store: Store
  readonly keys: BundleKeys
  readonly clock: Clock
}

export interface PolicyDraft {
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Instead of the one in `bundle.yaml`. */
  readonly name?: string | undefined
  /** Milliseconds since 1970; 90 days from now when left out. */
  readonly expires?: number | undefined
  readonly by: string
}

/** A release signed elsewhere, with a key the hub knows but does not hold. */
export interface SignedDraft {
  readonly manifest: Uint8Array
  readonly signatures: readonly { readonly keyId: string; readonly signature: Uint8Array }[]
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly by: string
}

const DAY = 86_400_000
const DEFAULT_DAYS = 90

/** Checks, signs and keeps a policy. Throws a `HubError`; then nothing has changed. Both ends are audited. */
export function publishPolicy(options: PublishOptions, tenant: string, draft: PolicyDraft): Promise<BundleRow> {
  return audited(options, { tenant, by: draft.by }, () => release(options, tenant, draft))
}

/** Checks and keeps a release that came signed. Throws a `HubError`; then nothing has changed. Both ends are audited. */
export function publishSigned(options: PublishOptions, tenant: string, draft: SignedDraft): Promise<BundleRow> {
  return audited(options, { tenant, by: draft.by }, () => acceptSigned(options, tenant, draft))
}

async function release(options: PublishOptions, tenant: string, draft: PolicyDraft): Promise<BundleRow> {
  const policy = await checkPolicy(textsOf(draft.files))
  const now = options.clock.now()
  const newest = await newestVersion(options, tenant)
  const manifest = bundleManifestSchema.safeParse({
    kind: 'policy',
    name: draft.name ?? policy.name,
    version: newest + 1,
    created: new Date(now).toISOString(),
    expires: new Date(draft.expires ?? now + DEFAULT_DAYS * DAY).toISOString(),
    minAgentVersion: policy.minAgentVersion,
    files: [...draft.files]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes), length: bytes.length })),
  })
  if (!manifest.success) throw refusal('malformed', `its ${manifest.error.issues[0]?.path.join('.') ?? 'description'} cannot be used`)
  checkCircumstances(manifest.data, { now, newest })
  const bytes = manifestBytes(manifest.data)
  return keep(options, tenant, {
    manifest: manifest.data,
    bytes,
    files: draft.files,
    signatures: [options.keys.sign(bundleSigningInput(bytes))],
    by: draft.by,
  })
}

async function acceptSigned(options: PublishOptions, tenant: string, draft: SignedDraft): Promise<BundleRow> {
  const reading = parseManifest(draft.manifest)
  if (!reading.ok) throw refusal(reading.code, firstSentence(reading.detail))
  const input = bundleSigningInput(draft.manifest)
  const signatures = draft.signatures.slice(0, 10).flatMap((one) => {
    const key = options.keys.verify(input, one)
    return key === undefined ? [] : [{ ...one, onHub: key.onHub }]
  })
  if (signatures.length === 0)
    throw refusal(
      'bad-signature',
      draft.signatures.length === 0 ? 'it is not signed' : 'no signature on it is by a key that agents accept, over this very manifest',
    )
  checkCircumstances(reading.manifest, { now: options.clock.now(), newest: await newestVersion(options, tenant) })
  const files = checkFiles(reading.manifest, draft.files, sha256)
  if (!files.ok) throw refusal(files.code, firstSentence(files.detail))
  await checkPolicy(textsOf(draft.files))
  return keep(options, tenant, { manifest: reading.manifest, bytes: draft.manifest, files: draft.files, signatures, by: draft.by })
}

async function newestVersion(options: PublishOptions, tenant: string): Promise<number> {
  return (await options.store.read.latestBundle(tenant, 'policy'))?.version ?? 0
}

function checkCircumstances(manifest: BundleManifest, { now, newest }: { readonly now: number; readonly newest: number }): void {
  // Which agents are new enough is for the agents to say.
  const check = checkManifest({ manifest, now, activeVersion: newest, agentVersion: manifest.minAgentVersion })
  if (!check.ok) throw refusal(check.code, firstSentence(check.detail))
}

interface Kept {
  readonly manifest: BundleManifest
  readonly bytes: Uint8Array
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly signatures: BundleRow['signatures']
  readonly by: string
}

async function keep(options: PublishOptions, tenant: string, { manifest, bytes, files, signatures, by }: Kept): Promise<BundleRow> {
  const bundle: BundleRow = {
    kind: 'policy',
    name: manifest.name,
    version: manifest.version,
    hash: sha256Hex(bytes),
    manifest: bytes,
    signatures,
    created: Date.parse(manifest.created),
    expires: Date.parse(manifest.expires),
    publishedBy: by,
  }
  const rows = manifest.files.map((file) => ({ path: file.path, sha256: file.sha256, bytes: files.get(file.path) ?? new Uint8Array(0) }))
  if (!(await options.store.write.addBundle(tenant, bundle, rows)))
    throw refusal('not-newer', 'another release was published at the same moment')
  return bundle
}

function textsOf(files: ReadonlyMap<string, Uint8Array>): ReadonlyMap<string, string> {
  const reading = decodePolicyFiles(files)
  if (!reading.ok) throw refusal(reading.code, firstSentence(reading.detail))
  return reading.files
}

/** Audits both ends: a refused release is as telling as one that was kept. */
async function audited(
  options: PublishOptions,
  { tenant, by }: { readonly tenant: string; readonly by: string },
  work: () => Promise<BundleRow>,
): Promise<BundleRow> {
  const note = (action: string, subject: string, detail: object) =>
    options.store.write.addAudit(tenant, {
      id: newId('aud'),
      at: options.clock.now(),
      actor: by,
      action,
      subject,
      detail: JSON.stringify(detail),
    })
  try {
    const bundle = await work()
    await note('policy.published', `${bundle.name} ${bundle.version}`, {
      hash: bundle.hash,
      expires: new Date(bundle.expires).toISOString(),
      keys: bundle.signatures.map((one) => one.keyId),
    })
    return bundle
  } catch (error) {
    if (error instanceof HubError) await note('policy.refused', 'policy', { code: error.code, detail: error.detail.slice(0, 2000) })
    throw error
  }
}

function refusal(code: string, why: string): HubError {
  return new HubError({
    code,
    status: 422,
    detail: `The bundle was not published: ${why}.`,
    protection: 'The policy in force stays in force on every agent.',
    remedy: REMEDIES[code] ?? 'Mend what is named and publish again.',
  })
}

const REMEDIES: Readonly<Record<string, string>> = {
  expired: 'Give it an expiry that lies ahead, and check the clock of the hub.',
  'not-newer': 'Publish the content again under the next version; older rules come back as a new version.',
  'bad-signature': 'Sign the manifest with a key whose public half lies in `keys/` of the hub, and do not change it afterwards.',
  'wrong-content': 'Publish the files that were signed, unchanged.',
}

/** What happened, without what it means on a machine: the hub says that itself. */
function firstSentence(detail: string): string {
  const end = detail.indexOf('. ')
  return end < 0 ? detail : detail.slice(0, end)
}

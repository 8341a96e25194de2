/** Model releases: checked as agents check them, signed, kept under the next version of their task, and never changed again. */
import {
  type BundleManifest,
  bundleManifestSchema,
  bundleSigningInput,
  checkFiles,
  checkManifest,
  manifestBytes,
  MODEL_OFFER_BYTES,
  parseManifest,
} from '@assize/kernel'
import type { ModelCard } from '@assize/inference'
import { z } from 'zod'
import { HubError } from '../../platform/errors.ts'
import { newId, sha256, sha256Hex } from '../../platform/secrets.ts'
import type { ModelReleaseRow, ModelTask } from '../../store/index.ts'
import type { PublishOptions } from '../release/release.ts'
import { checkModel, modelRefusal } from './check-model.ts'

export interface ModelDraft {
  /** `manifest.json` and `signatures.json` among them make it a release that was signed elsewhere. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Milliseconds since 1970; 90 days from now when left out. */
  readonly expires?: number | undefined
  readonly by: string
}

interface Signed {
  readonly manifest: BundleManifest
  readonly bytes: Uint8Array
  readonly signatures: ModelReleaseRow['signatures']
}

const DAY = 86_400_000
const DEFAULT_DAYS = 90
const MOST_SIGNATURES = 10
const MANIFEST = 'manifest.json'
const SIGNATURES = 'signatures.json'
const signaturesSchema = z.array(z.strictObject({ keyId: z.string().max(64), signature: z.base64().max(200) })).max(MOST_SIGNATURES)

/** Checks, signs and keeps a model. Nothing is offered to agents by that. Throws a `HubError`; then nothing has changed. */
export async function addModel(options: PublishOptions, tenant: string, draft: ModelDraft): Promise<ModelReleaseRow> {
  try {
    const release = await add(options, tenant, draft)
    await note(options, tenant, { by: draft.by, action: 'model.added', subject: subjectOf(release), detail: { hash: release.hash } })
    return release
  } catch (error) {
    if (error instanceof HubError)
      await note(options, tenant, {
        by: draft.by,
        action: 'model.refused',
        subject: 'model',
        detail: { code: error.code, detail: error.detail },
      })
    throw error
  }
}

/** The content of a release once more, as the newest of its task: that is how agents go back. */
export async function restoreModel(
  options: PublishOptions,
  tenant: string,
  old: { readonly release: ModelReleaseRow; readonly by: string },
): Promise<ModelReleaseRow> {
  const { release, by } = old
  const files = new Map((await options.store.read.bundleFiles(tenant, release.hash)).map(({ path, bytes }) => [path, bytes]))
  const signed = await signHere(options, tenant, { files, by, name: release.name, task: release.task })
  const restores = release.restores === '' ? release.hash : release.restores
  return keep(options, tenant, { signed, files, by, task: release.task, card: release.card, restores })
}

/** One line for the audit. */
export function note(
  options: Pick<PublishOptions, 'store' | 'clock'>,
  tenant: string,
  said: { readonly by: string; readonly action: string; readonly subject: string; readonly detail: object },
): Promise<void> {
  const { by, action, subject, detail } = said
  const entry = { id: newId('aud'), at: options.clock.now(), actor: by, action, subject, detail: JSON.stringify(detail).slice(0, 4000) }
  return options.store.write.addAudit(tenant, entry)
}

export function subjectOf({ name, task, version }: Pick<ModelReleaseRow, 'name' | 'task' | 'version'>): string {
  return `${name} (${task} ${version})`
}

async function add(options: PublishOptions, tenant: string, draft: ModelDraft): Promise<ModelReleaseRow> {
  const files = new Map([...draft.files].filter(([path]) => path !== MANIFEST && path !== SIGNATURES))
  const bytes = [...files.values()].reduce((sum, file) => sum + file.length, 0)
  if (bytes > MODEL_OFFER_BYTES) throw modelRefusal('too-large', `it has ${bytes} bytes, more than ${MODEL_OFFER_BYTES}`)
  const before = draft.files.has(MANIFEST) ? signedBefore(options, draft.files, files) : undefined
  const { card, task } = await checkModel(files)
  if (before !== undefined) await checkNewer(options, tenant, { before, task, card })
  const signed = before ?? (await signHere(options, tenant, { files, by: draft.by, name: card.name, task, expires: draft.expires }))
  return keep(options, tenant, { signed, files, by: draft.by, task, card: JSON.stringify(card), restores: '' })
}

/** A release that came signed: by a key agents accept, over these very files. */
function signedBefore(options: PublishOptions, all: ModelDraft['files'], files: ModelDraft['files']): Signed {
  const bytes = all.get(MANIFEST) ?? new Uint8Array()
  const reading = parseManifest(bytes)
  if (!reading.ok) throw modelRefusal(reading.code, firstSentence(reading.detail))
  const input = bundleSigningInput(bytes)
  const signatures = signaturesIn(all.get(SIGNATURES)).flatMap((one) => {
    const key = options.keys.verify(input, one)
    return key === undefined ? [] : [{ ...one, onHub: key.onHub }]
  })
  if (signatures.length === 0)
    throw modelRefusal('bad-signature', 'no signature on it is by a key that agents accept, over this very manifest')
  const check = checkFiles(reading.manifest, files, sha256)
  if (!check.ok) throw modelRefusal(check.code, firstSentence(check.detail))
  return { manifest: reading.manifest, bytes, signatures }
}

function signaturesIn(bytes: Uint8Array | undefined): readonly { readonly keyId: string; readonly signature: Uint8Array }[] {
  try {
    const read = signaturesSchema.parse(JSON.parse(Buffer.from(bytes ?? []).toString('utf8')))
    return read.map(({ keyId, signature }) => ({ keyId, signature: new Uint8Array(Buffer.from(signature, 'base64')) }))
  } catch {
    return []
  }
}

async function checkNewer(
  options: PublishOptions,
  tenant: string,
  { before, task, card }: { readonly before: Signed; readonly task: ModelTask; readonly card: ModelCard },
): Promise<void> {
  const { manifest } = before
  if (manifest.name !== card.name) throw modelRefusal('wrong-content', `its card says ${card.name}, its signature ${manifest.name}`)
  const activeVersion = await options.store.read.latestModelVersion(tenant, task)
  const check = checkManifest({ manifest, now: options.clock.now(), activeVersion, agentVersion: manifest.minAgentVersion, kind: 'model' })
  if (!check.ok) throw modelRefusal(check.code, firstSentence(check.detail))
}

interface Unsigned extends ModelDraft {
  readonly name: string
  readonly task: ModelTask
}

async function signHere(options: PublishOptions, tenant: string, { files, name, task, expires }: Unsigned): Promise<Signed> {
  const now = options.clock.now()
  const manifest = bundleManifestSchema.safeParse({
    kind: 'model',
    name,
    version: (await options.store.read.latestModelVersion(tenant, task)) + 1,
    created: new Date(now).toISOString(),
    expires: new Date(expires ?? now + DEFAULT_DAYS * DAY).toISOString(),
    minAgentVersion: '0.1.0',
    files: [...files]
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes), length: bytes.length })),
  })
  if (!manifest.success) throw modelRefusal('malformed', `its ${manifest.error.issues[0]?.path.join('.') ?? 'description'} cannot be used`)
  if (Date.parse(manifest.data.expires) <= now) throw modelRefusal('expired', 'its expiry lies behind')
  const bytes = manifestBytes(manifest.data)
  return { manifest: manifest.data, bytes, signatures: [options.keys.sign(bundleSigningInput(bytes))] }
}

interface Keeping {
  readonly signed: Signed
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly by: string
  readonly task: ModelTask
  readonly card: string
  readonly restores: string
}

async function keep(
  options: PublishOptions,
  tenant: string,
  { signed, files, by, task, card, restores }: Keeping,
): Promise<ModelReleaseRow> {
  const { manifest, bytes, signatures } = signed
  const release: ModelReleaseRow = {
    task,
    name: manifest.name,
    version: manifest.version,
    hash: sha256Hex(bytes),
    manifest: bytes,
    signatures,
    created: Date.parse(manifest.created),
    expires: Date.parse(manifest.expires),
    publishedBy: by,
    card,
    restores,
    bytes: manifest.files.reduce((sum, file) => sum + file.length, 0),
  }
  const rows = manifest.files.map((file) => ({ path: file.path, sha256: file.sha256, bytes: files.get(file.path) ?? new Uint8Array(0) }))
  if (await options.store.write.addModelRelease(tenant, release, rows)) return release
  throw modelRefusal('not-newer', 'another release was added at the same moment')
}

/** What happened, without what it means on a machine: the hub says that itself. */
function firstSentence(detail: string): string {
  const end = detail.indexOf('. ')
  return end < 0 ? detail : detail.slice(0, end)
}

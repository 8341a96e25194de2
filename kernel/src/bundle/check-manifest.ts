import { canonicalJson } from '../journal/canonical-json.ts'
import { concatenate, decodeText, encodeText } from '../journal/octets.ts'
import { type BundleManifest, bundleManifestSchema, POLICY_BUNDLE_BYTES } from './manifest.ts'
import { type Refusal, refuse } from './refusal.ts'

const SIGNING_DOMAIN = encodeText('assize/bundle/v1')

/** 500 files with the longest names allowed stay below it. */
export const MANIFEST_BYTES = 192 * 1024

export type ManifestReading = { readonly ok: true; readonly manifest: BundleManifest } | ({ readonly ok: false } & Refusal)
export type ManifestCheck = { readonly ok: true } | ({ readonly ok: false } & Refusal)

/** The bytes a manifest is signed, hashed and sent as. */
export function manifestBytes(manifest: BundleManifest): Uint8Array {
  return encodeText(canonicalJson(manifest))
}

/** What a bundle key signs: the domain keeps the signature from serving elsewhere. */
export function bundleSigningInput(bytes: Uint8Array): Uint8Array {
  return concatenate(SIGNING_DOMAIN, bytes)
}

/** Reads a manifest. Only canonical JSON is taken, so that everybody who reads the bytes reads the same. */
export function parseManifest(bytes: Uint8Array): ManifestReading {
  if (bytes.length > MANIFEST_BYTES)
    return refuse('too-large', `the bundle's manifest has ${bytes.length} bytes, more than ${MANIFEST_BYTES}`)
  const text = decodeText(bytes)
  const value = text === undefined ? undefined : parseJson(text)
  const result = bundleManifestSchema.safeParse(value)
  if (!result.success) {
    const where = result.error.issues[0]?.path.map(String).join('.') || 'the whole'
    return refuse('malformed', `the bundle's manifest is not what a manifest must be (${where})`)
  }
  if (canonicalJson(result.data) !== text) return refuse('malformed', `the bundle's manifest is not in canonical form`)
  const doubled = new Set(result.data.files.map((file) => file.path)).size < result.data.files.length
  return doubled ? refuse('malformed', `the bundle's manifest names a file twice`) : { ok: true, manifest: result.data }
}

export interface ManifestCircumstances {
  readonly manifest: BundleManifest
  /** Milliseconds since 1970. */
  readonly now: number
  /** Highest version ever in force here; 0 when there was none. */
  readonly activeVersion: number
  readonly agentVersion: string
  /** The kind that is expected; policy unless said. */
  readonly kind?: BundleManifest['kind']
}

/** Whether a manifest, already found to be signed, may replace what is in force. */
export function checkManifest({ manifest, now, activeVersion, agentVersion, kind = 'policy' }: ManifestCircumstances): ManifestCheck {
  const name = `the ${manifest.kind} bundle ${manifest.name} ${manifest.version}`
  const size = manifest.files.reduce((sum, file) => sum + file.length, 0)
  if (manifest.kind !== kind) return refuse('wrong-kind', `${name} came where a ${kind} bundle belongs`)
  if (kind === 'policy' && size > POLICY_BUNDLE_BYTES)
    return refuse('too-large', `${name} has ${size} bytes, more than ${POLICY_BUNDLE_BYTES}`)
  if (Date.parse(manifest.expires) <= Date.parse(manifest.created)) return refuse('malformed', `${name} expires before it was made`)
  if (Date.parse(manifest.expires) <= now) return refuse('expired', `${name} expired on ${manifest.expires}`)
  if (manifest.version <= activeVersion) return refuse('not-newer', `${name} is not newer than version ${activeVersion}`)
  if (isOlder(agentVersion, manifest.minAgentVersion)) {
    return refuse('agent-too-old', `${name} needs agent ${manifest.minAgentVersion}, this is ${agentVersion}`)
  }
  return { ok: true }
}

/** By major, minor and patch; what follows a hyphen or plus does not count. */
function isOlder(version: string, least: string): boolean {
  const [have, need] = [numbersOf(version), numbersOf(least)]
  const index = need.findIndex((number, at) => number !== (have[at] ?? 0))
  return index >= 0 && (have[index] ?? 0) < (need[index] ?? 0)
}

function numbersOf(version: string): readonly number[] {
  return (version.split(/[-+]/, 1)[0] ?? '').split('.').map((part) => Number.parseInt(part, 10) || 0)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

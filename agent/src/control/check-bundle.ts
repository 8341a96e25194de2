import { createHash } from 'node:crypto'
import { type BundleManifest, checkFiles, checkManifest, decodePolicyFiles, parseManifest, type Policy } from '@assize/kernel'
import { type BundleKey, isSigned } from './bundle-signature.ts'
import type { StoredBundle } from './bundle-store.ts'
import type { BundleOffer } from './control-messages.ts'
import type { LoadPolicy } from './load-policy.ts'

/** Why a bundle does not come into force. The detail says what it means for protection and what to do. */
export interface BundleRefusal {
  readonly ok: false
  readonly code: string
  readonly detail: string
}

export type ManifestVerdict = { readonly ok: true; readonly manifest: BundleManifest } | BundleRefusal
export type BundleVerdict = { readonly ok: true; readonly policy: Policy } | BundleRefusal

export interface Circumstances {
  readonly keys: readonly BundleKey[]
  /** Milliseconds since 1970. */
  readonly now: number
  /** Highest version ever in force here. */
  readonly highest: number
  readonly agentVersion: string
  /** Policy unless said. */
  readonly kind?: BundleManifest['kind']
}

/** Signature first: nothing of an unsigned manifest is even parsed. */
export function checkSigned(offer: Pick<BundleOffer, 'manifest' | 'signatures'>, keys: readonly BundleKey[]): ManifestVerdict {
  if (!isSigned(offer, keys)) {
    const cause =
      keys.length === 0 ? 'this machine knows no key that may sign bundles' : 'the bundle is not signed by a key this machine trusts'
    return {
      ok: false,
      code: 'bad-signature',
      detail: `${cause}. Nothing changes on this machine; the rules before stay in force. Publish it again from the hub this machine is enrolled to.`,
    }
  }
  return parseManifest(offer.manifest)
}

/** Everything that can be told from the manifest alone, before a byte is fetched. */
export function checkOffer(offer: BundleOffer, circumstances: Circumstances): ManifestVerdict {
  const signed = checkSigned(offer, circumstances.keys)
  if (!signed.ok) return signed
  const { now, highest, agentVersion, kind = 'policy' } = circumstances
  const check = checkManifest({ manifest: signed.manifest, now, activeVersion: highest, agentVersion, kind })
  return check.ok ? signed : check
}

/** Checks the files against the manifest, compiles them and runs their tests. */
export async function checkContent(manifest: BundleManifest, bundle: StoredBundle, load: LoadPolicy): Promise<BundleVerdict> {
  const files = checkFiles(manifest, bundle.files, sha256)
  if (!files.ok) return files
  const texts = decodePolicyFiles(bundle.files)
  if (!texts.ok) return texts
  const loading = await load(texts.files)
  if (!loading.ok) return loading
  const version = { name: manifest.name, version: manifest.version, hash: manifestHash(bundle.manifest) }
  return { ok: true, policy: { ...loading.policy, version } }
}

/** SHA-256, lower-case hex. */
export function manifestHash(manifest: Uint8Array): string {
  return createHash('sha256').update(manifest).digest('hex')
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

/** Name and version as the manifest says, for the report only; nothing is decided by them. */
export function claimed(manifest: Uint8Array): { readonly name: string; readonly version: number } {
  try {
    if (manifest.length > 256 * 1024) throw new Error('too large')
    const { name, version } = JSON.parse(Buffer.from(manifest).toString('utf8')) as { name?: unknown; version?: unknown }
    return {
      name: typeof name === 'string' ? name.slice(0, 64) : '',
      version: typeof version === 'number' && Number.isSafeInteger(version) && version > 0 ? version : 0,
    }
  } catch {
    return { name: '', version: 0 }
  }
}

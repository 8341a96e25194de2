import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto'
import { bundleSigningInput, checkFiles, checkManifest, type BundleManifest, manifestBytes, parseManifest } from '@assize/kernel'
import type { ModelFiles } from '@assize/inference'
import { z } from 'zod'
import { type BundleKey, isSigned } from '../bundle-signature.ts'

/** Files beside a bundle that say who stands behind it. */
export const MANIFEST = 'manifest.json'
export const SIGNATURES = 'signatures.json'
const SIGNATURE_BYTES = 64 * 1024

const signaturesSchema = z.array(z.strictObject({ keyId: z.string().max(64), signature: z.base64() })).max(16)

/** A bundle that is signed by somebody this machine trusts, and is whole; or why it is not. */
export type SignedModel =
  | { readonly ok: true; readonly manifest: BundleManifest; readonly files: ModelFiles }
  | { readonly ok: false; readonly code: string; readonly detail: string }

export interface ModelCircumstances {
  readonly keys: readonly BundleKey[]
  /** Milliseconds since 1970. */
  readonly now: number
  readonly agentVersion: string
  /** Releases up to this one are refused; none unless said. */
  readonly highest?: number
}

/** Signature first, then the manifest, then every file against it. `all` holds manifest and signatures too. */
export function checkSignedModel(all: ModelFiles, { keys, now, agentVersion, highest = 0 }: ModelCircumstances): SignedModel {
  const manifest = all.get(MANIFEST)
  const signatures = signaturesOf(all.get(SIGNATURES))
  if (manifest === undefined || signatures === undefined || !isSigned({ manifest, signatures }, keys))
    return {
      ok: false,
      code: 'bad-signature',
      detail: `${keys.length === 0 ? 'this machine knows no key that may sign models' : 'the model is not signed by a key this machine trusts'}. Nothing changes on this machine; the model before, or the rules alone, stay in use. Sign it with a key this machine knows, or name the key with --key.`,
    }
  const parsed = parseManifest(manifest)
  if (!parsed.ok) return parsed
  const checked = checkManifest({ manifest: parsed.manifest, now, activeVersion: highest, agentVersion, kind: 'model' })
  if (!checked.ok) return checked
  const files = new Map([...all].filter(([path]) => path !== MANIFEST && path !== SIGNATURES))
  const whole = checkFiles(parsed.manifest, files, (bytes) => createHash('sha256').update(bytes).digest())
  return whole.ok ? { ok: true, manifest: parsed.manifest, files } : whole
}

function signaturesOf(bytes: Uint8Array | undefined): readonly { readonly keyId: string; readonly signature: Uint8Array }[] | undefined {
  if (bytes === undefined || bytes.length > SIGNATURE_BYTES) return undefined
  try {
    const parsed = signaturesSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
    return parsed.map(({ keyId, signature }) => ({ keyId, signature: Buffer.from(signature, 'base64') }))
  } catch {
    return undefined
  }
}

export interface SigningOptions {
  readonly name: string
  readonly version: number
  /** Milliseconds since 1970. */
  readonly now: number
  readonly days: number
  /** PKCS #8 PEM of an Ed25519 key. */
  readonly key: string
}

/** Manifest and signature files for a bundle. Throws when the key is not an Ed25519 key. */
export function signModel(files: ModelFiles, { name, version, now, days, key }: SigningOptions): ModelFiles {
  const privateKey = createPrivateKey(key)
  if (privateKey.asymmetricKeyType !== 'ed25519') throw new Error('the key is not an Ed25519 key')
  const named = [...files].filter(([path]) => path !== MANIFEST && path !== SIGNATURES)
  const manifest = manifestBytes({
    kind: 'model',
    name,
    version,
    created: new Date(now).toISOString(),
    expires: new Date(now + days * 86_400_000).toISOString(),
    minAgentVersion: '0.1.0',
    files: named.map(([path, bytes]) => ({ path, sha256: createHash('sha256').update(bytes).digest('hex'), length: bytes.length })),
  })
  const { keyId } = publicKeyOf(createPublicKey(privateKey).export({ format: 'pem', type: 'spki' }).toString())
  const signature = sign(null, bundleSigningInput(manifest), privateKey).toString('base64')
  return new Map([
    [MANIFEST, manifest],
    [SIGNATURES, Buffer.from(JSON.stringify([{ keyId, signature }]))],
  ])
}

/** A public key as it is pinned. Throws when it is none, or not Ed25519. */
export function publicKeyOf(pem: string): BundleKey {
  const key = createPublicKey(pem)
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('the key is not an Ed25519 key')
  const der = key.export({ format: 'der', type: 'spki' })
  return { keyId: createHash('sha256').update(der).digest('hex'), publicKey: der.toString('base64') }
}

import { createHash, createPublicKey, verify } from 'node:crypto'
import { bundleSigningInput } from '@assize/kernel'
import type { BundleOffer } from './control-messages.ts'

/** A key whose signature makes a bundle acceptable; pinned at enrolment. */
export interface BundleKey {
  /** SHA-256 of the SPKI DER, lower-case hex. */
  readonly keyId: string
  /** SPKI DER, base64. */
  readonly publicKey: string
}

const MOST_SIGNATURES = 16

/** True when one of the pinned keys signed this very manifest. The key's own hash is what names it, not what the offer says. */
export function isSigned(offer: Pick<BundleOffer, 'manifest' | 'signatures'>, keys: readonly BundleKey[]): boolean {
  const input = bundleSigningInput(offer.manifest)
  return offer.signatures
    .slice(0, MOST_SIGNATURES)
    .some(({ keyId, signature }) => keys.some((key) => key.keyId === keyId && checks(key, input, signature)))
}

function checks(key: BundleKey, input: Uint8Array, signature: Uint8Array): boolean {
  try {
    const der = Buffer.from(key.publicKey, 'base64')
    if (createHash('sha256').update(der).digest('hex') !== key.keyId) return false
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' })
    return publicKey.asymmetricKeyType === 'ed25519' && verify(null, input, publicKey, signature)
  } catch {
    return false
  }
}

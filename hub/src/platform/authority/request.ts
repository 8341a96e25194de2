import { createPublicKey } from 'node:crypto'
import { sha256Hex } from '../secrets.ts'
import * as x509 from './x509.ts'

/** A certificate request whose sender has proved to hold the key. */
export interface CertificateRequest {
  readonly publicKey: x509.PublicKey
  /** SHA-256 of the key's SPKI DER, lower-case hex. */
  readonly keyHash: string
}

export type CertificateRequestResult =
  | { readonly ok: true; readonly request: CertificateRequest }
  | { readonly ok: false; readonly detail: string }

const MOST_BYTES = 8192

/** Reads a PKCS#10 request. Only the key is taken from it; requested names and extensions are ignored. */
export async function readCertificateRequest(der: Uint8Array): Promise<CertificateRequestResult> {
  if (der.length === 0 || der.length > MOST_BYTES)
    return { ok: false, detail: `the certificate request has ${der.length} bytes; between 1 and ${MOST_BYTES} are accepted` }
  try {
    const request = new x509.Pkcs10CertificateRequest(Uint8Array.from(der))
    if (!isAllowed(request.publicKey.rawData))
      return { ok: false, detail: 'the key is not of an accepted type; use P-256, P-384 or Ed25519' }
    if (!(await request.verify())) return { ok: false, detail: 'the certificate request is not signed with its own key' }
    return { ok: true, request: { publicKey: request.publicKey, keyHash: sha256Hex(new Uint8Array(request.publicKey.rawData)) } }
  } catch {
    return { ok: false, detail: 'the certificate request is not a PKCS#10 request in DER' }
  }
}

function isAllowed(spki: ArrayBuffer): boolean {
  const key = createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
  if (key.asymmetricKeyType === 'ed25519') return true
  const curve = key.asymmetricKeyDetails?.namedCurve
  return key.asymmetricKeyType === 'ec' && (curve === 'prime256v1' || curve === 'secp384r1')
}

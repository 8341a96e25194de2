/** HMAC-SHA256 over the canonical envelope, with a key for each session (specification, section 10). */
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import { canonicalJson } from '@assize/kernel'

export const ALGORITHM = 'HMAC-SHA256'
const KEY_BYTES = 32

export interface Signature {
  readonly algorithm: string
  readonly value: string
  readonly key_id: string
}

/** The key of one session, from the secret that both sides share. */
export function sessionKey(secret: string, session: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(KEY_BYTES), session, KEY_BYTES))
}

/** Of an envelope without its signature. Throws where the envelope has no canonical form. */
export function signatureOf(envelope: object, key: Buffer): Signature {
  return { algorithm: ALGORITHM, value: mac(envelope, key).toString('base64'), key_id: 'default' }
}

/** Whether the signature covers the envelope, which is given without it. Takes as long for every wrong one. */
export function covers(signature: Pick<Signature, 'algorithm' | 'value'>, envelope: object, key: Buffer): boolean {
  if (signature.algorithm !== ALGORITHM) return false
  const given = Buffer.from(signature.value, 'base64')
  const wanted = mac(envelope, key)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

function mac(envelope: object, key: Buffer): Buffer {
  return createHmac('sha256', key).update(canonicalJson(envelope)).digest()
}

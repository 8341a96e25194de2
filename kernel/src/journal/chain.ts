import { bigEndian64, concatenate, encodeText, type Sha256 } from './octets.ts'

/** What stands before the first entry of an epoch. */
export const GENESIS_HASH: Uint8Array = new Uint8Array(32)

const HEAD_DOMAIN = encodeText('assize/head/v1')

/** SHA-256(previous || body), where body is the entry as canonical JSON in UTF-8. */
export function entryHash(previous: Uint8Array, body: Uint8Array, sha256: Sha256): Uint8Array {
  return sha256(concatenate(previous, body))
}

/** What the device key signs to vouch for a journal up to and with `seq`. */
export function headSigningInput(epoch: number, seq: number, hash: Uint8Array): Uint8Array {
  return concatenate(HEAD_DOMAIN, bigEndian64(epoch), bigEndian64(seq), hash)
}

import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

/** Secrets the hub hands out are 256 random bits; it keeps only their SHA-256, which cannot be turned back. */

export function newSecret(): string {
  return randomBytes(32).toString('base64url')
}

/** Short and without look-alikes: names a record, opens nothing. */
export function newId(prefix: string): string {
  return `${prefix}_${randomBytes(10).toString('hex')}`
}

export function hashOfSecret(secret: string): Buffer {
  return createHash('sha256').update(secret, 'utf8').digest()
}

/** Compares in constant time. */
export function isSecret(candidate: string, hash: Uint8Array): boolean {
  const given = hashOfSecret(candidate)
  return given.length === hash.length && timingSafeEqual(given, hash)
}

export function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}

export function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

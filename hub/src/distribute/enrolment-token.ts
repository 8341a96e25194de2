import { hashOfSecret, isSecret, newId, newSecret } from '../platform/secrets.ts'
import type { EnrolTokenRow, Store } from '../store/index.ts'

/** A token that lets machines join: where the hub is, which CA to expect there, and a secret of which the hub keeps the hash. */
export interface EnrolTokenWish {
  readonly tenant: string
  readonly group: string
  readonly uses: number
  /** Milliseconds since 1970. */
  readonly expires: number
  readonly createdBy: string
  readonly now: number
  /** `host:port` agents reach the hub under. */
  readonly address: string
  /** SHA-256 of the CA certificate's DER, lower-case hex. */
  readonly fingerprint: string
}

/** Makes and keeps a token. The returned text is shown once and cannot be told again. */
export async function createEnrolToken(
  store: Store,
  wish: EnrolTokenWish,
): Promise<{ readonly record: EnrolTokenRow; readonly token: string }> {
  const id = newId('enr')
  const key = newSecret()
  const record: EnrolTokenRow = {
    id,
    tenant: wish.tenant,
    group: wish.group,
    uses: wish.uses,
    used: 0,
    expires: wish.expires,
    createdBy: wish.createdBy,
    createdAt: wish.now,
    revoked: false,
  }
  await store.write.addEnrolToken({ ...record, hash: hashOfSecret(key) })
  const token = { h: wish.address, f: wish.fingerprint, s: `${id}.${key}`, t: wish.tenant }
  return { record, token: `assize1.${Buffer.from(JSON.stringify(token)).toString('base64url')}` }
}

/** The token a secret belongs to, compared in constant time; undefined when there is none. */
export async function findEnrolToken(store: Store, secret: string): Promise<EnrolTokenRow | undefined> {
  const dot = secret.indexOf('.')
  if (dot < 0) return undefined
  const found = await store.read.enrolToken(secret.slice(0, dot))
  return found !== undefined && isSecret(secret.slice(dot + 1), found.hash) ? found : undefined
}

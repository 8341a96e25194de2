import type { FastifyRequest } from 'fastify'
import { HubError } from '../platform/errors.ts'
import { hashOfSecret, isSecret } from '../platform/secrets.ts'
import type { Role } from '../store/index.ts'
import type { ServeContext } from './context.ts'
import { covers } from './people.ts'

/** Who makes a request. */
export interface Caller {
  readonly name: string
  readonly role: Role
  readonly tenant: string
  readonly via: 'session' | 'token'
}

export const COOKIE = 'assize_session'
export const IDLE_MS = 12 * 3_600_000
const LONGEST_MS = 7 * 24 * 3_600_000
/** A session is prolonged at most this often, so that reading does not write. */
const PROLONG_EVERY_MS = 5 * 60_000

/** Finds out who calls; undefined when nobody valid does. */
export async function callerOf(request: FastifyRequest, context: ServeContext): Promise<Caller | undefined> {
  const bearer = /^Bearer ([\w.~+/-]{1,200}=*)$/i.exec(request.headers.authorization ?? '')?.[1]
  if (bearer !== undefined) return byToken(bearer, context)
  const cookie = request.cookies[COOKIE]
  return cookie === undefined || cookie.length > 200 ? undefined : bySession(cookie, context)
}

/** The caller, when their role is enough. Throws 401 or 403. */
export function requireRole(caller: Caller | undefined, role: Role): Caller {
  if (caller === undefined)
    throw new HubError({
      code: 'not-signed-in',
      status: 401,
      detail: 'This needs a signed-in person or a token.',
      remedy: 'Sign in, or send a token made with `assize-hub token create`.',
    })
  if (!covers(caller.role, role))
    throw new HubError({
      code: 'role-too-low',
      status: 403,
      detail: `This needs the role ${role}; ${caller.name} has ${caller.role}.`,
      remedy: 'Ask an administrator.',
    })
  return caller
}

/** A hook that turns others away before a byte of their body is read: what few may send can be large. Throws as `requireRole`. */
export function onlyFor(role: Role, context: ServeContext): (request: FastifyRequest) => Promise<void> {
  return async (request) => void requireRole(await callerOf(request, context), role)
}

async function byToken(text: string, { store, clock, localToken, tenant }: ServeContext): Promise<Caller | undefined> {
  if (localToken !== undefined && isSecret(text, localToken)) return { name: 'local', role: 'admin', tenant, via: 'token' }
  const token = await store.read.token(hashOfSecret(text))
  const now = clock.now()
  if (token === undefined || token.revoked || (token.expiresAt !== undefined && token.expiresAt <= now)) return undefined
  if (now - (token.lastUsedAt ?? 0) > 60_000) await store.write.tokenUsed(token.id, now)
  return { name: token.name, role: token.role, tenant: token.tenant, via: 'token' }
}

async function bySession(secret: string, { store, clock }: ServeContext): Promise<Caller | undefined> {
  const hash = hashOfSecret(secret)
  const session = await store.read.personSession(hash)
  const now = clock.now()
  if (session === undefined || session.expiresAt <= now) return undefined
  const expiresAt = Math.min(now + IDLE_MS, session.createdAt + LONGEST_MS)
  if (expiresAt - session.expiresAt > PROLONG_EVERY_MS) await store.write.extendSession(hash, expiresAt)
  return { name: session.name, role: session.role, tenant: session.tenant, via: 'session' }
}

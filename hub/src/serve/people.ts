import { HubError } from '../platform/errors.ts'
import type { Clock } from '../platform/platform.ts'
import { hashOfSecret, newId, newSecret } from '../platform/secrets.ts'
import type { Role, Store } from '../store/index.ts'
import { checkPasswordStrength, hashPassword } from './passwords.ts'

/** People and tokens: who may sign in to the hub, and as what. */
export interface PeopleOptions {
  readonly store: Store
  readonly clock: Clock
  readonly tenant: string
}

const LINK_MS = 15 * 60_000
export const ROLES: readonly Role[] = ['viewer', 'analyst', 'approver', 'policy-admin', 'admin']

/** Whether `have` may do what needs `need`: every role may do what the ones before it may. */
export function covers(have: Role, need: Role): boolean {
  return ROLES.indexOf(have) >= ROLES.indexOf(need)
}

/** Adds a person. Without a password they sign in by one-time link only. */
export async function addPerson(
  options: PeopleOptions,
  person: { readonly name: string; readonly role: Role; readonly password: string; readonly by: string },
): Promise<void> {
  if (!/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,99}$/u.test(person.name))
    throw new HubError({
      code: 'bad-name',
      status: 422,
      detail: 'The name must start with a letter or digit and have at most 100 letters, digits, spaces or . _ @ -.',
      remedy: 'Choose another name.',
    })
  if (person.password !== '') checkPasswordStrength(person.password)
  const passwordHash = person.password === '' ? '' : await hashPassword(person.password)
  const added = await options.store.write.addPerson({ name: person.name, role: person.role, tenant: options.tenant, passwordHash })
  if (!added)
    throw new HubError({
      code: 'name-taken',
      status: 409,
      detail: `There is a person named ${person.name} already.`,
      remedy: 'Choose another name, or make a sign-in link for this one with `assize-hub admin link`.',
    })
  await audit(options, { actor: person.by, action: 'person.added', subject: person.name, detail: { role: person.role } })
}

/** A secret that signs a person in once, within 15 minutes. */
export async function createSignInLink(options: PeopleOptions, name: string, by: string): Promise<string> {
  if ((await options.store.read.person(name)) === undefined)
    throw new HubError({
      code: 'no-such-person',
      status: 404,
      detail: `There is no person named ${name}.`,
      remedy: 'Make one with `assize-hub admin create`.',
    })
  const secret = newSecret()
  await options.store.write.addSignInLink({ hash: hashOfSecret(secret), name, expiresAt: options.clock.now() + LINK_MS })
  await audit(options, { actor: by, action: 'person.link-created', subject: name, detail: {} })
  return secret
}

export interface TokenWish {
  readonly name: string
  readonly role: Role
  readonly by: string
  /** Milliseconds since 1970; undefined for no expiry. */
  readonly expiresAt?: number | undefined
}

/** A bearer token for programs. Its text is shown once; the hub keeps a hash. */
export async function createToken(options: PeopleOptions, wish: TokenWish): Promise<{ readonly id: string; readonly token: string }> {
  const id = newId('tok')
  const token = `assize_${newSecret()}`
  const now = options.clock.now()
  await options.store.write.addToken({
    id,
    name: wish.name,
    role: wish.role,
    tenant: options.tenant,
    createdAt: now,
    createdBy: wish.by,
    expiresAt: wish.expiresAt,
    revoked: false,
    hash: hashOfSecret(token),
  })
  await audit(options, { actor: wish.by, action: 'token.created', subject: id, detail: { name: wish.name, role: wish.role } })
  return { id, token }
}

interface Note {
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: object
}

async function audit({ store, clock, tenant }: PeopleOptions, { actor, action, subject, detail }: Note): Promise<void> {
  await store.write.addAudit(tenant, { id: newId('aud'), at: clock.now(), actor, action, subject, detail: JSON.stringify(detail) })
}

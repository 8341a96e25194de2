import { hashOfSecret, newId, newSecret } from '../../platform/secrets.ts'
import { HubError } from '../../platform/errors.ts'
import type { PersonRow } from '../../store/index.ts'
import { Attempts } from '../attempts.ts'
import { callerOf, COOKIE, IDLE_MS, requireRole } from '../caller.ts'
import type { App, ServeContext } from '../context.ts'
import { isPassword } from '../passwords.ts'
import { meSchema, signInSchema } from '../schemas.ts'
import { done, nothing, problems } from './routes.ts'

const WINDOW_MS = 15 * 60_000
const MOST_PER_NAME = 10
const MOST_PER_ADDRESS = 50

export function accessRoutes(app: App, context: ServeContext): void {
  const door = new Door(context)
  app.post('/api/v1/sign-in', { schema: { body: signInSchema, response: { 200: meSchema, ...problems } } }, async (request, reply) => {
    const person = await door.open(request.body, request.ip)
    const secret = newSecret()
    const now = context.clock.now()
    await context.store.write.addSession({ hash: hashOfSecret(secret), name: person.name, createdAt: now, expiresAt: now + IDLE_MS })
    reply.setCookie(COOKIE, secret, { path: '/', httpOnly: true, sameSite: 'strict', secure: request.protocol === 'https' })
    return { name: person.name, role: person.role, tenant: person.tenant, via: 'session' as const }
  })

  app.post('/api/v1/sign-out', { schema: { body: nothing, response: { 204: done, ...problems } } }, async (request, reply) => {
    const cookie = request.cookies[COOKIE]
    if (cookie !== undefined) await context.store.write.endSession(hashOfSecret(cookie))
    return reply.clearCookie(COOKIE, { path: '/' }).code(204).send(null)
  })

  app.get('/api/v1/me', { schema: { response: { 200: meSchema, ...problems } } }, async (request) =>
    requireRole(await callerOf(request, context), 'viewer'),
  )
}

type Credentials = { readonly name: string; readonly password: string } | { readonly link: string }

/** Lets people in and slows guessing down. */
class Door {
  readonly #context: ServeContext
  readonly #byName = new Attempts(MOST_PER_NAME, WINDOW_MS)
  readonly #byAddress = new Attempts(MOST_PER_ADDRESS, WINDOW_MS)

  constructor(context: ServeContext) {
    this.#context = context
  }

  async open(credentials: Credentials, address: string): Promise<PersonRow> {
    const now = this.#context.clock.now()
    // Whoever holds a link holds 256 random bits, so guessing at a name cannot lock its owner out.
    const name = 'name' in credentials ? credentials.name : ''
    const wait = Math.max(this.#byAddress.wait(address, now), name === '' ? 0 : this.#byName.wait(name, now))
    if (wait > 0) throw tooMany(wait)
    const person = 'link' in credentials ? await this.#byLink(credentials.link, now) : await this.#byPassword(credentials)
    if (person === undefined) {
      this.#byAddress.failed(address, now)
      if (name !== '') this.#byName.failed(name, now)
      await this.#note('person.sign-in-refused', name.slice(0, 100))
      throw new HubError({
        code: 'sign-in-refused',
        status: 401,
        detail: 'link' in credentials ? 'The sign-in link is unknown, used or expired.' : 'Name or password is wrong.',
        remedy: 'Try again, or make a one-time link on the hub machine with `assize-hub admin link`.',
      })
    }
    if (name !== '') this.#byName.succeeded(name)
    await this.#note('person.signed-in', person.name)
    return person
  }

  async #byLink(link: string, now: number): Promise<PersonRow | undefined> {
    const name = await this.#context.store.write.takeSignInLink(hashOfSecret(link), now)
    return name === undefined ? undefined : this.#context.store.read.person(name)
  }

  async #byPassword({ name, password }: { readonly name: string; readonly password: string }): Promise<PersonRow | undefined> {
    const person = await this.#context.store.read.person(name)
    return (await isPassword(password, person?.passwordHash ?? '')) ? person : undefined
  }

  #note(action: string, subject: string): Promise<void> {
    const { store, clock, tenant } = this.#context
    return store.write.addAudit(tenant, { id: newId('aud'), at: clock.now(), actor: subject, action, subject, detail: '{}' })
  }
}

function tooMany(wait: number): HubError {
  return new HubError({
    code: 'too-many-attempts',
    status: 429,
    detail: 'Too many sign-ins failed.',
    remedy: `Wait ${Math.ceil(wait / 60_000)} minutes, or make a one-time link on the hub machine with \`assize-hub admin link\`.`,
  })
}

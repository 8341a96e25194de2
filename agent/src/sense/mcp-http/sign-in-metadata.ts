/** Reads what servers and token issuers publish about signing in. */
import type { RemoteServer } from './servers.ts'

type Fields = Readonly<Record<string, unknown>>

export interface ProtectedResource {
  readonly fields: Fields
  readonly issuers: readonly string[]
}

const MOST_BYTES = 256 * 1024
const WAIT_MS = 10_000
const FRESH_MS = 60_000
const MOST_KEPT = 200

export class MetadataReader {
  private readonly kept = new Map<string, { readonly value: Promise<Fields | undefined>; readonly until: number }>()

  /** As RFC 9728 has it; servers from before it are their own issuers. */
  async resource(server: RemoteServer): Promise<ProtectedResource | undefined> {
    const { origin } = server.url
    const below = server.path === '/' ? '' : server.path
    const places = [
      server.metadata?.href,
      `${origin}/.well-known/oauth-protected-resource${below}`,
      `${origin}/.well-known/oauth-protected-resource`,
    ]
    const fields = await this.first(places.filter((place) => place !== undefined))
    if (fields !== undefined) {
      const issuers = Array.isArray(fields['authorization_servers']) ? fields['authorization_servers'] : [origin]
      return { fields, issuers: issuers.filter((issuer): issuer is string => isIssuer(issuer, server)) }
    }
    return (await this.issuer(origin)) === undefined ? undefined : { fields: {}, issuers: [origin] }
  }

  /** As RFC 8414 and OpenID Connect have it. */
  issuer(issuer: string): Promise<Fields | undefined> {
    if (!URL.canParse(issuer)) return Promise.resolve(undefined)
    const { origin, pathname } = new URL(issuer)
    const below = pathname.replace(/\/$/, '')
    const names = ['oauth-authorization-server', 'openid-configuration']
    const inserted = names.map((name) => `${origin}/.well-known/${name}${below}`)
    return this.first(below === '' ? inserted : [...inserted, `${origin}${below}/.well-known/openid-configuration`])
  }

  private async first(places: readonly string[]): Promise<Fields | undefined> {
    for (const place of places) {
      const found = await this.read(place)
      if (found !== undefined) return found
    }
    return undefined
  }

  private read(place: string): Promise<Fields | undefined> {
    const now = Date.now()
    const kept = this.kept.get(place)
    if (kept !== undefined && kept.until > now) return kept.value
    const value = fetched(place)
    this.kept.delete(place)
    this.kept.set(place, { value, until: now + FRESH_MS })
    const oldest = this.kept.keys().next()
    if (this.kept.size > MOST_KEPT && !oldest.done) this.kept.delete(oldest.value)
    // Only what was found is kept: a server that comes up later is asked again.
    void value.then((found) => {
      if (found === undefined && this.kept.get(place)?.value === value) this.kept.delete(place)
    })
    return value
  }
}

/** Secrets travel encrypted, or not off this machine. */
export function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && (hostname === 'localhost' || hostname === '127.0.0.1' || hostname === '[::1]'))
}

/** A server may name its own place, or one that is safe to sign in at; it does not send the agent around in the network. */
export function mayRead(place: URL, server: RemoteServer): boolean {
  return isSafe(place) || place.origin === server.url.origin
}

function isIssuer(issuer: unknown, server: RemoteServer): boolean {
  return typeof issuer === 'string' && URL.canParse(issuer) && mayRead(new URL(issuer), server)
}

/** Undefined for whatever is no JSON object. Never rejects. */
async function fetched(place: string): Promise<Fields | undefined> {
  try {
    const response = await fetch(place, {
      headers: { accept: 'application/json' },
      redirect: 'error',
      signal: AbortSignal.timeout(WAIT_MS),
    })
    if (!response.ok || response.body === null) return undefined
    const parts: Uint8Array[] = []
    let length = 0
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      length += part.length
      if (length > MOST_BYTES) return undefined
      parts.push(part)
    }
    const value: unknown = JSON.parse(Buffer.concat(parts).toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

/**
 * Signing in through the gate: to its client a server is where the gate is, to whoever issues tokens it is where it really is. What
 * they say about each other is brought into line here; tokens, codes and secrets pass unread and are written nowhere.
 */
import { isSafe, mayRead, MetadataReader } from './sign-in-metadata.ts'
import type { RemoteServer } from './servers.ts'

type Fields = Readonly<Record<string, unknown>>

/** Marks a token issuer's place below a server's name at the gate. */
const ISSUER = /^\/~issuer\/(\d)(\/(?:authorize|token))?$/
const MOST_ISSUERS = 8

/** Where a request about signing in goes. */
export type SignInRoute =
  | { readonly kind: 'resource' }
  | { readonly kind: 'issuer'; readonly index: number }
  | { readonly kind: 'authorize' | 'token'; readonly index: number }

/** `path` is what stands behind the server's name; `known` the well-known name before it, where there is one. */
export function signInRoute(path: string, known: string | undefined): SignInRoute | undefined {
  if (known === '/.well-known/oauth-protected-resource') return { kind: 'resource' }
  const [, index, place] = ISSUER.exec(path.replace(/\/\.well-known\/openid-configuration$/, '')) ?? []
  if (index === undefined) return undefined
  if (place === undefined) return { kind: 'issuer', index: Number(index) }
  return known === undefined ? { kind: place === '/token' ? 'token' : 'authorize', index: Number(index) } : undefined
}

/** The gate as one client calls it: scheme, host and port. */
export interface Seen {
  readonly base: string
  readonly server: RemoteServer
}

export class SignIn {
  private readonly reader = new MetadataReader()

  /** What the server says of itself as a protected resource, with the gate's address for its own. Undefined when nobody is asked to sign in. */
  async resource({ base, server }: Seen): Promise<Fields | undefined> {
    const said = await this.reader.resource(server)
    if (said === undefined) return undefined
    const issuers = await Promise.all(
      said.issuers.slice(0, MOST_ISSUERS).map(async (issuer, index) => {
        const metadata = await this.reader.issuer(issuer)
        // One that signs its answers with its own name has to be called by it.
        return metadata?.['authorization_response_iss_parameter_supported'] === true ? issuer : issuerAtGate({ base, server }, index)
      }),
    )
    return { ...said.fields, resource: resourceAtGate({ base, server }), authorization_servers: issuers }
  }

  /** What an issuer says of itself, with the gate's addresses for signing in and for tokens. */
  async issuer({ base, server }: Seen, index: number): Promise<Fields | undefined> {
    const metadata = await this.metadataOf(server, index)
    if (metadata === undefined) return undefined
    const own = issuerAtGate({ base, server }, index)
    const { authorization_endpoint: authorize, token_endpoint: token } = metadata
    return {
      ...metadata,
      issuer: own,
      ...(authorize === undefined ? {} : { authorization_endpoint: `${own}/authorize` }),
      ...(token === undefined ? {} : { token_endpoint: `${own}/token` }),
    }
  }

  /** Where the person signs in: the issuer's own page, asked for the server itself. */
  async authorize({ base, server }: Seen, index: number, question: string): Promise<string | undefined> {
    const place = addressIn(await this.metadataOf(server, index), 'authorization_endpoint')
    if (place === undefined) return undefined
    const url = new URL(place)
    for (const [name, value] of await this.translated({ base, server }, new URLSearchParams(question))) url.searchParams.append(name, value)
    return url.href
  }

  /** Where tokens are issued, and the question for them as the issuer understands it. */
  async token(seen: Seen, index: number, body: string): Promise<{ readonly url: URL; readonly body: string } | undefined> {
    const place = addressIn(await this.metadataOf(seen.server, index), 'token_endpoint')
    if (place === undefined) return undefined
    return { url: new URL(place), body: (await this.translated(seen, new URLSearchParams(body))).toString() }
  }

  private async metadataOf(server: RemoteServer, index: number): Promise<Fields | undefined> {
    const issuer = (await this.reader.resource(server))?.issuers[index]
    return issuer === undefined ? undefined : this.reader.issuer(issuer)
  }

  /** A server that does not name itself as a resource is not named to the issuer either. */
  private async translated(seen: Seen, question: URLSearchParams): Promise<URLSearchParams> {
    const own = (await this.reader.resource(seen.server))?.fields['resource']
    const kept = [...question].flatMap(([name, value]): [string, string][] => {
      if (name !== 'resource' || !value.startsWith(seen.base)) return [[name, value]]
      return typeof own === 'string' ? [[name, own]] : []
    })
    return new URLSearchParams(kept)
  }
}

const resourceAtGate = ({ base, server }: Seen): string => `${base}/${server.name}${server.path}`
const issuerAtGate = ({ base, server }: Seen, index: number): string => `${base}/${server.name}/~issuer/${index}`

/** The header that asks a client to sign in, with the gate's address for where it is said how. Remembers where the server says it. */
export function challengeAtGate(challenge: string, { base, server }: Seen): string {
  return challenge.replace(/\bresource_metadata="([^"\\]{1,2000})"/i, (_whole, place: string) => {
    if (URL.canParse(place) && mayRead(new URL(place), server)) server.metadata = new URL(place)
    return `resource_metadata="${base}/.well-known/oauth-protected-resource/${server.name}${server.path}"`
  })
}

function addressIn(metadata: Fields | undefined, name: string): string | undefined {
  const value = metadata?.[name]
  return typeof value === 'string' && URL.canParse(value) && isSafe(new URL(value)) ? value : undefined
}

/** Which server a request is for, told from its path. */
import type { RemoteServer } from './servers.ts'
import { type SignInRoute, signInRoute } from './sign-in.ts'

export interface Route {
  readonly server: RemoteServer
  /** Path and question at the server. */
  readonly target: string
  /** Absent: where the server takes its messages. */
  readonly signIn?: SignInRoute
}

/** Where a server's answers may send the client next, besides its own address. */
const MOST_PLACES = 64
const METADATA = /^\/\.well-known\/(?:oauth-protected-resource|oauth-authorization-server|openid-configuration)(?=\/)/

/** `undefined` for a path that is no server's, or that a server might read differently. */
export function routeOf(target: string, find: (name: string) => RemoteServer | undefined): Route | undefined {
  if (!plain(target)) return undefined
  const question = target.indexOf('?')
  const path = question < 0 ? target : target.slice(0, question)
  const rest = question < 0 ? '' : target.slice(question)
  const known = METADATA.exec(path)?.[0]
  const [, name = '', inner = ''] = /^\/([^/]+)(\/.*)?$/s.exec(path.slice(known?.length ?? 0)) ?? []
  const server = find(name)
  if (server === undefined) return undefined
  const wanted = inner === '' ? '/' : inner
  if (known === undefined && (wanted === server.path || server.places.has(wanted))) return { server, target: `${wanted}${rest}` }
  const signIn = signInRoute(inner, known)
  return signIn === undefined ? undefined : { server, target: wanted, signIn }
}

/** Printable, with nothing a server might resolve after us. */
function plain(target: string): boolean {
  return target.length <= 8192 && /^\/[\x21-\x7e]*$/.test(target) && !/\\|#/.test(target)
}

/**
 * A place the server named, as the client has to call it: below the server's own name at the gate. `undefined` when it is none of
 * this server's, so that a call would leave the gate.
 */
export function placeAtGate(server: RemoteServer, named: string, from: string): string | undefined {
  if (!URL.canParse(named, new URL(from, server.url).href)) return undefined
  const url = new URL(named, new URL(from, server.url))
  if (url.origin !== server.url.origin || !plain(`${url.pathname}${url.search}`)) return undefined
  if (url.pathname !== server.path && !server.places.has(url.pathname)) {
    if (server.places.size >= MOST_PLACES) return undefined
    server.places.add(url.pathname)
  }
  return `/${server.name}${url.pathname}${url.search}`
}

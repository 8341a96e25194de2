/** Which server a request is for, told from its path. */
import type { RemoteServer } from './servers.ts'

export interface Route {
  readonly server: RemoteServer
  /** Path and question at the server. */
  readonly target: string
  /** `messages`: where the server takes its messages. `metadata`: what it says about signing in. */
  readonly kind: 'messages' | 'metadata'
}

/** Where a server's answers may send the client next, besides its own address. */
const MOST_PLACES = 64
const METADATA = /^\/\.well-known\/(?:oauth-protected-resource|oauth-authorization-server|openid-configuration)(?:\/|$)/

/** `undefined` for a path that is no server's, or that a server might read differently. */
export function routeOf(target: string, find: (name: string) => RemoteServer | undefined): Route | undefined {
  if (!plain(target)) return undefined
  const question = target.indexOf('?')
  const path = question < 0 ? target : target.slice(0, question)
  const rest = question < 0 ? '' : target.slice(question)
  const known = METADATA.exec(path)?.[0].replace(/\/$/, '')
  const [, name = '', inner = ''] = /^\/([^/]+)(\/.*)?$/s.exec(known === undefined ? path : path.slice(known.length)) ?? []
  const server = find(name)
  if (server === undefined) return undefined
  if (known !== undefined) return { server, target: `${known}${inner === '/' ? '' : inner}`, kind: 'metadata' }
  if (METADATA.test(inner)) return { server, target: inner, kind: 'metadata' }
  const wanted = inner === '' ? '/' : inner
  return wanted === server.path || server.places.has(wanted) ? { server, target: `${wanted}${rest}`, kind: 'messages' } : undefined
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

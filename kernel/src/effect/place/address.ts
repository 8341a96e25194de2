/** Network addresses: one canonical spelling, and whether they stay on this machine or network. */
import { canonicalHost, canonicalV6, deceptionOf, isPrivateHost } from './host.ts'

export interface Address {
  /** `scheme://host[:port]/path?query`, host lower case and punycode, no credentials; `ssh://host` for a bare host. */
  readonly url: string
  readonly scheme: string
  readonly host: string
  readonly port: number | undefined
  /** Loopback, private or link-local range, `.local`, `.internal`, or a bare machine name. */
  readonly private: boolean
  /** How it means to be mistaken for another, in plain words. */
  readonly deceptive?: string
  /** Address in a parameter that sends whoever opens it on: `?next=https://…`, of another host. */
  readonly leadsTo?: string
}

/** Longest address looked at. */
const ADDRESS_LENGTH = 16_384
const DEFAULT_PORT: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21, ssh: 22, git: 9418 }
const WEB = new Set(['http', 'https', 'ws', 'wss', 'ftp'])
/** Schemes that only say how the address after them is shown. */
const WRAPPER = /^(?:view-source|feed|jar|blob|url|wyciwyg):(?=(?:https?|wss?|ftp):)/i

/** A bare name behind these is no machine of the network around but a store of a cloud. */
const BUCKETS = /^(?:s3a?|gs|az|abfss?|wasbs?|oci|r2|b2|cos|oss|hf)$/

/** Undefined when the text is no address with a host. */
export function parseAddress(text: string, fallbackScheme?: string): Address | undefined {
  const spelled = cleaned(text)
  const withScheme = schemed(spelled, fallbackScheme)
  if (withScheme === undefined) return undefined
  const scheme = withScheme.slice(0, withScheme.indexOf(':')).toLowerCase()
  const rest = withScheme.slice(scheme.length + 3)
  const web = WEB.has(scheme)
  // Browsers and curl read a backslash as a slash in web addresses.
  const normal = web ? rest.replaceAll('\\', '/').replace(/^\/+/, '') : rest
  const end = normal.search(/[/?#]/)
  const tail = end < 0 ? '' : normal.slice(end)
  const tricky = web && rest.includes('\\') ? authorityBehind(rest) : undefined
  const place = splitAuthority(tricky ?? (end < 0 ? normal : normal.slice(0, end)))
  if (place === undefined) return undefined
  const { host, port } = place
  const shownPort = port === undefined || port === DEFAULT_PORT[scheme] ? '' : `:${port}`
  const shownHost = host.includes(':') ? `[${host}]` : host
  const path = pathOf(tail, web)
  const deceptive = tricky !== undefined ? 'programs disagree on which machine it names' : (deceptionOf(host) ?? place.deceptive)
  const leadsTo = web ? onwards(tail, host) : undefined
  return {
    url: `${scheme}://${shownHost}${shownPort}${path || (web ? '/' : '')}`,
    scheme,
    host,
    port: port ?? DEFAULT_PORT[scheme],
    private: !BUCKETS.test(scheme) && isPrivateHost(host),
    ...(deceptive === undefined ? {} : { deceptive }),
    ...(leadsTo === undefined ? {} : { leadsTo }),
  }
}

/** Without what readers of addresses pass over: blanks and controls around it, tabs and line ends in it. */
function cleaned(text: string): string {
  const start = text.slice(0, ADDRESS_LENGTH * 2)
  return start
    .replace(/^[\0-\x20\u00A0\uFEFF\u200B]+/, '')
    .slice(0, ADDRESS_LENGTH)
    .trimEnd()
    .replace(/[\t\r\n]/g, '')
    .replace(WRAPPER, '')
}

/** `http:host`, `http:/host` and `http:\\host` are `http://host`. */
function schemed(spelled: string, fallbackScheme: string | undefined): string | undefined {
  if (/^[A-Za-z][\w+.-]*:\/\//.test(spelled)) return spelled
  const web = /^(https?|wss?|ftp):(?:[\\/]+(?=[^\\/])|(?=[A-Za-z]))/i.exec(spelled)
  if (web !== null && (fallbackScheme !== undefined || /^[a-z]+:[\\/]/i.test(spelled))) return `${web[1]}://${spelled.slice(web[0].length)}`
  return fallbackScheme === undefined ? undefined : `${fallbackScheme}://${spelled.replace(/^\/\//, '')}`
}

/** `good\@evil`: some take it for a path on the first machine, some for a name at the second; the second was not asked for. */
function authorityBehind(rest: string): string | undefined {
  const end = rest.replace(/^[\\/]+/, '').search(/[/?#]/)
  const plain = rest.replace(/^[\\/]+/, '')
  const authority = end < 0 ? plain : plain.slice(0, end)
  const at = authority.lastIndexOf('@')
  return at > 0 && authority.slice(0, at).includes('\\') ? authority.slice(at + 1) : undefined
}

/** Dots resolved as browsers do it, no fragment. */
function pathOf(tail: string, web: boolean): string {
  const rooted = tail.startsWith('/') || tail === '' ? tail : `/${tail}`
  const plain = rooted.replace(/#.*$/s, '')
  if (!web || !/\/(?:\.|%2e){1,2}(?:[/?]|$)/i.test(plain)) return plain
  const query = plain.indexOf('?')
  const kept: string[] = []
  const segments = (query < 0 ? plain : plain.slice(0, query)).split('/').slice(1)
  for (const [index, segment] of segments.entries()) {
    const dots = segment.replace(/%2e/gi, '.')
    if (dots === '..') kept.pop()
    if (dots !== '..' && dots !== '.') kept.push(segment)
    else if (index === segments.length - 1) kept.push('')
  }
  return `/${kept.join('/')}${query < 0 ? '' : plain.slice(query)}`
}

const ONWARDS =
  /[?&;](?:url|uri|u|next|redirect(?:_?ur[il]|_?to)?|return(?:_?ur[il]|_?to)?|continue|dest(?:ination)?|goto|go|target|rurl|forward(?:_?url)?|callback(?:_?url)?|out|link|to|location|jump)=((?:https?(?::|%3a)|\/\/|%2f%2f|\\\\)[^&#]{1,2000})/i

/** Where a parameter sends whoever opens the address, when that is another machine. */
function onwards(tail: string, host: string): string | undefined {
  if (!tail.includes('=')) return undefined
  const found = ONWARDS.exec(tail)?.[1]
  if (found === undefined) return undefined
  let text = found
  try {
    text = decodeURIComponent(found.replaceAll('+', ' '))
  } catch {
    // Half of it escaped: taken as it stands.
  }
  const inner = splitAuthority((/^(?:https?:)?[\\/]*([^\\/?#]+)/i.exec(text)?.[1] ?? '').trim())
  return inner === undefined || inner.host === host ? undefined : /^https?:/i.test(text) ? text : `https:${text}`
}

interface Authority {
  readonly host: string
  readonly port: number | undefined
  readonly deceptive?: string
}

function splitAuthority(authority: string): Authority | undefined {
  const at = authority.lastIndexOf('@')
  const place = at < 0 ? authority : authority.slice(at + 1)
  // A name before the `@` that reads like a machine is there to be taken for one.
  const deceptive =
    at > 0 && /^(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[:/]|$|%)/i.test(authority.slice(0, at))
      ? 'a name before the @ looks like its machine'
      : undefined
  const v6 = /^\[([0-9a-f:.]+)(?:%[\w.%~-]*)?\](?::(\d{1,5}))?$/i.exec(place)
  if (v6 !== null) {
    const host = canonicalV6(v6[1] as string)
    return host === undefined ? undefined : { host, port: v6[2] === undefined ? undefined : Number(v6[2]) }
  }
  const parts = /^([^:]*)(?::(\d{0,5}))?$/.exec(place)
  if (parts === null) return undefined
  const host = canonicalHost(parts[1] as string)
  if (host === undefined) return undefined
  const port = parts[2] === undefined || parts[2] === '' ? undefined : Number(parts[2])
  return { host, port, ...(deceptive === undefined ? {} : { deceptive }) }
}

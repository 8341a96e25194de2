/** Network addresses: one canonical spelling, and whether they stay on this machine or network. */
export interface Address {
  /** `scheme://host[:port]/path?query`, host lower case and punycode, no credentials; `ssh://host` for a bare host. */
  readonly url: string
  readonly scheme: string
  readonly host: string
  readonly port: number | undefined
  /** Loopback, private or link-local range, `.local`, `.internal`, or a bare machine name. */
  readonly private: boolean
}

/** Longest address looked at. */
const ADDRESS_LENGTH = 16_384
const DEFAULT_PORT: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443, ftp: 21, ssh: 22, git: 9418 }
const WEB = new Set(['http', 'https', 'ws', 'wss', 'ftp'])

/** Undefined when the text is no address with a host. */
export function parseAddress(text: string, fallbackScheme?: string): Address | undefined {
  const spelled = text
    .trim()
    .slice(0, ADDRESS_LENGTH)
    .replace(/[\t\r\n]/g, '')
  const withScheme = /^[A-Za-z][\w+.-]*:\/\//.test(spelled)
    ? spelled
    : fallbackScheme === undefined
      ? undefined
      : `${fallbackScheme}://${spelled.replace(/^\/\//, '')}`
  if (withScheme === undefined) return undefined
  const scheme = withScheme.slice(0, withScheme.indexOf(':')).toLowerCase()
  const rest = withScheme.slice(scheme.length + 3)
  // Browsers and curl read a backslash as a slash in web addresses.
  const normal = WEB.has(scheme) ? rest.replaceAll('\\', '/').replace(/^\/+/, '') : rest
  const end = normal.search(/[/?#]/)
  const authority = end < 0 ? normal : normal.slice(0, end)
  const tail = end < 0 ? '' : normal.slice(end)
  const place = splitAuthority(authority)
  if (place === undefined) return undefined
  const { host, port } = place
  const shownPort = port === undefined || port === DEFAULT_PORT[scheme] ? '' : `:${port}`
  const shownHost = host.includes(':') ? `[${host}]` : host
  const path = tail.startsWith('/') || tail === '' ? tail : `/${tail}`
  return {
    url: `${scheme}://${shownHost}${shownPort}${path.replace(/#.*$/s, '') || (WEB.has(scheme) ? '/' : '')}`,
    scheme,
    host,
    port: port ?? DEFAULT_PORT[scheme],
    private: isPrivateHost(host),
  }
}

function splitAuthority(authority: string): { host: string; port: number | undefined } | undefined {
  const at = authority.lastIndexOf('@')
  const place = at < 0 ? authority : authority.slice(at + 1)
  const v6 = /^\[([0-9a-f:.%]+)\](?::(\d{1,5}))?$/i.exec(place)
  if (v6 !== null) return { host: canonicalV6(v6[1] as string), port: v6[2] === undefined ? undefined : Number(v6[2]) }
  const parts = /^([^:]*)(?::(\d{0,5}))?$/.exec(place)
  if (parts === null) return undefined
  const host = canonicalHost(parts[1] as string)
  return host === undefined ? undefined : { host, port: parts[2] === undefined || parts[2] === '' ? undefined : Number(parts[2]) }
}

/** Lower case, punycode, no trailing dot; decimal, octal and hexadecimal IPv4 forms as four decimals. Undefined when it is no host. */
export function canonicalHost(spelled: string): string | undefined {
  let host = spelled
  if (host.includes('%')) {
    try {
      host = decodeURIComponent(host)
    } catch {
      return undefined
    }
  }
  host = host
    .normalize('NFKC')
    .replace(/[\u3002\uFF0E\uFF61]/g, '.')
    .replace(/[\u00AD\u200B-\u200D\u2060\uFEFF]/g, '')
    .toLowerCase()
    .replace(/\.$/, '')
  if (host === '' || host.length > 253 || /[\s/\\?#@<>"'`{}|^,;()]/.test(host)) return undefined
  const v4 = canonicalV4(host)
  if (v4 !== undefined) return v4
  const labels = host.split('.')
  if (labels.some((label) => label === '' || label.length > 63)) return undefined
  return labels.map((label) => (/[^\0-\x7F]/.test(label) ? `xn--${punycode(label)}` : label)).join('.')
}

function canonicalV4(host: string): string | undefined {
  const parts = host.split('.')
  if (parts.length > 4 || !parts.every((part) => /^(0x[0-9a-f]*|\d+)$/.test(part))) return undefined
  const numbers = parts.map((part) =>
    part.startsWith('0x')
      ? Number.parseInt(part.slice(2) || '0', 16)
      : part.length > 1 && part.startsWith('0')
        ? Number.parseInt(part, 8)
        : Number(part),
  )
  const last = numbers[numbers.length - 1] as number
  if (numbers.some(Number.isNaN) || last >= 256 ** (5 - numbers.length) || numbers.slice(0, -1).some((number) => number > 255))
    return undefined
  const value = numbers.slice(0, -1).reduce((sum, number, index) => sum + number * 256 ** (3 - index), last)
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.')
}

function canonicalV6(spelled: string): string {
  const host = spelled.toLowerCase().replace(/%.*$/, '')
  const mapped = /^(?:0*:)*:?(?:0*:)*ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(host)
  if (mapped !== null) return mapped[1] as string
  const hex = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host)
  if (hex === null) return host
  const [high, low] = [Number.parseInt(hex[1] as string, 16), Number.parseInt(hex[2] as string, 16)]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

export function isPrivateHost(host: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateV4(host.split('.').map(Number))
  if (host.includes(':')) return host === '::1' || host === '::' || /^f[cd]|^fe[89ab]/.test(host)
  return host === 'localhost' || !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa|intranet)$/.test(host)
}

function isPrivateV4(parts: readonly number[]): boolean {
  const [a, b] = [parts[0] as number, parts[1] as number]
  return (
    a === 127 ||
    a === 10 ||
    a === 0 ||
    (a === 192 && b === 168) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127)
  )
}

/** RFC 3492 for one label. */
function punycode(label: string): string {
  const points = [...label].map((character) => character.codePointAt(0) as number)
  const basic = points.filter((point) => point < 128)
  let output = basic.length > 0 ? `${String.fromCharCode(...basic)}-` : ''
  let [n, delta, bias, handled] = [128, 0, 72, basic.length]
  while (handled < points.length) {
    const next = Math.min(...points.filter((point) => point >= n))
    delta += (next - n) * (handled + 1)
    n = next
    for (const point of points) {
      if (point < n) delta += 1
      if (point !== n) continue
      output += variableLength(delta, bias)
      bias = adapt(delta, handled + 1, handled === basic.length)
      delta = 0
      handled += 1
    }
    delta += 1
    n += 1
  }
  return output
}

function variableLength(value: number, bias: number): string {
  let [rest, output] = [value, '']
  for (let k = 36; ; k += 36) {
    const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias
    if (rest < threshold) return output + digit(rest)
    output += digit(threshold + ((rest - threshold) % (36 - threshold)))
    rest = Math.floor((rest - threshold) / (36 - threshold))
  }
}

function digit(value: number): string {
  return String.fromCharCode(value < 26 ? value + 97 : value + 22)
}

function adapt(value: number, points: number, first: boolean): number {
  let delta = first ? Math.floor(value / 700) : Math.floor(value / 2)
  delta += Math.floor(delta / points)
  let k = 0
  for (; delta > 455; k += 36) delta = Math.floor(delta / 35)
  return k + Math.floor((36 * delta) / (delta + 38))
}

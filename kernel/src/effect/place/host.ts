import { fromPunycode, punycode } from './punycode.ts'

/** Lower case, punycode, no trailing dot; every spelling of a number address as the usual one. Undefined when it is no host. */
export function canonicalHost(spelled: string): string | undefined {
  let host = spelled
  if (host.includes('%')) {
    try {
      host = decodeURIComponent(host)
    } catch {
      return undefined
    }
  }
  if (/[^\0-\x7F]/.test(host))
    host = host
      .normalize('NFKC')
      .replace(/[\u3002\uFF0E\uFF61]/g, '.')
      .replace(/[\u00AD\u034F\u180B-\u180F\u200B-\u200F\u2060-\u2064\u202A-\u202E\uFE00-\uFE0F\uFEFF]/g, '')
  host = host.toLowerCase().replace(/\.$/, '')
  if (host === '' || host.length > 253 || /[\0-\x20/\\?#@<>"'`{}|^,;()\x7F]/.test(host)) return undefined
  const labels = host.split('.')
  const last = labels[labels.length - 1] as string
  if (/^(?:\d+|0x[0-9a-f]*)$/.test(last)) return canonicalV4(labels)
  if (labels.some((label) => label === '' || label.length > 63)) return undefined
  return /[^\0-\x7F]/.test(host) ? labels.map((label) => (/[^\0-\x7F]/.test(label) ? `xn--${punycode(label)}` : label)).join('.') : host
}

/** Decimal, octal and hexadecimal, in one to four parts. A name that ends in a number is an address or nothing. */
function canonicalV4(parts: readonly string[]): string | undefined {
  if (parts.length > 4 || !parts.every((part) => /^(?:0x[0-9a-f]*|\d+)$/.test(part))) return undefined
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

/** Shortest spelling, lower case; addresses that stand for one of four numbers as that one. Undefined when it is none. */
export function canonicalV6(spelled: string): string | undefined {
  const groups = groupsOf(spelled.toLowerCase().replace(/%.*$/, ''))
  if (groups === undefined) return undefined
  const v4 = embeddedV4(groups)
  return v4 ?? compressed(groups)
}

function groupsOf(text: string): readonly number[] | undefined {
  const dotted = /^(.*:)(\d{1,3}(?:\.\d{1,3}){3})$/.exec(text)
  const tail = dotted === null ? undefined : canonicalV4((dotted[2] as string).split('.'))
  if (dotted !== null && tail === undefined) return undefined
  const plain = dotted === null || tail === undefined ? text : (dotted[1] as string) + asGroups(tail)
  const halves = plain.split('::')
  if (halves.length > 2) return undefined
  const read = (half: string): readonly number[] | undefined => {
    const parts = half === '' ? [] : half.split(':')
    return parts.every((part) => /^[0-9a-f]{1,4}$/.test(part)) ? parts.map((part) => Number.parseInt(part, 16)) : undefined
  }
  const [front, back] = [read(halves[0] as string), halves[1] === undefined ? [] : read(halves[1])]
  if (front === undefined || back === undefined) return undefined
  const missing = 8 - front.length - back.length
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined
  return [...front, ...Array.from({ length: missing }, () => 0), ...back]
}

function asGroups(v4: string): string {
  const [a, b, c, d] = v4.split('.').map(Number) as [number, number, number, number]
  return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`
}

/** Mapped, translated by NAT64, and 6to4 addresses lead to the one of four numbers in them. */
function embeddedV4(groups: readonly number[]): string | undefined {
  const zeros = (until: number): boolean => groups.slice(0, until).every((group) => group === 0)
  const at =
    zeros(5) && groups[5] === 0xffff
      ? 6
      : groups[0] === 0x64 && groups[1] === 0xff9b && groups.slice(2, 6).every((group) => group === 0)
        ? 6
        : groups[0] === 0x2002
          ? 1
          : -1
  const compatible = at < 0 && zeros(6) && (groups[6] as number) > 0 ? 6 : at
  if (compatible < 0) return undefined
  const [high, low] = [groups[compatible] as number, groups[compatible + 1] as number]
  return `${high >> 8}.${high & 255}.${low >> 8}.${low & 255}`
}

/** RFC 5952. */
function compressed(groups: readonly number[]): string {
  let [best, length] = [-1, 1]
  for (let at = 0; at < 8; at += 1) {
    let end = at
    while (end < 8 && groups[end] === 0) end += 1
    if (end - at > length) [best, length] = [at, end - at]
  }
  const text = (from: number, to: number): string =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':')
  return best < 0 ? text(0, 8) : `${text(0, best)}::${text(best + length, 8)}`
}

/** Loopback, private or link-local range, `.local`, `.internal`, or a bare machine name. */
export function isPrivateHost(host: string): boolean {
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateV4(host.split('.').map(Number))
  if (host.includes(':')) return host === '::1' || host === '::' || /^f[cd]|^fe[89a-f]/.test(host)
  return (
    host === 'localhost' ||
    !host.includes('.') ||
    /\.(localhost|local|internal|lan|home\.arpa|intranet|localdomain|corp|private)$/.test(host)
  )
}

function isPrivateV4(parts: readonly number[]): boolean {
  const [a, b] = [parts[0] as number, parts[1] as number]
  return (
    a === 127 ||
    a === 10 ||
    a === 0 ||
    (a === 192 && (b === 168 || (b === 0 && parts[2] === 0))) ||
    (a === 172 && b >= 16 && b <= 31) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b <= 127) ||
    (a === 198 && (b === 18 || b === 19))
  )
}

const SCRIPTS: readonly RegExp[] = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
]
/** Letters of other alphabets that look like Latin ones; a name of nothing else is made to be mistaken. */
const LOOK_LATIN =
  /^[\u0430\u0435\u043E\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u04BB\u0501\u051B\u051D\u03BF\u03BD\u03C1\u03B1\u0131\u0261\u0251\d.-]+$/u

/** How a name means to be mistaken for another; undefined for honest ones. */
export function deceptionOf(host: string): string | undefined {
  if (!host.includes('xn--')) return undefined
  for (const label of host.split('.')) {
    const shown = label.startsWith('xn--') ? fromPunycode(label.slice(4)) : undefined
    if (shown === undefined) continue
    if (SCRIPTS.filter((script) => script.test(shown)).length > 1) return `its name mixes alphabets: ${shown}`
    if (LOOK_LATIN.test(shown)) return `its name looks like another: ${shown}`
  }
  return undefined
}

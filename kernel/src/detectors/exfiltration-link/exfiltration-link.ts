/** Sees pictures and links whose address carries data out as soon as they are shown or followed. */
import { decodeBase64, decodeHex } from '../../event/encoding.ts'
import type { Detector } from '../../finding/detector.ts'
import { LOOKED_AT } from '../../finding/detector.ts'
import type { Finding } from '../../finding/finding.ts'

/** Most addresses looked at, and most findings told of one text. */
const ADDRESSES = 2048
const FINDINGS = 16
/** Longest address looked at, and longest text of a picture. */
const LENGTH = 4096
const ALTERNATIVE = 400

const ADDRESS = /[^\s<>"'`\\)\]}|^]{4,4096}/y

export const exfiltrationLink: Detector = {
  name: 'exfiltration-link',
  version: '1',
  look(subject) {
    if (subject.kind !== 'text') return []
    const text = subject.text.length > LOOKED_AT ? subject.text.slice(0, LOOKED_AT) : subject.text
    const findings: Finding[] = []
    let at = text.indexOf('://')
    for (let looked = 0; at >= 0 && looked < ADDRESSES && findings.length < FINDINGS; looked += 1) {
      const start = schemeStart(text, at)
      const address = start === undefined ? undefined : addressAt(text, start, at + 3)
      if (address !== undefined && start !== undefined) findings.push(...judged({ text, start, address, where: subject.where }))
      at = text.indexOf('://', at + 3 + (address?.length ?? 0) - (start === undefined ? 0 : Math.min(address?.length ?? 0, at + 3 - start)))
    }
    return findings
  },
}

function schemeStart(text: string, at: number): number | undefined {
  const scheme = /(?:https?|ftp|wss?)$/i.exec(text.slice(Math.max(0, at - 5), at))?.[0]
  return scheme === undefined ? undefined : at - scheme.length
}

function addressAt(text: string, start: number, from: number): string | undefined {
  ADDRESS.lastIndex = from
  const rest = ADDRESS.exec(text)?.[0]
  if (rest === undefined) return undefined
  // Blanks to be filled in stand in brackets of every kind.
  const blank = /^(?:\{\{?|\[|<)[\w .-]{2,40}(?:\}?\}|\]|>)/.exec(text.slice(from + rest.length, from + rest.length + 48))?.[0] ?? ''
  return text.slice(start, from + rest.length + (/[=/]$/.test(rest) ? blank.length : 0)).slice(0, LENGTH)
}

interface Looked {
  readonly text: string
  readonly start: number
  readonly address: string
  readonly where: string
}

function judged({ text, start, address, where }: Looked): readonly Finding[] {
  const carried = carriedBy(address)
  if (carried === undefined) return []
  const picture = isPicture(text, start)
  const score = Math.min(0.95, carried.score + (picture ? 0.25 : 0))
  const kind = picture ? 'text.exfiltration-image' : 'text.exfiltration-link'
  const detail = `${picture ? 'a picture' : 'a link'} whose address carries ${carried.what}`
  return [{ detector: 'exfiltration-link', version: '1', kind, score, where, span: [start, start + address.length], detail }]
}

/** Shown without anybody following it. */
function isPicture(text: string, start: number): boolean {
  const before = text.slice(Math.max(0, start - ALTERNATIVE), start)
  return /!\[[^\]]{0,300}\]\(\s{0,4}<?$|<(?:img|image|video|audio|iframe|link|source|embed|object)\b[^>]{0,300}(?:src|href|srcset|data|poster)\s{0,2}=\s{0,2}["']?$|url\(\s{0,4}["']?$/i.test(
    before,
  )
}

interface Carried {
  readonly what: string
  readonly score: number
}

/** Data in a query, a fragment, a path or the names below a host. */
function carriedBy(address: string): Carried | undefined {
  if (/[=/](?:\{\{?|\[|<|%7B|\$\{)[\w .-]{2,40}(?:\}?\}|\]|>|%7D)?$/.test(address) && /[?&/]/.test(address.slice(8)))
    return { what: 'a blank to be filled in', score: 0.5 }
  const [, host = '', path = '', query = ''] = /^[a-z]+:\/\/([^/?#]*)([^?#]*)(.*)$/is.exec(address) ?? []
  for (const [, value = ''] of query.matchAll(/[=?&#]([^=?&#]{12,})/g)) {
    const what = encodedText(value)
    if (what !== undefined) return { what, score: 0.65 }
  }
  for (const part of path.split('/')) {
    const what = part.length >= 24 ? encodedText(part) : undefined
    if (what !== undefined) return { what, score: 0.6 }
  }
  const label = host.split('.').find((one) => one.length >= 24 && encodedText(one) !== undefined)
  return label === undefined ? undefined : { what: 'encoded text in the name of a host', score: 0.7 }
}

/** Text in base64 or hexadecimal; or long prose in percent signs. */
function encodedText(value: string): string | undefined {
  const bare = value.replace(/%3D/gi, '=').replace(/%2B/gi, '+').replace(/%2F/gi, '/')
  if (/^[0-9a-fA-F]{24,}$/.test(bare)) return isProse(decodeHex(bare)) ? 'text in hexadecimal' : undefined
  if (/^[A-Za-z0-9+/_-]{16,}={0,2}$/.test(bare) && /[a-z]/.test(bare) && /[A-Z]/.test(bare))
    return isProse(decodeBase64(bare)) ? 'text in base64' : undefined
  return undefined
}

function isProse(text: string | undefined): boolean {
  return text !== undefined && text.length >= 10 && /^[\x20-\x7E\s\p{L}]+$/u.test(text) && /[A-Za-z]{3}/.test(text)
}

import { decodeBase64, decodeHex, decodePercent } from '../event/encoding.ts'
import { rememberedTexts } from '../event/remembered-texts.ts'
import { decodedIn } from '../finding/decoding.ts'
import { nextRun } from '../finding/encoded-run.ts'
import type { Source } from './derivation.ts'
import { hiddenPieces, type Piece } from './hidden-pieces.ts'
import { fold } from './words.ts'

/** One reading of a source's text: as it stands, with disguises taken off, or a decoded piece of it. */
export interface View extends Reading {
  readonly source: Source
  /** Rank in the session: what was seen first. */
  readonly order: number
}

interface Reading {
  readonly text: string
  readonly folded: string
  /** `verbatim`, `unescaped`, `rot13`, `base64`, `hex`, `percent`, or several after each other such as `base64, gzip`. */
  readonly via: string
  /** Offset in the source's text of each unit of this one; absent when they are the same. */
  readonly offsets?: Uint32Array
  /** Where in the source's text the decoded piece stands. */
  readonly piece?: readonly [number, number]
  /** The source's own text, for a piece of it. */
  readonly around?: string
}

/** Text up to here is indexed in full. */
export const INDEXED_LENGTH = 262_144
/** From there up to here only what looks like an address, a path or an identifier. */
export const SCANNED_LENGTH = 2_097_152
/** Most decoded pieces of one source, and their length together. */
const PIECES = 64
const PIECES_LENGTH = 65_536

const DISGUISES =
  /\\\r?\n[ \t]*(?:\\(?= ))?|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\[ntr"'/\\]|&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});|[\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180E\u200B-\u200F\u202A-\u202E\u2060-\u206F\uFE00-\uFE0F\uFEFF]|\uDB40[\uDC00-\uDFFF]|[\uFF01-\uFF5E]|\s?[[({]\s?(?:dot|at|\.|@)\s?[\])}]\s?|\bhxxps?(?=:)/gi

/** The ways a text can be read. The first is the text itself, up to `INDEXED_LENGTH`. */
export function viewsOf(source: Source, order: number, text: string): readonly View[] {
  const views = recall(text, readingsOf).map((reading): View => ({ source, order, ...reading }))
  if (text.length > INDEXED_LENGTH) views.push(restView(source, order, targetsOnly(text.slice(INDEXED_LENGTH, SCANNED_LENGTH))))
  return views
}

/** Characters of texts whose readings are remembered. */
const REMEMBERED = 1_048_576
const recall = rememberedTexts<readonly Reading[]>(REMEMBERED)

function readingsOf(text: string): readonly Reading[] {
  const head = text.length > INDEXED_LENGTH ? text.slice(0, INDEXED_LENGTH) : text
  const readings: Reading[] = [{ text: head, folded: fold(head), via: 'verbatim' }]
  const plain = undisguised(head)
  if (plain !== undefined) readings.push({ text: plain.text, folded: fold(plain.text), via: 'unescaped', offsets: plain.offsets })
  if (MOVED.test(head)) {
    const plainer = moved(head)
    readings.push({ text: plainer, folded: fold(plainer), via: 'rot13' })
  }
  for (const piece of decodedPieces(head))
    readings.push({ text: piece.text, folded: fold(piece.text), via: piece.via, piece: piece.span, around: head })
  return readings
}

/** What is kept of a text behind the part that is indexed in full. */
export function restView(source: Source, order: number, kept: string): View {
  return { source, order, text: kept, folded: fold(kept), via: 'verbatim', piece: [INDEXED_LENGTH, SCANNED_LENGTH] }
}

function undisguised(text: string): { readonly text: string; readonly offsets: Uint32Array } | undefined {
  DISGUISES.lastIndex = 0
  if (!DISGUISES.test(text)) return undefined
  DISGUISES.lastIndex = 0
  const offsets = new Uint32Array(text.length + 1)
  const parts: string[] = []
  let [length, last] = [0, 0]
  const copy = (upTo: number): void => {
    parts.push(text.slice(last, upTo))
    for (let index = last; index < upTo; index += 1) offsets[length++] = index
  }
  for (const match of text.matchAll(DISGUISES)) {
    copy(match.index)
    const plain = plainOf(match[0])
    parts.push(plain)
    for (let index = 0; index < plain.length; index += 1) offsets[length++] = match.index
    last = match.index + match[0].length
  }
  copy(text.length)
  offsets[length] = text.length
  return { text: parts.join(''), offsets: offsets.slice(0, length + 1) }
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
  ['nbsp', ' '],
])

/** One or no unit for each disguise, never more than the disguise itself. */
function plainOf(disguise: string): string {
  const inner = disguise.trim().slice(1, -1).trim().toLowerCase()
  if (/^\s?[[({]/.test(disguise)) return inner === 'at' || inner === '@' ? '@' : '.'
  if (/^hxxp/i.test(disguise)) return disguise.length === 5 ? 'https' : 'http'
  if (disguise.startsWith('\\u') || disguise.startsWith('\\x')) return String.fromCharCode(Number.parseInt(disguise.slice(2), 16))
  // A line wrapped within a quoted string.
  if (/^\\\r?\n/.test(disguise)) return ''
  if (disguise === '\\n' || disguise === '\\r') return '\n'
  if (disguise.startsWith('\\')) return disguise === '\\t' ? ' ' : disguise.slice(1)
  if (disguise.startsWith('&#'))
    return fromPoint(/^&#x/i.test(disguise) ? Number.parseInt(disguise.slice(3), 16) : Number.parseInt(disguise.slice(2), 10))
  if (disguise.startsWith('&')) return NAMED.get(inner) ?? NAMED.get(disguise.slice(1, -1).toLowerCase()) ?? ''
  if (/^[\uFF01-\uFF5E]$/.test(disguise)) return String.fromCharCode(disguise.charCodeAt(0) - 0xfee0)
  return tagCharacter(disguise)
}

function fromPoint(point: number): string {
  return point > 0 && point < 0x10000 && !(point >= 0xd800 && point < 0xe000) ? String.fromCharCode(point) : ''
}

/** Tag characters spell ASCII nobody sees; other invisible characters stand for nothing. */
function tagCharacter(disguise: string): string {
  const point = disguise.codePointAt(0) ?? 0
  return point >= 0xe0020 && point < 0xe007f ? String.fromCharCode(point - 0xe0000) : ''
}

function decodedPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [...hiddenPieces(text)]
  let room = PIECES_LENGTH
  for (const [start, end] of suspectTokens(text)) {
    if (pieces.length >= PIECES || room <= 0) break
    const token = text
      .slice(start, end)
      .replace(/^[\w.-]{1,40}[=:](?=.{16})/, '')
      .replace(/[.!?:]+$/, '')
    if (!ENCODED.test(token)) continue
    const found = decodeLayers(token.slice(0, 16_384))
    if (found === undefined) continue
    room -= found.text.length
    pieces.push({ ...found, span: [start, end] })
  }
  return [...pieces, ...furtherPieces(text, room)]
}

/** Runs between blanks, quotes and brackets that could be encoded: enough such characters stand in a row, or a percent sign. Linear. */
function* suspectTokens(text: string): Generator<readonly [start: number, end: number]> {
  let [run, percent] = [-1, -1]
  for (let at = 0; at < text.length; ) {
    if (run < at) run = nextRun(text, at, ENCODED_LENGTH)
    if (percent < at) percent = endless(text.indexOf('%', at))
    const suspect = Math.min(run, percent)
    if (suspect >= text.length) return
    let [start, end] = [suspect, suspect + 1]
    while (start > at && !isTokenEnd(text.charCodeAt(start - 1))) start -= 1
    while (end < text.length && !isTokenEnd(text.charCodeAt(end))) end += 1
    if (end - start >= TOKEN_LENGTH) yield [start, end]
    at = end
  }
}

function endless(at: number): number {
  return at < 0 ? Number.POSITIVE_INFINITY : at
}

/** What is compressed, or encoded more than once. */
function furtherPieces(text: string, room: number): readonly Piece[] {
  if (nextRun(text, 0, LONG_RUN) >= text.length) return []
  const found: Piece[] = []
  let left = room
  for (const { text: inner, span, via } of decodedIn(text)) {
    if (via.length < 2 || left <= 0 || found.length >= PIECES) continue
    left -= inner.length
    found.push({ text: inner.slice(0, PIECES_LENGTH), via: via.join(', '), span })
  }
  return found
}

const LONG_RUN = 40
/** Addresses and commands of a text whose letters are moved by thirteen, or a word that says so. */
const MOVED = /uggcf?:\/\/|rot[- ]?13/i

/** Letters moved by thirteen. */
function moved(text: string): string {
  return text.replace(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + (letter.toLowerCase() < 'n' ? 13 : -13)))
}

/** Most layers of encoding taken off one after the other. */
const LAYERS = 4

function decodeLayers(token: string): { readonly text: string; readonly via: string } | undefined {
  let found = decodeOnce(token)
  for (let layer = 1; found !== undefined && layer < LAYERS; layer += 1) {
    const inner = found.text.trim()
    const next: ReturnType<typeof decodeOnce> = ENCODED.test(inner) ? decodeOnce(inner) : undefined
    if (next === undefined) break
    found = { text: next.text, via: `${found.via}, ${next.via}` }
  }
  return found
}

/** Runs long enough to hide something, what they end at, and how much of the alphabet of encodings must stand in a row where there is no percent sign. */
const TOKEN_LENGTH = 12
const ENCODED_LENGTH = 16
const ENCODED = /^(?:[A-Za-z0-9+/_-]{16,}={0,2}$|.{0,2000}?%[0-9a-fA-F]{2})/
const TOKEN_ENDS = Uint8Array.from({ length: 128 }, (_, code) => Number(/[\s"'<>`(){}[\],;|\\]/.test(String.fromCharCode(code))))

function isTokenEnd(code: number): boolean {
  return code < 128 ? TOKEN_ENDS[code] === 1 : code >= 0xa0 && /\s/.test(String.fromCharCode(code))
}

/** One layer of encoding taken off. */
export function decodeOnce(token: string): { readonly text: string; readonly via: string } | undefined {
  if (token.includes('%')) {
    const text = decodePercent(token)
    return text === undefined || text === token ? undefined : { text, via: 'percent' }
  }
  const hex = token.length >= 16 ? decodeHex(token) : undefined
  if (hex !== undefined && readsAsText(hex)) return { text: hex, via: 'hex' }
  // Long words and paths use the same alphabet: only what decodes to plain text counts.
  const base64 = /[A-Z]/.test(token) && /[a-z0-9]/.test(token) ? decodeBase64(token) : undefined
  return base64 !== undefined && readsAsText(base64) ? { text: base64, via: 'base64' } : undefined
}

function readsAsText(text: string): boolean {
  return (
    text.length >= 8 &&
    /^[\x09\x0A\x0D\x20-\x7E\u00A0-\uFFFF]+$/.test(text) &&
    (text.match(/[A-Za-z0-9 ./:@_-]/g)?.length ?? 0) >= text.length * 0.8
  )
}

/** Addresses, paths, e-mails and long tokens of a text too long to index in full. */
function targetsOnly(text: string): string {
  const kept: string[] = []
  for (const [token] of text.matchAll(/[^\s"'<>`(){}[\],;|]{4,}/g)) {
    if (token.length >= 20 || /[/@\\:]|\.[a-z]/i.test(token)) kept.push(token.slice(0, 4096))
    if (kept.length >= 20_000) break
  }
  return kept.join('\n')
}

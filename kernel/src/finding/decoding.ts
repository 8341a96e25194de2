/** Text that stands in another text in disguise: base64 and hexadecimal, compressed or not, several times over. */
import { Gunzip, Inflate, Unzlib } from 'fflate'
import { rememberedTexts } from '../event/remembered-texts.ts'
import { RUN, type Run, runsIn } from './encoded-run.ts'

// Standard in every runtime the kernel runs in, though no type library of the kernel declares it.
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string }

export interface Decoded {
  readonly text: string
  /** [start, end) of what was decoded. */
  readonly span: readonly [number, number]
  /** From the outside in, such as `base64, gzip`. */
  readonly via: readonly string[]
}

/** How often one disguise may be taken off another. */
const DEPTH = 3
/** Characters that the runs of one text may have together, and bytes that may come of them; the rest is not looked into. */
const RUNS = 1_048_576
const BYTES = 16_777_216
/** Of these bytes only so many become text that is looked at. */
const TEXT = 262_144
/** A compressed piece may grow so much. */
const RATIO = 100
/** So many runs are looked into. */
const PIECES = 64
/** A run tells by its first characters whether it is text or compressed. */
const PROBE = 48

/** Room left for one text, whatever nests in it. */
interface Room {
  runs: number
  bytes: number
  text: number
  pieces: number
}

/** What is encoded in a text, outermost first. Bounded in depth, size, growth and number. */
export function decodedIn(text: string): readonly Decoded[] {
  return text.length > SHORT ? lookInto(text) : recall(text, lookInto)
}

/** Arguments are asked about by detectors, on every shelf, and again when the call is taken in: the last short texts are remembered. */
const SHORT = 1024
const recall = rememberedTexts<readonly Decoded[]>(262_144)

function lookInto(text: string): readonly Decoded[] {
  const found: Decoded[] = []
  const room: Room = { runs: RUNS, bytes: BYTES, text: TEXT, pieces: PIECES }
  take(text, { span: undefined, via: [], room }, found)
  for (let at = 0; at < found.length; at += 1) {
    const { text: inner, span, via } = found[at] as Decoded
    if (via.filter((one) => one === 'base64' || one === 'hex').length < DEPTH) take(inner, { span, via, room }, found)
  }
  return found
}

interface Outer {
  readonly span: readonly [number, number] | undefined
  readonly via: readonly string[]
  readonly room: Room
}

function take(text: string, { span, via, room }: Outer, found: Decoded[]): void {
  for (const run of runsIn(text)) {
    if (room.pieces <= 0 || room.runs < run.end - run.start || room.text <= 0) return
    const piece = pieceIn(text, run, room)
    if (piece === undefined) continue
    room.pieces -= 1
    room.text -= piece.text.length
    found.push({ text: piece.text, span: span ?? [piece.start, run.end], via: [...via, ...piece.via] })
  }
}

/** What is encoded may be glued to what is not: a path before it, or a few characters. */
function pieceIn(text: string, { start, end, hex }: Run, room: Room): (Piece & { readonly start: number }) | undefined {
  for (const from of hex ? [start, start + 1] : startsIn(text, start, end)) {
    if (end - from < RUN || !(hex || mayHold(text, from))) continue
    const piece = decoded(text.slice(from, end), hex, room)
    if (piece !== undefined) return { ...piece, start: from }
  }
  return undefined
}

/** Twelve bytes tell, without anything made: text, or the head of something compressed. */
function mayHold(text: string, from: number): boolean {
  let [plain, first] = [0, 0]
  for (let at = from; at < from + 16; at += 4) {
    const bits = (valueAt(text, at) << 18) | (valueAt(text, at + 1) << 12) | (valueAt(text, at + 2) << 6) | valueAt(text, at + 3)
    if (at === from) first = bits
    plain += Number(isPlain(bits >> 16)) + Number(isPlain((bits >> 8) & 255)) + Number(isPlain(bits & 255))
  }
  return plain >= 10 || first === 0x1f8b08 || (first >> 16) % 16 === 8
}

function isPlain(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13
}

function valueAt(text: string, at: number): number {
  return (VALUE[text.charCodeAt(at) & 127] as number) & 63
}

/** Most path separators after which it may begin. */
const SEPARATORS = 8

function startsIn(text: string, start: number, end: number): readonly number[] {
  const starts = [start]
  for (let at = text.indexOf('/', start); at >= 0 && at < end - RUN && starts.length <= SEPARATORS; at = text.indexOf('/', at + 1))
    starts.push(at + 1)
  return [...starts, start + 1, start + 2, start + 3]
}

interface Piece {
  readonly text: string
  readonly via: readonly string[]
}

function decoded(run: string, hex: boolean, room: Room): Piece | undefined {
  const head = hex ? fromHex(run.slice(0, PROBE)) : fromBase64(run.slice(0, PROBE))
  if (head === undefined || head.length < 12 || !(isCompressed(head) || readsAsText(head))) return undefined
  room.runs -= run.length
  const bytes = hex ? fromHex(run) : fromBase64(run)
  if (bytes === undefined || bytes.length > room.bytes) return undefined
  room.bytes -= bytes.length
  const via = hex ? 'hex' : 'base64'
  const method = isCompressed(head)
  if (method === undefined) {
    const text = textOf(bytes, room)
    return text === undefined ? undefined : { text, via: [via] }
  }
  const inflated = inflate(bytes, method, room)
  const text = inflated === undefined ? undefined : textOf(inflated, room)
  return text === undefined ? undefined : { text, via: [via, method] }
}

type Method = 'gzip' | 'zlib'

function isCompressed(bytes: Uint8Array): Method | undefined {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8) return 'gzip'
  const [first = 0, second = 0] = bytes
  return (first & 15) === 8 && first >> 4 <= 7 && (first * 256 + second) % 31 === 0 && (second & 0x20) === 0 ? 'zlib' : undefined
}

/** How much is fed at once: what comes of it is looked at before more is. */
const FED = 1024

/** Stops as soon as there is too much of it; undefined then, and when the data is not what it seems. */
function inflate(bytes: Uint8Array, method: Method, room: Room): Uint8Array | undefined {
  const most = Math.min(room.bytes, bytes.length * RATIO)
  const parts: Uint8Array[] = []
  let length = 0
  const stream: Gunzip | Unzlib | Inflate = method === 'gzip' ? new Gunzip() : new Unzlib()
  stream.ondata = (part) => {
    length += part.length
    if (length <= most) parts.push(part)
  }
  try {
    for (let at = 0; at < bytes.length && length <= most; at += FED) stream.push(bytes.subarray(at, at + FED), at + FED >= bytes.length)
  } catch {
    // A piece that was cut off is still a piece.
  }
  room.bytes -= Math.min(length, most)
  return length === 0 || length > most ? undefined : joined(parts, length)
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

const decoder = new TextDecoder('utf-8', { fatal: true })

function textOf(bytes: Uint8Array, room: Room): string | undefined {
  try {
    const text = decoder.decode(bytes.length > room.text ? bytes.subarray(0, room.text & ~3) : bytes)
    return text.length >= 8 && isProse(text) ? text : undefined
  } catch {
    return undefined
  }
}

/** Few control characters, and not only digits or signs. */
function isProse(text: string): boolean {
  let [strange, letters] = [0, 0]
  const length = Math.min(text.length, 2048)
  for (let at = 0; at < length; at += 1) {
    const code = text.charCodeAt(at)
    if (code < 32 && code !== 9 && code !== 10 && code !== 13) strange += 1
    else if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 191) letters += 1
  }
  return strange * 50 <= length && letters * 3 >= length
}

/** The first bytes of ASCII text; other text is rarely hidden. */
function readsAsText(bytes: Uint8Array): boolean {
  let plain = 0
  for (const byte of bytes) if (isPlain(byte)) plain += 1
  return plain * 10 >= bytes.length * 9
}

const VALUE = new Int8Array(128).fill(-1)
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  VALUE[character.charCodeAt(0)] = value
VALUE[45] = 62
VALUE[95] = 63

function fromBase64(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4))
  let [length, bits, count] = [0, 0, 0]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 61 || code === 10 || code === 13) continue
    const value = code < 128 ? (VALUE[code] as number) : -1
    if (value < 0) return undefined
    bits = ((bits << 6) | value) & 0xffffff
    count += 6
    if (count < 8) continue
    count -= 8
    bytes[length++] = (bits >> count) & 255
  }
  return bytes.subarray(0, length)
}

function fromHex(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length >> 1)
  for (let at = 0; at < bytes.length; at += 1) {
    const value = Number.parseInt(text.slice(at * 2, at * 2 + 2), 16)
    if (Number.isNaN(value)) return undefined
    bytes[at] = value
  }
  return bytes
}

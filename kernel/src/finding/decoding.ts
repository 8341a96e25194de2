/** Text that stands in another text in disguise: base64 and hexadecimal, compressed or not, several times over. */
import { Gunzip, Inflate, Unzlib } from 'fflate'

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
/** Shorter runs hold nothing worth hiding; so many are looked into. */
const RUN = 24
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
    const piece = decoded(text.slice(run.start, run.end), run.hex, room)
    if (piece === undefined) continue
    room.pieces -= 1
    room.text -= piece.text.length
    found.push({ text: piece.text, span: span ?? [run.start, run.end], via: [...via, ...piece.via] })
  }
}

interface Run {
  readonly start: number
  readonly end: number
  readonly hex: boolean
}

/** 1: hexadecimal; 2: other characters of base64; 0: neither. */
const CLASS = new Uint8Array(128)
for (const character of '0123456789abcdefABCDEF') CLASS[character.charCodeAt(0)] = 1
for (const character of 'ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ+/-_') CLASS[character.charCodeAt(0)] = 2

function* runsIn(text: string): Generator<Run> {
  for (let at = nextRun(text, 0); at < text.length; at = nextRun(text, at)) {
    const start = at
    let kinds = 0
    for (; at < text.length; at += 1) {
      const kind = kindAt(text, at)
      // Lines that are wrapped go on.
      if (kind === 0 && !(text.charCodeAt(at) === 10 && at - start >= 60 && isRunLine(text, at + 1))) break
      kinds |= kind
    }
    let end = at
    while (text[end] === '=' && end - at < 2) end += 1
    yield { start, end, hex: (kinds & 2) === 0 }
  }
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 128 ? (CLASS[code] as number) : 0
}

/** Where the next run long enough begins: looks from its least end backwards, and so over most of the text. */
function nextRun(text: string, from: number): number {
  let start = from
  while (start + RUN <= text.length) {
    let at = start + RUN - 1
    while (at >= start && kindAt(text, at) !== 0) at -= 1
    if (at < start) return start
    start = at + 1
  }
  return text.length
}

/** Another full line of the same run, or its last. */
function isRunLine(text: string, at: number): boolean {
  let end = at
  while (end < text.length && end - at < 16 && (CLASS[text.charCodeAt(end)] ?? 0) !== 0) end += 1
  return end - at >= 16
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
  for (const byte of bytes) if ((byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13) plain += 1
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

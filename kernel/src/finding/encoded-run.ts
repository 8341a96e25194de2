/** Shorter runs hold nothing worth hiding. */
export const RUN = 24

/** Characters that may encode something, in one piece or over several full lines. */
export interface Run {
  readonly start: number
  readonly end: number
  readonly hex: boolean
}

/** What a character can be of: hexadecimal or only base64, a small letter, a capital. 0: of neither. */
const [HEX, OTHER, SMALL, CAPITAL] = [1, 2, 4, 8]
const CLASS = new Uint8Array(128)
for (const character of '0123456789') CLASS[character.charCodeAt(0)] = HEX
for (const character of 'abcdefABCDEF') CLASS[character.charCodeAt(0)] = HEX | (character >= 'a' ? SMALL : CAPITAL)
for (const character of 'ghijklmnopqrstuvwxyzGHIJKLMNOPQRSTUVWXYZ')
  CLASS[character.charCodeAt(0)] = OTHER | (character >= 'a' ? SMALL : CAPITAL)
for (const character of '+/-_') CLASS[character.charCodeAt(0)] = OTHER

/** Runs long enough to hold something worth hiding. */
export function* runsIn(text: string): Generator<Run> {
  for (let at = nextRun(text, 0); at < text.length; at = nextRun(text, at)) {
    const start = at
    let kinds = 0
    for (; at < text.length; at += 1) {
      const kind = kindAt(text, at)
      // Lines that are wrapped go on.
      if (kind === 0 && !(text.charCodeAt(at) === 10 && at - start >= 60 && isRunLine(text, at + 1))) break
      kinds |= kind
    }
    const hex = (kinds & OTHER) === 0
    // Text in base64 has letters of both cases; names and paths mostly have not.
    if (!hex && (kinds & (SMALL | CAPITAL)) !== (SMALL | CAPITAL)) continue
    let end = at
    while (text[end] === '=' && end - at < 2) end += 1
    yield { start, end, hex }
  }
}

function kindAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 128 ? (CLASS[code] as number) : 0
}

/** Where the next run long enough begins: looks from its least end backwards, and so over most of the text. The text's length if there is none. */
export function nextRun(text: string, from: number, length = RUN): number {
  let start = from
  while (start + length <= text.length) {
    let at = start + length - 1
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

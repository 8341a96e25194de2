/** A passage that says something else than its characters, and what it says. */
export interface HiddenText {
  readonly text: string
  /** Where it stands in the text it was found in: UTF-16 code units. */
  readonly start: number
  readonly end: number
}

const MOST_FOUND = 8
const MOST_CHARACTERS = 65_536
/** Decoded text shorter than this gives no order. */
const SHORTEST = 12

const BASE64 = /[A-Za-z0-9+/_-]{24,65536}={0,2}/g
const HEX = /[0-9a-fA-F]{32,16384}/g
const PERCENT = /(?:%[0-9a-fA-F]{2}){12,8192}/g
/** Letters with a blank between each two of them. */
const SPACED = /(?<![\p{L}\p{N}])(?:[\p{L}\p{N}] ){7,400}[\p{L}\p{N}](?![\p{L}\p{N}])/gu

/** What stands encoded or spelled out in a text. Linear; looks at the beginning of a long text only. */
export function hiddenIn(text: string): readonly HiddenText[] {
  const seen = text.length > MOST_CHARACTERS ? text.slice(0, MOST_CHARACTERS) : text
  const found: HiddenText[] = []
  for (const [pattern, read] of READERS) {
    for (const match of seen.matchAll(pattern)) {
      if (found.length >= MOST_FOUND) return found
      const said = read(match[0])
      if (said !== undefined && said.length >= SHORTEST) found.push({ text: said, start: match.index, end: match.index + match[0].length })
    }
  }
  return found
}

const READERS: readonly (readonly [RegExp, (passage: string) => string | undefined])[] = [
  [PERCENT, (passage) => printable(Uint8Array.from(passage.split('%').slice(1), (pair) => Number.parseInt(pair, 16)))],
  [HEX, (passage) => printable(Uint8Array.from(passage.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)))],
  [BASE64, (passage) => printable(Uint8Array.from(Buffer.from(passage, 'base64')))],
  [SPACED, (passage) => passage.replaceAll(' ', '')],
]

const decoder = new TextDecoder('utf-8', { fatal: true })

/** Text, if that is what the bytes are: keys and pictures are not. */
function printable(bytes: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(bytes)
    const blanks = text.split(' ').length - 1
    return /[\p{Cc}\p{Co}\p{Cn}]/u.test(text.replaceAll(/[\n\r\t]/g, '')) || blanks < 2 ? undefined : text
  } catch {
    return undefined
  }
}

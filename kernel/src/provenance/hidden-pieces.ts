/** Text that stands in another text without being seen or without being read as words: spaced letters, look-alikes, octets in selectors. */

import { latinOf, STRANGE } from '../finding/look-alikes.ts'

/** A piece of a text, taken out of its disguise. */
export interface Piece {
  readonly text: string
  readonly via: string
  readonly span: readonly [number, number]
}

/** Most pieces of each kind, and the longest one looked at. */
const PIECES = 8
const LENGTH = 4096

/** Letters with a blank after each: `h t t p s : / /`. */
const SPACED = /(?<!\S)(?:\S[ \u00A0]){8,4096}\S(?!\S)/g
/** Octets in variation selectors, sixteen in one block and the rest in the other. */
const SELECTED = /(?:[\uFE00-\uFE0F]|\uDB40[\uDD00-\uDDEF]){8,4096}/g
/** What stands between blanks may hold letters of other alphabets that look like Latin ones. */
const WORDS = /\S{8,}/g

export function hiddenPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = []
  for (const [pattern, via, plain] of KINDS) {
    if (pattern === WORDS && !STRANGE.test(text)) continue
    let count = 0
    for (const match of text.matchAll(pattern)) {
      if (count >= PIECES) break
      const found = plain(match[0].slice(0, LENGTH))
      if (found === undefined || found.length < 8) continue
      count += 1
      pieces.push({ text: found, via, span: [match.index, match.index + match[0].length] })
    }
  }
  return pieces
}

const KINDS: readonly (readonly [pattern: RegExp, via: string, plain: (match: string) => string | undefined])[] = [
  [SPACED, 'spaced letters', (match) => match.replace(/[ \u00A0]/g, '')],
  [SELECTED, 'variation selectors', selectedText],
  [WORDS, 'look-alike letters', latin],
]

function selectedText(match: string): string | undefined {
  const octets = [...match].map((character) => {
    const point = character.codePointAt(0) ?? 0
    return point < 0xfe10 ? point - 0xfe00 : point - 0xe0100 + 16
  })
  return octets.every((octet) => octet >= 9 && octet < 127) ? String.fromCharCode(...octets) : undefined
}

function latin(match: string): string | undefined {
  if (!STRANGE.test(match) || !/[A-Za-z]/.test(match)) return undefined
  const plain = [...match].map((letter) => latinOf(letter) ?? letter).join('')
  return plain === match || STRANGE.test(plain) ? undefined : plain
}

import { withoutLeet } from './words.ts'

/** Hashed rows for four-letter pieces of words. */
export const PIECE_ROWS = 16_384
/** Pieces of one word that a model sees. */
export const PIECES = 12
const PIECE_LENGTH = 4
/** Words whose numbers are kept. */
const MOST_KEPT = 20_000

export interface WordNumbers {
  readonly row: number
  readonly pieces: readonly number[]
}

/** Numbers for words: row 0 is an unknown word, then the known words, then the pieces, and last the row of nothing. */
export class Vocabulary {
  readonly piecesFrom: number
  /** Row of a place without a word. */
  readonly empty: number
  readonly #rows: ReadonlyMap<string, number>
  readonly #kept = new Map<string, WordNumbers>()

  constructor(words: readonly string[]) {
    this.#rows = new Map(words.map((word, index) => [word, index + 1]))
    this.piecesFrom = words.length + 1
    this.empty = this.piecesFrom + PIECE_ROWS
  }

  numbers(word: string): WordNumbers {
    const kept = this.#kept.get(word)
    if (kept !== undefined) return kept
    const plain = withoutLeet(word)
    const numbers = { row: this.#rows.get(word) ?? this.#rows.get(plain) ?? 0, pieces: piecesOf(plain).map((row) => row + this.piecesFrom) }
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear()
    this.#kept.set(word, numbers)
    return numbers
  }
}

function piecesOf(word: string): readonly number[] {
  const framed = [...`<${word}>`]
  if (framed.length <= PIECE_LENGTH) return [pieceRow(framed.join(''))]
  const grams = Array.from({ length: framed.length - PIECE_LENGTH + 1 }, (_, at) => framed.slice(at, at + PIECE_LENGTH).join(''))
  const seen = grams.length > PIECES ? [...grams.slice(0, PIECES - 1), ...grams.slice(-1)] : grams
  return seen.map(pieceRow)
}

const encoder = new TextEncoder()

/** FNV-1a over UTF-8. */
function pieceRow(piece: string): number {
  let hashed = 0x811c9dc5
  for (const byte of encoder.encode(piece)) hashed = Math.imul(hashed ^ byte, 0x01000193)
  return (hashed >>> 0) % PIECE_ROWS
}

/** Reads a vocabulary file: one word a line, as JSON strings, since a line end is a word too. Throws when it is anything else. */
export function readVocabulary(bytes: Uint8Array): Vocabulary {
  const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  if (!Array.isArray(value) || value.length > MOST_WORDS || !value.every((word) => typeof word === 'string'))
    throw new Error('the vocabulary is not a list of words')
  return new Vocabulary(value)
}

const MOST_WORDS = 200_000

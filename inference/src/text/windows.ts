import { PIECES, type Vocabulary } from './vocabulary.ts'
import { type Word, wordsOf } from './words.ts'

/** Words a model sees at once, and how far apart windows begin. */
export const WINDOW = 128
const STRIDE = 96

/** A text cut into windows, as numbers. */
export interface EncodedText {
  readonly words: readonly Word[]
  /** First word of each window. */
  readonly starts: readonly number[]
}

export function encodeText(text: string, mostWords: number): EncodedText {
  const words = wordsOf(text, mostWords)
  return { words, starts: startsOf(words.length) }
}

/** Windows overlap, and the last one ends with the text. None for a text without words. */
function startsOf(count: number): readonly number[] {
  if (count === 0) return []
  if (count <= WINDOW) return [0]
  const steps = Array.from({ length: Math.ceil((count - WINDOW) / STRIDE) }, (_, index) => index * STRIDE)
  return [...steps, count - WINDOW]
}

/** Writes one window's numbers at `row` of a batch whose arrays start as zeros. */
export function writeWindow(batch: Batch, row: number, window: { readonly words: readonly Word[]; readonly start: number }): void {
  const { vocabulary, rows, pieces, length } = batch
  for (let at = 0; at < length; at += 1) {
    const word = window.words[window.start + at]
    const place = row * length + at
    const numbers = word === undefined ? undefined : vocabulary.numbers(word.text)
    rows[place] = numbers?.row ?? 0
    for (let piece = 0; piece < PIECES; piece += 1) pieces[place * PIECES + piece] = numbers?.pieces[piece] ?? vocabulary.empty
  }
}

export interface Batch {
  readonly vocabulary: Vocabulary
  /** Words per window in this batch. */
  readonly length: number
  /** size × length */
  readonly rows: Int32Array
  /** size × length × PIECES */
  readonly pieces: Int32Array
}

import type { Vocabulary } from './vocabulary.ts'
import { wordsOf } from './words.ts'

/** The first words of a text: their rows in the word table, and keys that tell which are the same. Zero where there is no word. */
export interface WordKeys {
  readonly rows: readonly number[]
  readonly keys: readonly number[]
  readonly count: number
}

/** Marks take room beside words; a text of nothing else is not read on. */
const MARKS = 8
const LARGEST = 0xff_ff_ff

/** As `models/alignment/features.py` reads; golden vectors hold both to each other. */
export function readWords(vocabulary: Vocabulary, text: string, length: number): WordKeys {
  const [rows, keys] = [nothing(length), nothing(length)]
  let count = 0
  for (const { text: word, start, end } of wordsOf(text, length * MARKS)) {
    if (count >= length) break
    if (!/[\p{L}\p{N}]/u.test(word)) continue
    rows[count] = vocabulary.numbers(word).row
    // A number is known by its own digits: as a word it is only that long.
    keys[count] = keyOf(/^0+$/.test(word) ? text.slice(start, end).toLowerCase() : word)
    count += 1
  }
  return { rows, keys, count }
}

function nothing(length: number): number[] {
  return Array.from({ length }, () => 0)
}

const encoder = new TextEncoder()

/** FNV-1a of a word in the singular, never 0. */
function keyOf(word: string): number {
  let hashed = 0x811c9dc5
  for (const byte of encoder.encode(singular(word))) hashed = Math.imul(hashed ^ byte, 0x01000193)
  return ((hashed >>> 0) % LARGEST) + 1
}

function singular(word: string): string {
  if (word.length > 4 && word.endsWith('ies')) return `${word.slice(0, -3)}y`
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word
}

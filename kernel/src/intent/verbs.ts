/** Tells at little cost where a text could ask for something, so that most of it need not be taken apart into words. */
import { VERB_WORDS } from './deeds.ts'

/** What the hash of a word begins with. */
const START = 0x811c9dc5 | 0
const LONGEST = Math.max(...[...VERB_WORDS].map(({ length }) => length))

/** By the low bits of their hashes: the hashes of the verbs; 0 is nobody's. */
const SLOTS = 4096
const TABLE = tableOf([...VERB_WORDS].map(hashOf))

function tableOf(hashes: readonly number[]): Int32Array {
  const table = new Int32Array(SLOTS)
  for (const hash of hashes) {
    let slot = hash & (SLOTS - 1)
    while (table[slot] !== 0 && table[slot] !== hash) slot = (slot + 1) & (SLOTS - 1)
    table[slot] = hash
  }
  return table
}

function hashOf(word: string): number {
  let hash = START
  for (let at = 0; at < word.length; at += 1) hash = Math.imul(hash ^ word.charCodeAt(at), 0x01000193)
  return hash
}

function mayBeVerb(hash: number): boolean {
  for (let slot = hash & (SLOTS - 1); TABLE[slot] !== 0; slot = (slot + 1) & (SLOTS - 1)) if (TABLE[slot] === hash) return true
  return false
}

/** Where a verb begins, and now and then something else, in a text of small letters. */
export function placesOfVerbs(folded: string): readonly number[] {
  const places: number[] = []
  let [start, hash] = [-1, 0]
  for (let at = 0; at <= folded.length; at += 1) {
    const code = at < folded.length ? folded.charCodeAt(at) : 0
    // Of what is no ASCII only the letters that verbs of the lists have; the rest is taken for the end of a word.
    if (code < LETTERS && WORD[code] === 1) {
      if (start < 0) {
        start = at
        hash = START
      }
      hash = Math.imul(hash ^ code, 0x01000193)
    } else if (start >= 0) {
      if (at - start <= LONGEST && mayBeVerb(hash)) places.push(start)
      start = -1
    }
  }
  return places
}

/** Where the letters of Latin alphabets end. */
const LETTERS = 0x250
const WORD = Uint8Array.from({ length: LETTERS }, (_, code) =>
  Number(/[A-Za-z0-9_'\u00C0-\u00D6\u00D8-\u00F6\u00F8-\u024F]/.test(String.fromCharCode(code))),
)

/** Whether a word goes on over this place, so that a part of it may pass for another word. */
export function isCut(folded: string, at: number): boolean {
  return at > 0 && at < folded.length && isWordLike(folded.charCodeAt(at - 1)) && isWordLike(folded.charCodeAt(at))
}

function isWordLike(code: number): boolean {
  return code >= 128 || WORD[code] === 1
}

/** Text as words: the units the index is made of, the same for documents and for arguments. */

/** Words per shingle. */
export const SHINGLE = 4

export interface Words {
  /** Hash of each word, in order: 32 bits with a sign, the whole numbers that engines keep without a box. */
  readonly hashes: readonly number[]
  /** Where each word starts. */
  readonly starts: readonly number[]
  readonly ends: readonly number[]
}

/** Lower case of the same length, so that offsets stay true. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  if (lower.length === text.length) return lower
  let folded = ''
  for (const unit of text.split('')) {
    const small = unit.toLowerCase()
    folded += small.length === 1 ? small : unit
  }
  return folded
}

/** Words of folded text: runs of letters and digits; each ideograph is a word of its own. At most `limit`. */
export function wordsOf(folded: string, limit = Number.POSITIVE_INFINITY): Words {
  const hashes: number[] = []
  const starts: number[] = []
  const ends: number[] = []
  let [hash, start] = [0, -1]
  for (let index = 0; index <= folded.length; index += 1) {
    const code = index < folded.length ? folded.charCodeAt(index) : 32
    const kind = kindOf(code)
    if (start >= 0 && kind !== LETTER) {
      hashes.push(hash | 0)
      starts.push(start)
      ends.push(index)
      start = -1
      if (hashes.length >= limit) break
    }
    if (kind === LETTER) {
      if (start < 0) {
        start = index
        hash = 0x811c9dc5
      }
      hash = Math.imul(hash ^ code, 0x01000193)
    } else if (kind === IDEOGRAPH) {
      hashes.push(Math.imul(0x811c9dc5 ^ code, 0x01000193) | 0)
      starts.push(index)
      ends.push(index + 1)
    }
  }
  return { hashes, starts, ends }
}

/** Visits what an index keeps of folded text: the hash of every word that tells something, and of every run of `SHINGLE` words. */
export function visitWords(folded: string, visit: (hash: number) => void): void {
  let [hash, start, count] = [0, -1, 0]
  // The words before, oldest first.
  let [first, second, third] = [0, 0, 0]
  for (let index = 0; index <= folded.length; index += 1) {
    const code = index < folded.length ? folded.charCodeAt(index) : 32
    const kind = code < 128 ? (KINDS[code] as number) : kindOf(code)
    if (kind === LETTER) {
      if (start < 0) {
        start = index
        hash = 0x811c9dc5
      }
      hash = Math.imul(hash ^ code, 0x01000193)
      continue
    }
    if (start >= 0) {
      // A single letter or digit tells nothing; an ideograph does.
      if (index - start > 1 || folded.charCodeAt(start) > 127) visit(hash | 0)
      if (count >= SHINGLE - 1) visit(mixed(mixed(mixed(mixed(RUN, first), second), third), hash) | 0)
      first = second
      second = third
      third = hash
      count += 1
      start = -1
    }
    if (kind === IDEOGRAPH) {
      const own = Math.imul(0x811c9dc5 ^ code, 0x01000193)
      visit(own)
      if (count >= SHINGLE - 1) visit(mixed(mixed(mixed(mixed(RUN, first), second), third), own) | 0)
      first = second
      second = third
      third = own
      count += 1
    }
  }
}

const OTHER = 0
const LETTER = 1
const IDEOGRAPH = 2

/** Of ASCII. */
const KINDS = Uint8Array.from({ length: 128 }, (_, code) => (/[A-Za-z0-9]/.test(String.fromCharCode(code)) ? LETTER : OTHER))

function kindOf(code: number): number {
  if (code < 128) return KINDS[code] as number
  if (code >= 0x2e80 && code < 0xa4d0) return IDEOGRAPH
  if (code >= 0xac00 && code < 0xd7a4) return IDEOGRAPH
  // General punctuation, spaces and invisible characters separate; what remains above ASCII is taken for a letter.
  return code < 0xc0 ||
    (code >= 0x2000 && code < 0x2c00) ||
    (code >= 0x3000 && code < 0x3040) ||
    code === 0xfeff ||
    code === 0xd7 ||
    code === 0xf7
    ? OTHER
    : LETTER
}

/** Whether a value that begins or ends here would cut a word in two. */
export function isWordCode(code: number): boolean {
  return kindOf(code) === LETTER
}

/** Hash of no word yet, and of the same word with one more letter or digit. What is told of a word is its hash `| 0`. */
export const NO_LETTER = 0x811c9dc5
export function withLetter(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193)
}

/** Hash of `SHINGLE` words from `at`. In another space than single words. */
export function shingleAt(hashes: readonly number[], at: number): number {
  let hash = RUN
  for (let index = at; index < at + SHINGLE; index += 1) hash = mixed(hash, hashes[index] as number)
  return hash | 0
}

/** What the hash of a run begins with. */
const RUN = 0x9747b28c

function mixed(hash: number, word: number): number {
  const product = Math.imul(hash ^ word, 0x85ebca6b)
  return product ^ (product >>> 13)
}

/** Text to words to numbers, exactly as a model was trained to read it; golden vectors hold both sides to it. */

/** A word as the model reads it, and where it stands: UTF-16 code units. */
export interface Word {
  readonly text: string
  readonly start: number
  readonly end: number
}

const LEET: Readonly<Record<string, string>> = { '0': 'o', '1': 'i', '3': 'e', '4': 'a', '5': 's', '7': 't', '8': 'b' }
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [...'аеорсухіјѕԁһӏвкмнтαβεικνορτυχγ'].map((letter, index) => [letter, 'aeopcyxijsdhlbkmhtabeiknoptuxy'[index] ?? letter]),
)
const LONGEST_WORD = 64

const BREAK = 0
const LETTER = 1
const NUMBER = 2
const SINGLE = 3
const LINE = 4
const MARK = 5

interface Part {
  readonly text: string
  readonly kind: number
}

/** What each character becomes; filled as characters are met, and bounded by how many there are. */
const folded = new Map<number, readonly Part[]>()
const MOST_FOLDED = 60_000

/** Words of a text, lower case, without accents and without invisible characters. Linear; stops after `most` words. */
export function wordsOf(text: string, most: number): readonly Word[] {
  const reader = new WordReader(most)
  for (let index = 0; index < text.length && reader.words.length < most; ) {
    const code = text.codePointAt(index) ?? 0
    const next = index + (code > 0xffff ? 2 : 1)
    for (const part of partsOf(code)) reader.take(part, index, next)
    index = next
  }
  return reader.finish()
}

class WordReader {
  readonly words: Word[] = []
  readonly #most: number
  #run: string[] = []
  #start = 0
  #end = 0
  #lastMark = ''
  #lastEnd = -1

  constructor(most: number) {
    this.#most = most
  }

  take(part: Part, start: number, end: number): void {
    if (part.kind === LETTER || part.kind === NUMBER) {
      if (this.#run.length === 0) this.#start = start
      this.#run.push(part.text)
      this.#end = end
      if (this.#run.length >= LONGEST_WORD) this.#close()
      return
    }
    this.#close()
    if (part.kind !== BREAK) this.#mark(part.kind === LINE ? '\n' : part.text, part.kind, { start, end })
  }

  finish(): readonly Word[] {
    this.#close()
    return this.words.slice(0, this.#most)
  }

  /** A row of the same mark is one word; so is a row of line ends, whatever blanks stand between. */
  #mark(text: string, kind: number, { start, end }: { readonly start: number; readonly end: number }): void {
    const last = this.words.at(-1)
    const goesOn = kind !== SINGLE && text === this.#lastMark && (kind === LINE || this.#lastEnd === start)
    if (goesOn && last?.text === text) {
      this.words[this.words.length - 1] = { text, start: last.start, end }
      this.#lastEnd = end
      return
    }
    this.words.push({ text, start, end })
    this.#lastMark = text
    this.#lastEnd = end
  }

  #close(): void {
    if (this.#run.length === 0) return
    this.words.push({ text: wordOf(this.#run), start: this.#start, end: this.#end })
    this.#run = []
  }
}

function wordOf(run: readonly string[]): string {
  if (run.every((part) => kindOf(part) === NUMBER)) return '0'.repeat(Math.min(run.length, 6))
  const latin = run.some((part) => part >= 'a' && part <= 'z' && part.length === 1)
  return latin && run.some((part) => LOOKALIKES.has(part)) ? run.map((part) => LOOKALIKES.get(part) ?? part).join('') : run.join('')
}

/** Letters for the digits that stand for them, where a word mixes both. */
export function withoutLeet(word: string): string {
  if (!/[a-z]/.test(word) || /^\p{L}+$/u.test(word)) return word
  return word.replaceAll(/[0134578]/g, (digit) => LEET[digit] ?? digit)
}

function partsOf(code: number): readonly Part[] {
  const known = folded.get(code)
  if (known !== undefined) return known
  const parts = [...foldOf(code)].map((text) => ({ text, kind: kindOf(text) }))
  if (folded.size >= MOST_FOLDED) folded.clear()
  folded.set(code, parts)
  return parts
}

function foldOf(code: number): string {
  if (isIgnorable(code)) return ''
  if (code >= 0xe0020 && code <= 0xe007e) return String.fromCharCode(code - 0xe0000).toLowerCase()
  const character = String.fromCodePoint(code)
  if ((code >= 0xac00 && code <= 0xd7a3) || code >= 0x31350) return character
  return character.normalize('NFKD').toLowerCase().replaceAll(/\p{M}/gu, '')
}

/** Characters that show nothing. */
function isIgnorable(code: number): boolean {
  if (code < 0xad) return false
  if (code === 0xad || code === 0x34f || code === 0x61c || code === 0xfeff) return true
  return IGNORABLE.some(([from, to]) => code >= from && code <= to)
}

const IGNORABLE = [
  [0x180b, 0x180e],
  [0x200b, 0x200f],
  [0x202a, 0x202e],
  [0x2060, 0x206f],
  [0xfe00, 0xfe0f],
  [0xfff9, 0xfffb],
  [0xe0100, 0xe01ef],
] as const

/** Scripts written without spaces: every character is a word. */
const ALONE = [
  [0x0e00, 0x0eff],
  [0x1000, 0x109f],
  [0x1780, 0x17ff],
  [0x3040, 0x30ff],
  [0x3400, 0x9fff],
  [0xf900, 0xfaff],
  [0x20000, 0x3134f],
] as const

function kindOf(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (/[\n\r\v\f\u0085\u2028\u2029]/.test(character)) return LINE
  if (code >= 0x31350) return SINGLE
  if (/[\p{Z}\p{C}]/u.test(character)) return BREAK
  if (code >= 0x0e00 && ALONE.some(([from, to]) => code >= from && code <= to)) return SINGLE
  if (/\p{L}/u.test(character)) return LETTER
  return /\p{N}/u.test(character) ? NUMBER : MARK
}

import { environmentValue } from '../windows/environment.ts'
import type { Expanded } from '../shell/expanded.ts'
import type { Reading } from '../shell/reading.ts'

/** Marks, inside a text that is being expanded, that a part of it is decided only at run time. */
const UNKNOWN = '\uffff'
/** The prompt keeps no longer values. */
const TEXT_LIMIT = 8192

export interface Variables {
  /** Lower-case names. */
  readonly values: Map<string, Expanded>
  /** Of `for` loops, one letter each. */
  readonly letters: ReadonlyMap<string, Expanded>
  readonly reading: Reading
}

/** `%NAME%`, `%NAME:~1,2%`, `%NAME:a=b%`, `%i`, `%~dp0`. */
export function expandPercent(text: string, variables: Variables): string {
  if (!text.includes('%')) return text
  let result = ''
  for (let at = 0; at < text.length && result.length < TEXT_LIMIT; ) {
    if (text[at] !== '%') {
      const next = text.indexOf('%', at)
      result += text.slice(at, next < 0 ? text.length : next)
      at = next < 0 ? text.length : next
      continue
    }
    const taken = percentAt(text, at, variables)
    result += taken.text
    at += taken.length
  }
  return result
}

interface Taken {
  readonly text: string
  readonly length: number
}

function percentAt(text: string, at: number, variables: Variables): Taken {
  const head = text.slice(at, at + 300)
  const letter = /^%{1,2}(~[fdpnxsatz]{0,9}(?:\$\w{1,40}:)?)?([A-Za-z#$])/.exec(head)
  const bound = letter === null ? undefined : variables.letters.get(letter[2] as string)
  if (letter !== null && bound !== undefined) return { text: marked(bound), length: letter[0].length }
  if (head.startsWith('%%')) return { text: '%', length: 2 }
  const parameter = /^%(?:~[fdpnxsatz]{0,9}(?:\$\w{1,40}:)?)?[0-9*]/.exec(head)
  if (parameter !== null) return { text: UNKNOWN + parameter[0], length: parameter[0].length }
  const named = /^%([^%\n:]{1,128})(?::([^%\n]{0,160}))?%/.exec(head)
  if (named === null) return { text: '%', length: 1 }
  return { text: lookUp(named[1] as string, named[2], named[0], variables), length: named[0].length }
}

function marked(value: Expanded): string {
  return value.known ? value.text : UNKNOWN + value.text
}

function lookUp(name: string, change: string | undefined, spelled: string, variables: Variables): string {
  const value = variables.values.get(name.toLowerCase()) ?? environmentValue(name, spelled, variables.reading)
  if (!value.known || change === undefined) return marked(value)
  return changed(value.text, change) ?? UNKNOWN + spelled
}

/** `~start,length` or `from=to`. */
function changed(text: string, change: string): string | undefined {
  const part = /^~\s*(-?\d{1,5})?(?:\s*,\s*(-?\d{1,5}))?$/.exec(change)
  if (part !== null) {
    const start = Number(part[1] ?? 0)
    const from = start < 0 ? Math.max(0, text.length + start) : start
    const length = part[2] === undefined ? undefined : Number(part[2])
    return text.slice(from, length === undefined ? undefined : length < 0 ? text.length + length : from + length)
  }
  const equals = change.indexOf('=', 1)
  if (equals < 0) return undefined
  const [from, to] = [change.slice(0, equals), change.slice(equals + 1)]
  if (from.startsWith('*')) {
    const found = text.toLowerCase().indexOf(from.slice(1).toLowerCase())
    return found < 0 ? text : to + text.slice(found + from.length - 1)
  }
  return replaced(text, from, to)
}

function replaced(text: string, from: string, to: string): string {
  const [lower, wanted] = [text.toLowerCase(), from.toLowerCase()]
  if (wanted === '' || lower.length !== text.length) return text
  let [result, at] = ['', 0]
  for (let found = lower.indexOf(wanted); found >= 0 && result.length < TEXT_LIMIT; found = lower.indexOf(wanted, at)) {
    result += text.slice(at, found) + to
    at = found + from.length
  }
  return result + text.slice(at)
}

/** `!NAME!`: only names that the batch itself sets, since it is an ordinary character otherwise. */
export function expandDelayed(text: string, variables: Variables): string {
  if (!text.includes('!')) return text
  return text.replace(/!([^!\n:]{1,128})(?::([^!\n]{0,160}))?!/g, (spelled: string, name: string, change: string | undefined) =>
    variables.values.has(name.toLowerCase()) ? lookUp(name, change, spelled, variables) : spelled,
  )
}

/** Words of an expanded command: carets and quotes taken off. */
export function wordsOf(text: string): readonly Expanded[] {
  const words: Expanded[] = []
  let [word, quoted, started, glob] = ['', false, false, false]
  const end = (): void => {
    if (started && words.length < 400) words.push(plain(word, glob))
    ;[word, started, glob] = ['', false, false]
  }
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] as string
    if (character === '"') {
      quoted = !quoted
      started = true
    } else if (character === '^' && !quoted) {
      at += 1
      word += text[at] ?? ''
      started = true
    } else if (!quoted && ' \t\u00a0'.includes(character)) end()
    else {
      if (character === '*' || character === '?') glob = true
      word += character
      started = true
    }
  }
  end()
  return words
}

function plain(text: string, glob: boolean): Expanded {
  return text.includes(UNKNOWN) ? { text: text.replaceAll(UNKNOWN, ''), known: false, glob } : { text, known: true, glob }
}

/** One text with carets and quotes taken off. */
export function plainText(text: string): Expanded {
  const words = wordsOf(text)
  return { text: words.map((word) => word.text).join(' '), known: words.every((word) => word.known), glob: words.some((word) => word.glob) }
}

/** What `echo` and `set` keep: the text as it stands, without carets. */
export function shownText(text: string): Expanded {
  return plain(text.replace(/\^([^\n])/g, '$1').trim(), false)
}

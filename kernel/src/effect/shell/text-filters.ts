/** Commands that only change a text on its way: what comes out is told from what goes in, so that disguised code is read through. */
import { decodeBase64, decodeHex } from '../../event/encoding.ts'
import type { Expanded } from './expanded.ts'

/** Longest text that is worked out. */
const TEXT_LENGTH = 65_536

type Filter = (text: string, words: readonly Expanded[]) => string | undefined

const FILTERS: ReadonlyMap<string, Filter> = new Map<string, Filter>([
  ['cat', (text, words) => (words.every(({ text: word }) => word === '-') ? text : undefined)],
  ['rev', (text) => text.split('\n').map(reversed).join('\n')],
  ['tac', (text) => text.replace(/\n$/, '').split('\n').reverse().join('\n')],
  ['tr', translated],
  ['cut', cutOut],
  ['sed', substituted],
  ['base64', (text, words) => (has(words, /^(-[a-zA-Z]*[dD]|--decode)$/) ? decodeBase64(text.replace(/\s+/g, '')) : undefined)],
  [
    'openssl',
    (text, words) => (has(words, /^base64$|^-(base64|a)$/) && has(words, /^-d$/) ? decodeBase64(text.replace(/\s+/g, '')) : undefined),
  ],
  [
    'xxd',
    (text, words) => (has(words, /^-[a-z]*r/) && has(words, /^-([a-z]*p|ps|plain)/) ? decodeHex(text.replace(/\s+/g, '')) : undefined),
  ],
  ['head', (text, words) => lines(text, words, (all, count) => all.slice(0, count))],
  ['tail', (text, words) => lines(text, words, (all, count) => (has(words, /^(-n)?\+\d+$/) ? all.slice(count - 1) : all.slice(-count)))],
])
const ALIASES: ReadonlyMap<string, string> = new Map([
  ['gsed', 'sed'],
  ['gbase64', 'base64'],
])

/** What comes out when this text goes in; undefined when that cannot be told. */
export function filteredText(command: string, words: readonly Expanded[], text: string): string | undefined {
  const filter = FILTERS.get(ALIASES.get(command) ?? command)
  if (filter === undefined || text.length > TEXT_LENGTH || !words.every(({ known }) => known)) return undefined
  const out = filter(text, words)
  return out === undefined || out.length > TEXT_LENGTH ? undefined : out
}

/** `printf FORMAT …` and `echo -e`: what is printed. */
export function printedText(format: string, values: readonly string[]): string {
  let next = 0
  const once = (): string =>
    unescaped(format).replace(/%(?:%|-?\d*(?:\.\d+)?[sdibqcxXuo])/g, (part) => {
      if (part === '%%') return '%'
      const value = values[next] ?? ''
      next += 1
      return part.endsWith('b') ? unescaped(value) : part.endsWith('c') ? value.slice(0, 1) : value
    })
  let out = once()
  // The format is used again for as long as there are values left.
  for (let rounds = 0; next > 0 && next < values.length && rounds < 64; rounds += 1) out += once()
  return out.slice(0, TEXT_LENGTH)
}

const PLAIN: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  v: '\v',
}

export function unescaped(text: string): string {
  if (!text.includes('\\')) return text
  return text.replace(/\\(?:x([\da-fA-F]{1,2})|u([\da-fA-F]{1,4})|0?([0-7]{1,3})|(.))/gs, (part) => {
    const digits = /^\\[xu]([\da-fA-F]+)$/.exec(part)?.[1]
    if (digits !== undefined) return String.fromCodePoint(Number.parseInt(digits, 16))
    if (/^\\[0-7]+$/.test(part)) return String.fromCodePoint(Number.parseInt(part.slice(1), 8))
    return part === '\\\\' ? '\\' : (PLAIN[part.charAt(1)] ?? part)
  })
}

function has(words: readonly Expanded[], pattern: RegExp): boolean {
  return words.some(({ text }) => pattern.test(text))
}

function reversed(line: string): string {
  return [...line].reverse().join('')
}

function translated(text: string, words: readonly Expanded[]): string | undefined {
  const options = words.filter(({ text: word }) => /^-[a-zA-Z]+$/.test(word)).map(({ text: word }) => word)
  const [from, to] = words.filter(({ text: word }) => !/^-[a-zA-Z]+$/.test(word)).map(({ text: word }) => characterSet(word))
  if (from === undefined || options.some((option) => /[cC]/.test(option))) return undefined
  if (options.some((option) => option.includes('d'))) return [...text].filter((character) => !from.includes(character)).join('')
  if (to === undefined || to.length === 0) return undefined
  return [...text]
    .map((character) => (from.includes(character) ? (to[Math.min(from.lastIndexOf(character), to.length - 1)] ?? '') : character))
    .join('')
}

const CLASSES: Readonly<Record<string, string>> = {
  '[:lower:]': 'a-z',
  '[:upper:]': 'A-Z',
  '[:digit:]': '0-9',
  '[:alpha:]': 'A-Za-z',
  '[:alnum:]': '0-9A-Za-z',
  '[:space:]': ' \t\n\r\f\v',
}

function characterSet(spelled: string): readonly string[] {
  const text = unescaped(spelled.slice(0, 512).replace(/\[:\w+:\]/g, (name) => CLASSES[name] ?? name))
  const set: string[] = []
  for (let index = 0; index < text.length; index += 1) {
    const [from, to] = [text.charCodeAt(index), text.charCodeAt(index + 2)]
    if (text[index + 1] === '-' && to >= from && to - from < 256) {
      for (let code = from; code <= to; code += 1) set.push(String.fromCharCode(code))
      index += 2
    } else set.push(text.charAt(index))
  }
  return set
}

function cutOut(text: string, words: readonly Expanded[]): string | undefined {
  const given = words.map(({ text: word }) => word).join(' ')
  const range = /-[cb] ?(\d+)?(-)?(\d+)?(?: |$)/.exec(given)
  const field = /-f ?(\d+)(?: |$)/.exec(given)
  const each = (change: (line: string) => string): string => text.split('\n').map(change).join('\n')
  if (range !== null) {
    const from = Number(range[1] ?? 1)
    const to = range[2] === undefined ? from : Number(range[3] ?? TEXT_LENGTH)
    return each((line) => line.slice(from - 1, to))
  }
  const separator = /-d ?(\S)/.exec(given)?.[1] ?? (/-d ? /.test(given) ? ' ' : '\t')
  return field === null
    ? undefined
    : each((line) => (line.includes(separator) ? (line.split(separator)[Number(field[1]) - 1] ?? '') : line))
}

/** `sed s/this/that/` with plain text to find. */
function substituted(text: string, words: readonly Expanded[]): string | undefined {
  const scripts = words.filter(({ text: word }) => !word.startsWith('-')).map(({ text: word }) => word)
  let out = text
  for (const script of scripts.flatMap((one) => one.split(';'))) {
    if (script.length > 256) return undefined
    const found = /^s(.)(.*?)\1(.*?)\1([gI]*)$/s.exec(script.trim())
    if (found === null || /[*+?[\](){}|^$\\&]/.test(`${found[2]}${found[3]}`)) return undefined
    const [wanted = '', put = '', flags = ''] = found.slice(2)
    if (wanted === '') return undefined
    out = out
      .split('\n')
      .map((line) => (flags.includes('g') ? line.replaceAll(wanted, () => put) : line.replace(wanted, () => put)))
      .join('\n')
  }
  return out
}

function lines(
  text: string,
  words: readonly Expanded[],
  take: (all: readonly string[], count: number) => readonly string[],
): string | undefined {
  const given = words.map(({ text: word }) => word).join(' ')
  if (/-c/.test(given)) return undefined
  const count = /(?:-n ?|-|\+)(\d{1,5})/.exec(given)?.[1] ?? '10'
  return take(text.replace(/\n$/, '').split('\n'), Number(count)).join('\n')
}

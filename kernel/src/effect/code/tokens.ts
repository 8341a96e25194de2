import type { Language } from './language.ts'

/** A piece of code. Comments are left out: what they mention is not done. */
export type Token =
  | { readonly kind: 'name' | 'number' | 'mark'; readonly text: string; readonly line: number }
  /** Pieces of a text: what stands in it, and the code of what is inserted. */
  | { readonly kind: 'text'; readonly parts: readonly Part[]; readonly runs: boolean; readonly line: number; readonly text: '' }

export type Part = string | { readonly code: string }

/** Most code looked at, and most pieces of it. */
const CODE_LENGTH = 65_536
const TOKENS = 20_000
/** Deepest nesting of values inserted into texts. */
export const INSERTIONS = 4

interface Cursor {
  readonly code: string
  readonly language: Language
  readonly tokens: Token[]
  at: number
  line: number
}

/** Total: whatever cannot be told apart becomes marks. `complete` is false when not all of it was looked at. */
export function tokensOf(code: string, language: Language): { readonly tokens: readonly Token[]; readonly complete: boolean } {
  const cursor: Cursor = { code: code.slice(0, CODE_LENGTH), language, tokens: [], at: 0, line: 0 }
  while (cursor.at < cursor.code.length && cursor.tokens.length < TOKENS) step(cursor)
  return { tokens: cursor.tokens, complete: code.length <= CODE_LENGTH && cursor.at >= cursor.code.length }
}

function step(cursor: Cursor): void {
  const { code, at, language } = cursor
  const character = code.charAt(at)
  if (character === '\n') {
    cursor.line += 1
    cursor.at += 1
  } else if (/\s/.test(character)) cursor.at += 1
  else if (skipComment(cursor)) return
  else if (quoted(cursor)) return
  else if (language.patterns && character === '/' && startsPattern(cursor)) pattern(cursor)
  else word(cursor)
}

function skipComment(cursor: Cursor): boolean {
  const { code, at, language } = cursor
  for (const [start, end] of language.blocks) {
    const found = start.startsWith('\n')
      ? (at === 0 || code[at - 1] === '\n') && code.startsWith(start.slice(1), at)
      : code.startsWith(start, at)
    if (found) {
      advance(cursor, indexAfter(code, end, at + start.length))
      return true
    }
  }
  if (!language.comments.some((start) => code.startsWith(start, at))) return false
  const end = code.indexOf('\n', at)
  cursor.at = end < 0 ? code.length : end
  return true
}

function indexAfter(code: string, end: string, from: number): number {
  const found = code.indexOf(end, from)
  return found < 0 ? code.length : found + end.length
}

function advance(cursor: Cursor, to: number): void {
  for (let index = cursor.at; index < to; index += 1) if (cursor.code.charCodeAt(index) === 10) cursor.line += 1
  cursor.at = to
}

const BRACKETS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' }

/** A text in any of the language's quotes. */
function quoted(cursor: Cursor): boolean {
  const { code, at, language } = cursor
  const python = language.name === 'python' ? /^[rRbBuUfF]{0,2}(?='|")/.exec(code.slice(at, at + 3))?.[0] : undefined
  if (python !== undefined && (at === 0 || !/[\w]/.test(code.charAt(at - 1)))) return pythonText(cursor, python.toLowerCase())
  const character = code.charAt(at)
  if (language.name === 'awk' && character === '"') return text(cursor, { start: 1, end: '"', insertion: 'none', runs: false })
  if (language.plain.includes(character)) return text(cursor, { start: 1, end: character, insertion: 'none', runs: false })
  if (language.filled.includes(character)) return text(cursor, { start: 1, end: character, insertion: language.insertion, runs: false })
  if (character === '`' && language.backtickRuns) return text(cursor, { start: 1, end: '`', insertion: language.insertion, runs: true })
  if (language.name === 'ruby' || language.name === 'perl') return delimited(cursor)
  if (language.name === 'lua' && code.startsWith('[[', at)) return text(cursor, { start: 2, end: ']]', insertion: 'none', runs: false })
  return false
}

function pythonText(cursor: Cursor, prefix: string): boolean {
  const quote = cursor.code.charAt(cursor.at + prefix.length)
  const triple = cursor.code.startsWith(quote.repeat(3), cursor.at + prefix.length)
  const end = triple ? quote.repeat(3) : quote
  const insertion = prefix.includes('f') ? 'brace' : 'none'
  return text(cursor, { start: prefix.length + end.length, end, insertion, runs: false, raw: prefix.includes('r') })
}

/** `%x(…)`, `%q{…}`, `q(…)`, `qx/…/`: the delimiter is chosen by whoever writes it. */
function delimited(cursor: Cursor): boolean {
  const before = cursor.code.charAt(cursor.at - 1)
  if (/[\w$@%&>]/.test(before)) return false
  const found = (cursor.language.name === 'ruby' ? /^%([xqQwW]?)([([{<|!/])/ : /^(q[qxw]?|m|qr)([([{<|!/#])/).exec(
    cursor.code.slice(cursor.at, cursor.at + 4),
  )
  if (found === null) return false
  const [start = '', kind = '', opening = ''] = found
  if (cursor.language.name === 'ruby' && kind === '' && endsValue(cursor.tokens.at(-1))) return false
  const insertion = /^(q|w|W|m|qr|qw)$/.test(kind) ? 'none' : cursor.language.insertion
  return text(cursor, { start: start.length, end: BRACKETS[opening] ?? opening, opening, insertion, runs: kind.endsWith('x') })
}

interface Quotation {
  /** Length of what opens it. */
  readonly start: number
  readonly end: string
  /** An opening bracket nests. */
  readonly opening?: string
  readonly insertion: Language['insertion']
  readonly runs: boolean
  readonly raw?: boolean
}

function text(cursor: Cursor, how: Quotation): true {
  const { code } = cursor
  const [line, parts] = [cursor.line, [] as Part[]]
  let [at, piece, depth] = [cursor.at + how.start, '', 0]
  while (at < code.length) {
    if (depth === 0 && code.startsWith(how.end, at)) break
    const character = code.charAt(at)
    const inserted = character === '\\' ? undefined : insertionAt(code, at, how.insertion)
    if (character === '\\' && at + 1 < code.length) {
      const [escaped, length] = how.raw === true ? [code.slice(at, at + 2), 2] : escapeAt(code, at)
      piece += escaped
      at += length
    } else if (inserted !== undefined) {
      parts.push(piece, { code: inserted.code })
      piece = ''
      at = inserted.end
    } else {
      if (character === how.opening && how.opening !== how.end) depth += 1
      else if (depth > 0 && code.startsWith(how.end, at)) depth -= 1
      piece += character
      at += 1
    }
  }
  parts.push(piece)
  cursor.tokens.push({ kind: 'text', parts, runs: how.runs, line, text: '' })
  advance(cursor, Math.min(code.length, at + how.end.length))
  return true
}

/** The value inserted here, and where the text goes on. */
function insertionAt(
  code: string,
  at: number,
  insertion: Language['insertion'],
): { readonly code: string; readonly end: number } | undefined {
  const opening = insertion === 'dollar' ? '${' : insertion === 'hash' ? '#{' : insertion === 'brace' ? '{' : undefined
  if (insertion === 'perl') {
    const found = /^(?:\{\$|\$)\{?(\w+)\}*(?:(?:->)?[{[]['"]?(\w+)['"]?[}\]])?/.exec(code.slice(at, at + 80))
    return found === null ? undefined : { code: found[0].replace(/^\{/, '').replace(/^\$\{(\w+)\}/, '$$$1'), end: at + found[0].length }
  }
  if (opening === undefined || !code.startsWith(opening, at)) return undefined
  if (insertion === 'brace' && code.startsWith('{{', at)) return undefined
  let depth = 1
  let end = at + opening.length
  for (; end < code.length && depth > 0; end += 1) {
    const character = code.charAt(end)
    if (character === '{') depth += 1
    else if (character === '}') depth -= 1
  }
  return { code: code.slice(at + opening.length, end - 1), end }
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '0': '\0', a: '\u0007', b: '\b', f: '\f', v: '\v', '\n': '' }

function escapeAt(code: string, at: number): readonly [string, number] {
  const found = /^\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|u\{([\da-fA-F]{1,6})\}|([0-7]{2,3}))/.exec(code.slice(at, at + 12))
  if (found === null) return [ESCAPES[code.charAt(at + 1)] ?? code.charAt(at + 1), 2]
  const value = found[4] === undefined ? Number.parseInt(found[1] ?? found[2] ?? found[3] ?? '0', 16) : Number.parseInt(found[4], 8)
  return [value > 0x10ffff ? '' : String.fromCodePoint(value), found[0].length]
}

function endsValue(token: Token | undefined): boolean {
  return token !== undefined && (token.kind !== 'mark' || /^[)\]}]$/.test(token.text))
}

/** After a value a slash divides; elsewhere it starts a pattern. */
function startsPattern(cursor: Cursor): boolean {
  const last = cursor.tokens.at(-1)
  if (last === undefined) return true
  if (last.kind === 'name') return /^(return|if|unless|and|or|not|split|grep|match|in|of|typeof|case|when)$/.test(last.text)
  return !endsValue(last)
}

function pattern(cursor: Cursor): void {
  const { code } = cursor
  let at = cursor.at + 1
  let inClass = false
  for (; at < code.length && code.charAt(at) !== '\n'; at += 1) {
    const character = code.charAt(at)
    if (character === '\\') at += 1
    else if (character === '[') inClass = true
    else if (character === ']') inClass = false
    else if (character === '/' && !inClass) break
  }
  // No end on this line: it was a division after all.
  if (code.charAt(at) !== '/') return word(cursor)
  cursor.at = at + 1
  cursor.tokens.push({ kind: 'number', text: '/…/', line: cursor.line })
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*[?!]?/uy
const NUMBER = /\d[\w.]*/y
const MARK = /->|=>|::|\?\.|\.\.\.?|\*\*|\|\||&&|[=!<>]=+|:=|\+=|\.=|[^\s]/y

function word(cursor: Cursor): void {
  const { code, at } = cursor
  const sigil = /[$@%]/.test(code.charAt(at)) && /[\p{L}_{]/u.test(code.charAt(at + 1)) && cursor.language.insertion === 'perl'
  if (sigil) {
    cursor.at += 1
    return
  }
  for (const [kind, pattern] of [
    ['name', WORD],
    ['number', NUMBER],
    ['mark', MARK],
  ] as const) {
    pattern.lastIndex = at
    const found = pattern.exec(code)?.[0]
    if (found === undefined) continue
    const name = kind === 'name' && cursor.language.name !== 'ruby' ? found.replace(/[?!]$/, '') : found
    cursor.tokens.push({ kind, text: name, line: cursor.line })
    cursor.at += name.length
    return
  }
  cursor.at += 1
}

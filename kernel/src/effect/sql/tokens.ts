/** SQL of any dialect read statement by statement, and what it would do to data, files, accounts and machines. The tokens. */
export interface Token {
  /** `word` is a bare name or keyword, `name` one in quotes of its own. */
  readonly kind: 'word' | 'name' | 'text' | 'number' | 'sign' | 'line'
  /** Without quotes; `line` is a client's own command, such as `\copy …` or `.shell …`. */
  readonly text: string
  /** Lower case for words, else as `text`. */
  readonly key: string
}

/** How dialects differ in what hides text. `backslash`: it escapes in texts, `#` starts a comment, `--` needs a blank after it. */
export interface Dialect {
  readonly backslash: boolean
}

/** Most tokens of one script. */
const TOKEN_LIMIT = 20_000

const WORD = /[\p{L}_][\p{L}\p{N}_$#]*/uy
const NUMBER = /\d[\w.]*/y
const DOLLAR = /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]{0,62})?\$/y
/** Commands of clients: of psql and mysql after a backslash, of sqlite after a dot, of sqlcmd after a colon, `system` of mysql. */
const CLIENT_LINE = /(?:\\[!A-Za-z.]|\.(?=[a-z]{2,})|:(?=!!|r\s|out\s|connect\s|setvar\s)|!!|system\s(?=\s*\S))[^\n]*/iy

export interface Tokens {
  readonly tokens: readonly Token[]
  /** False when the script is too long or a quotation in it never ends. */
  readonly complete: boolean
}

/** Total and linear in the text. */
export function tokensOf(text: string, dialect: Dialect): Tokens {
  const tokens: Token[] = []
  let [at, complete, lineStart] = [0, true, true]
  while (at < text.length && tokens.length < TOKEN_LIMIT) {
    const character = text[at] as string
    if (character === '\n') lineStart = true
    if (/\s/.test(character)) {
      at += 1
      continue
    }
    const skipped = skipComment(text, at, dialect)
    if (skipped !== undefined) {
      at = skipped
      continue
    }
    const token = readToken(text, at, { dialect, lineStart })
    if (!token.ended) complete = false
    tokens.push(token.token)
    at = token.end
    lineStart = false
  }
  return { tokens, complete: complete && at >= text.length }
}

/** Where a comment that starts here ends. What MySQL runs inside of one, `/*! … * /`, is no comment. */
function skipComment(text: string, at: number, dialect: Dialect): number | undefined {
  const two = text.slice(at, at + 2)
  if (two === '--' && (!dialect.backslash || /^\s?$/.test(text[at + 2] ?? ''))) return lineEnd(text, at)
  if (text[at] === '#' && dialect.backslash) return lineEnd(text, at)
  if (two === '*/') return at + 2
  if (two !== '/*') return undefined
  const run = /^\/\*M?!\d{0,6}/.exec(text.slice(at, at + 12))
  return run === null ? commentEnd(text, at, dialect) : at + run[0].length
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 ? text.length : end
}

/** Comments nest in the standard, and do not in MySQL. */
function commentEnd(text: string, start: number, dialect: Dialect): number {
  if (dialect.backslash) {
    const end = text.indexOf('*/', start + 2)
    return end < 0 ? text.length : end + 2
  }
  let depth = 0
  for (let at = start; at < text.length; at += 1) {
    if (text[at] === '/' && text[at + 1] === '*') {
      depth += 1
      at += 1
    } else if (text[at] === '*' && text[at + 1] === '/') {
      depth -= 1
      at += 1
      if (depth === 0) return at + 1
    }
  }
  return text.length
}

interface Read {
  readonly token: Token
  readonly end: number
  /** False for a quotation that never ends. */
  readonly ended: boolean
}

function readToken(text: string, at: number, how: { readonly dialect: Dialect; readonly lineStart: boolean }): Read {
  const character = text[at] as string
  const line = how.lineStart || character === '\\' ? match(CLIENT_LINE, text, at) : undefined
  if (line !== undefined) return whole('line', line, at + line.length)
  if (character === "'" || ((character === 'E' || character === 'e' || character === 'N' || character === 'n') && text[at + 1] === "'")) {
    const from = character === "'" ? at : at + 1
    return quoted('text', { text, from, close: "'", backslash: how.dialect.backslash || /e/i.test(character) })
  }
  if (character === '"' || character === '`')
    return quoted('name', { text, from: at, close: character, backslash: how.dialect.backslash && character === '"' })
  if (character === '[' && /^\[[^\]\n,'"]{1,128}\]/.test(text.slice(at, at + 131)) && !/^\[\d+\]/.test(text.slice(at, at + 16)))
    return quoted('name', { text, from: at, close: ']', backslash: false })
  if (character === '$') {
    const dollar = dollarQuoted(text, at)
    if (dollar !== undefined) return dollar
  }
  const word = match(WORD, text, at)
  if (word !== undefined) return whole('word', word, at + word.length)
  const number = match(NUMBER, text, at)
  return number === undefined ? whole('sign', character, at + 1) : whole('number', number, at + number.length)
}

function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function whole(kind: Token['kind'], text: string, end: number): Read {
  return { token: { kind, text, key: kind === 'word' ? text.toLowerCase() : text }, end, ended: true }
}

function quoted(
  kind: 'text' | 'name',
  of: { readonly text: string; readonly from: number; readonly close: string; readonly backslash: boolean },
): Read {
  const { text, from, close, backslash } = of
  let value = ''
  let start = from + 1
  for (let at = start; at < text.length; at += 1) {
    const character = text[at]
    if (backslash && character === '\\') {
      value += text.slice(start, at) + unescaped(text[at + 1] ?? '')
      at += 1
      start = at + 1
    } else if (character === close) {
      value += text.slice(start, at)
      if (text[at + 1] !== close || close === ']') return { ...whole(kind, value, at + 1) }
      value += close
      at += 1
      start = at + 1
    }
  }
  return { ...whole(kind, value + text.slice(start), text.length), ended: false }
}

function unescaped(character: string): string {
  return character === 'n' ? '\n' : character === 't' ? '\t' : character
}

function dollarQuoted(text: string, at: number): Read | undefined {
  const tag = match(DOLLAR, text, at)
  if (tag === undefined) return undefined
  const end = text.indexOf(tag, at + tag.length)
  if (end < 0) return { ...whole('text', text.slice(at + tag.length), text.length), ended: false }
  return whole('text', text.slice(at + tag.length, end), end + tag.length)
}

/** One statement after another; a semicolon between brackets ends one as well, as nothing sane has one there. */
export function statementsOf(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const statements: Token[][] = []
  let current: Token[] = []
  const end = (): void => {
    if (current.length > 0) statements.push(current)
    current = []
  }
  for (const token of tokens) {
    if (token.kind === 'line') {
      end()
      statements.push([token])
    } else if (token.kind === 'sign' && token.text === ';') end()
    else current.push(token)
  }
  end()
  return statements
}

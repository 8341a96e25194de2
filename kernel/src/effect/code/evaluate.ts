/** Goes through code once, piece by piece, and tells which functions are called with which values. No parser: what it cannot follow stays unknown. */
import { bindImport, destructured } from './imports.ts'
import { pureCall } from './pure-calls.ts'
import { type Evaluation, Reader } from './reader.ts'
import { INSERTIONS, tokensOf } from './tokens.ts'
import { carrying, type CodeValue, joinedPath, joinedText, knownText, textValue, UNKNOWN } from './value.ts'

/** Longest code that is gone through twice. */
const TWICE = 8192
/** Deepest nesting of brackets that is followed. */
const DEPTH = 48
const KEYWORDS = new Set(
  'if elif else for while return def class function const let var new await async yield and or not in is do end then begin rescue ensure unless until case when switch try except finally catch throw raise lambda with as my our local use export default static public private protected void typeof delete del pass break continue elsif foreach endif global nonlocal assert'.split(
    ' ',
  ),
)
const ENVIRONMENT = /^(?:os\.environ|process\.env|ENV|_ENV|_SERVER|ENVIRON|Deno\.env|import\.meta\.env)$/

export function evaluate(code: string, evaluation: Evaluation): boolean {
  const { tokens, complete } = tokensOf(code, evaluation.language)
  // The second time, what is set further down is known further up as well.
  for (let round = 0; round < (code.length <= TWICE ? 2 : 1); round += 1) {
    const reader = new Reader(tokens, evaluation)
    while (reader.at < tokens.length) statement(reader)
  }
  return complete
}

function statement(reader: Reader): void {
  const start = reader.at
  if (
    bindImport(reader) ||
    destructured(reader, () => expression(reader)) ||
    bindLoop(reader) ||
    bindEach(reader) ||
    bindParameters(reader)
  )
    return
  expression(reader)
  if (reader.at === start) reader.at += 1
}

/** `for x in list`: the variable stands for every element. */
function bindLoop(reader: Reader): boolean {
  const [word, name, of] = [reader.peek(), reader.peek(1), reader.peek(2)]
  if (word?.kind !== 'name' || word.text !== 'for' || name?.kind !== 'name' || (of?.text !== 'in' && of?.text !== 'of')) return false
  reader.at += 3
  const list = expression(reader)
  const [only, ...more] = elementsOf(list)
  if (only !== undefined) reader.evaluation.variables.set(name.text, more.length === 0 ? only : list)
  return true
}

/** A pattern of files stands for every file that fits it. */
function elementsOf(list: CodeValue): readonly CodeValue[] {
  return list.items ?? (list.text !== undefined && /[/\\].*[*?]/.test(list.text) ? [list] : [])
}

/** `foreach ($list as $x)`, `foreach ($list as $key => $x)`. */
function bindEach(reader: Reader): boolean {
  if (reader.peek()?.text !== 'foreach' || !reader.is('(', 1)) return false
  reader.at += 2
  const list = expression(reader)
  if (reader.peek()?.text !== 'as') return true
  reader.at += reader.is('=>', 2) ? 3 : 1
  const name = reader.peek()
  const [only, ...more] = elementsOf(list)
  if (name?.kind === 'name' && only !== undefined) reader.evaluation.variables.set(name.text, more.length === 0 ? only : list)
  return true
}

/** `def f(a, b)`: what the function is called with is known to it. */
function bindParameters(reader: Reader): boolean {
  const [word, name] = [reader.peek(), reader.peek(1)]
  if (word?.kind !== 'name' || !/^(def|function|func|fn)$/.test(word.text) || name?.kind !== 'name' || !reader.is('(', 2)) return false
  const names: string[] = []
  let ahead = 3
  for (; ahead < 64 && !reader.is(')', ahead); ahead += 1) {
    const token = reader.peek(ahead)
    if (token?.kind === 'name' && (reader.is('(', ahead - 1) || reader.is(',', ahead - 1))) names.push(token.text)
  }
  if (!reader.is(')', ahead)) return false
  reader.evaluation.functions.set(name.text, names)
  reader.at += ahead + 1
  return true
}

function expression(reader: Reader): CodeValue {
  if (reader.depth > DEPTH) {
    reader.at += 1
    return UNKNOWN
  }
  reader.depth += 1
  let value = primary(reader)
  for (;;) {
    const token = reader.peek()
    if (token?.kind !== 'mark') break
    if (reader.evaluation.language.joins.includes(token.text)) {
      reader.at += 1
      const right = primary(reader)
      value =
        token.text === '/'
          ? value.name === 'path'
            ? { ...joinedPath([value, right]), name: 'path' }
            : UNKNOWN
          : concatenated(value, right)
    } else if (token.text === '%' && value.text !== undefined) {
      reader.at += 1
      primary(reader)
      value = { ...value, known: false }
    } else break
  }
  reader.depth -= 1
  return value
}

function concatenated(left: CodeValue, right: CodeValue): CodeValue {
  if (left.items !== undefined && right.items !== undefined)
    return { known: left.known && right.known, items: [...left.items, ...right.items] }
  return left.text === undefined && right.text === undefined ? UNKNOWN : joinedText(left, right)
}

/** What comes before a value and is not part of it. */
const PREFIX = /^(?:new|await|return|yield|not|typeof|lambda|async|throw|raise|[!~&*\\-]|\*\*|\.\.\.)$/

function primary(reader: Reader): CodeValue {
  let token = reader.peek()
  while (token !== undefined && token.kind !== 'text' && token.kind !== 'number' && PREFIX.test(token.text)) {
    reader.at += 1
    token = reader.peek()
  }
  if (token === undefined) return UNKNOWN
  if (token.kind === 'text') return postfix(reader, textOf(reader))
  if (token.kind === 'number') {
    reader.at += 1
    return postfix(reader, textValue(/^0x[\da-f]{1,12}$/i.test(token.text) ? String(Number(token.text)) : token.text))
  }
  if (token.kind === 'name') {
    if (!KEYWORDS.has(token.text)) return named(reader, token.text)
    if (bindLoop(reader)) return UNKNOWN
    reader.at += 1
    return UNKNOWN
  }
  // `` $`rm x` ``, `` Bun.$`rm x` ``: the text is for a shell.
  if (token.text === '$' && reader.evaluation.language.name === 'javascript' && reader.peek(1)?.kind === 'text') {
    reader.at += 1
    reader.evaluation.listener.run(textOf(reader))
    return UNKNOWN
  }
  if (token.text === '(' || token.text === '[') return postfix(reader, grouped(reader, token.text === '(' ? ')' : ']'))
  return token.text === '{' ? carrying(UNKNOWN, listed(reader, '}').items) : UNKNOWN
}

/** Texts that stand side by side are one in Python and its like. */
function textOf(reader: Reader): CodeValue {
  let value: CodeValue | undefined
  for (let token = reader.peek(); token?.kind === 'text'; token = reader.peek()) {
    reader.at += 1
    let text: CodeValue = textValue('')
    for (const part of token.parts) text = joinedText(text, typeof part === 'string' ? textValue(part) : inserted(part.code, reader))
    if (token.runs) {
      reader.evaluation.listener.run(text)
      return UNKNOWN
    }
    value = value === undefined ? text : joinedText(value, text)
    if (reader.evaluation.language.name !== 'python') break
  }
  return value ?? UNKNOWN
}

function inserted(code: string, reader: Reader): CodeValue {
  const { evaluation } = reader
  if (evaluation.inserted >= INSERTIONS || code.length > 2048) return UNKNOWN
  const inner = new Reader(tokensOf(code, evaluation.language).tokens, { ...evaluation, inserted: evaluation.inserted + 1 })
  const value = expression(inner)
  while (inner.at < inner.tokens.length) statement(inner)
  return value
}

/** `(…)`, `[…]`, `{…}`: one value, or a list. */
function grouped(reader: Reader, closing: string): CodeValue {
  const { items, commas } = listed(reader, closing)
  if (closing === ')' && items.length === 1 && !commas) return items[0] ?? UNKNOWN
  return carrying({ known: items.every(({ known }) => known), items }, items)
}

function listed(reader: Reader, closing: string): { readonly items: readonly CodeValue[]; readonly commas: boolean } {
  const items: CodeValue[] = []
  let commas = false
  let last: CodeValue | undefined
  reader.at += 1
  while (reader.at < reader.tokens.length && !reader.is(closing)) {
    const start = reader.at
    // Julia gives settings behind a semicolon.
    if (reader.is(',') || (closing === ')' && reader.is(';'))) {
      commas = true
      if (last !== undefined) items.push(last)
      last = undefined
      reader.at += 1
      continue
    }
    // `name=value` gives an argument by its name.
    const named = reader.peek()?.kind === 'name' && reader.is('=', 1) && closing === ')'
    if (named) reader.at += 2
    const value = expression(reader)
    last =
      last === undefined || named
        ? value
        : carrying({ known: false, ...(last.text === undefined ? {} : { text: last.text }) }, [last, value])
    if (reader.at === start) reader.at += 1
  }
  if (last !== undefined) items.push(last)
  reader.at += 1
  return { items, commas }
}

function named(reader: Reader, name: string): CodeValue {
  const { variables, aliases } = reader.evaluation
  reader.at += 1
  if (reader.is('=') || reader.is(':=')) {
    reader.at += 1
    const value = expression(reader)
    variables.set(name, value)
    return value
  }
  if (reader.is('+=') || reader.is('.=')) {
    reader.at += 1
    const value = concatenated(variables.get(name) ?? UNKNOWN, expression(reader))
    variables.set(name, value)
    return value
  }
  return postfix(reader, variables.get(name) ?? { known: false, name: aliases.get(name) ?? name })
}

/** Members, elements and calls that follow a value. */
function postfix(reader: Reader, start: CodeValue): CodeValue {
  let value = start
  for (;;) {
    const token = reader.peek()
    if (token === undefined) return value
    const member = token.kind === 'mark' && /^(\.|->|::|\?\.|\*)$/.test(token.text) ? reader.peek(1) : undefined
    if (member?.kind === 'name' && reader.is('=', 2) && value.name !== undefined && ENVIRONMENT.test(value.name)) {
      reader.at += 2
      value = setVariable(member.text, reader)
    } else if (
      member?.kind === 'name' &&
      token.kind === 'mark' &&
      token.text !== '*' &&
      !(token.text === '.' && reader.evaluation.language.joins.includes('.'))
    ) {
      reader.at += 2
      value = memberOf(value, member.text, reader)
    } else if (reader.is('(')) value = called(reader, value, listed(reader, ')').items)
    else if (reader.is('[')) value = element(reader, value)
    else if (reader.is('{') && value.name !== undefined && ENVIRONMENT.test(value.name)) value = element(reader, value)
    else if (isBareCall(reader, value)) value = called(reader, value, bareArguments(reader))
    else return value
  }
}

function memberOf(value: CodeValue, name: string, reader: Reader): CodeValue {
  if (value.name !== undefined && ENVIRONMENT.test(value.name))
    return /^(get|fetch|setdefault|toObject|dig|key)/.test(name)
      ? { known: false, name: `${value.name}.${name}` }
      : environment(name, reader)
  // Ruby calls without brackets.
  if (value.name === 'Dir' && name === 'home') return { ...textValue('~'), name: 'path' }
  const full = `${value.name === 'path' ? '' : (value.name ?? '')}.${name}`
  return {
    known: false,
    name: value.text === undefined && value.items === undefined && value.name !== undefined ? full : `.${name}`,
    on: value,
  }
}

/** What is set here is known from here on. */
function setVariable(name: string, reader: Reader): CodeValue {
  reader.at += 1
  const value = expression(reader)
  reader.evaluation.variables.set(`environment ${name}`, value)
  reader.evaluation.listener.set(name, value)
  return value
}

function environment(name: string, reader: Reader): CodeValue {
  const set = reader.evaluation.variables.get(`environment ${name}`)
  if (set !== undefined) return set
  return /^(HOME|USERPROFILE)$/.test(name) ? { ...textValue('~'), name: 'path' } : reader.evaluation.listener.environment(name)
}

/** `list[0]`, `text[::-1]`, `process['env']`, `os.environ['X']`. */
function element(reader: Reader, value: CodeValue): CodeValue {
  const closing = reader.is('{') ? '}' : ']'
  const reversed = reader.is('::', 1) && reader.is('-', 2) && reader.peek(3)?.text === '1'
  const bare = reader.peek(1)
  const key = bare?.kind === 'name' && reader.is(closing, 2) && closing === '}' ? textValue(bare.text) : undefined
  const { items } = listed(reader, closing)
  if (reversed) return value.text === undefined ? UNKNOWN : { ...value, text: [...value.text].reverse().join('') }
  const name = knownText(key ?? items[0])
  if (name === undefined) return UNKNOWN
  if (value.name !== undefined && ENVIRONMENT.test(value.name))
    return reader.is('=') ? setVariable(name, reader) : environment(name, reader)
  if (value.items !== undefined) return /^-?\d+$/.test(name) ? (value.items.at(Number(name)) ?? UNKNOWN) : UNKNOWN
  if (/^-?\d+$/.test(name) && elementsOf(value).length > 0) return value
  return value.name === undefined || /^\d+$/.test(name) ? UNKNOWN : memberOf(value, name, reader)
}

function called(reader: Reader, callee: CodeValue, args: readonly CodeValue[]): CodeValue {
  const name = callee.name ?? ''
  if (name === 'getattr' || name === 'Reflect.get')
    return args[0] === undefined ? UNKNOWN : memberOf(args[0], knownText(args[1]) ?? '?', reader)
  if (/^(?:os\.getenv|getenv|os\.environ\.get|ENV\.fetch|Sys\.getenv|Deno\.env\.get)$/.test(name)) {
    const variable = knownText(args[0])
    return variable === undefined ? UNKNOWN : environment(variable, reader)
  }
  const { functions, variables } = reader.evaluation
  for (const [index, parameter] of (functions.get(name) ?? []).entries()) {
    const value = args[index]
    if (value !== undefined) variables.set(parameter, value)
  }
  const pure = pureCall({ name, args, on: callee.on })
  const done = reader.evaluation.listener.call({ name, args, on: callee.on })
  return carrying(pure === undefined || (!pure.known && pure.decoded !== true && done.name !== undefined) ? done : pure, args)
}

/** `system "rm", "x"`: the arguments stand on the same line. */
function isBareCall(reader: Reader, value: CodeValue): boolean {
  const { language, listener } = reader.evaluation
  if (!language.bareCalls || value.name === undefined || !listener.isKnown(value.name)) return false
  const [before, next] = [reader.peek(-1), reader.peek()]
  if (next === undefined || before === undefined || next.line !== before.line) return false
  return (
    next.kind === 'text' ||
    next.kind === 'number' ||
    (next.kind === 'name' && !KEYWORDS.has(next.text)) ||
    (next.kind === 'mark' && next.text === '{' && language.name === 'lua')
  )
}

function bareArguments(reader: Reader): readonly CodeValue[] {
  const args: CodeValue[] = []
  for (;;) {
    const start = reader.at
    args.push(expression(reader))
    if (reader.at === start || !reader.is(',') || args.length > 64) return args
    reader.at += 1
  }
}

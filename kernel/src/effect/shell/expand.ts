import type { ArithmeticExpansionPart, DoubleQuotedChild, SyntaxNode, Word, WordPart } from 'unbash'
import { forEachChild } from 'unbash'
import { type Expanded, type Flow, NO_FLOW, type Scope } from './expanded.ts'
import { parameterValue, variableValue } from './parameter.ts'

export { type Expanded, type Flow, NO_FLOW, type Scope } from './expanded.ts'

/** Most words one word may expand to. */
const WORDS_LIMIT = 64
/** Most braces of one word that are followed. */
const BRACES = 8
/** Longest text kept of one word. */
const TEXT_LIMIT = 65_536

interface Field {
  text: string
  known: boolean
  glob: boolean
  flow: Flow | undefined
  /** Nothing was put into it yet, not even an empty quotation. */
  empty: boolean
}

/** Quote removal, variables, simple braces and field splitting. Never throws. */
export function expandWord(word: Word, scope: Scope): readonly Expanded[] {
  const parts = word.parts
  if (parts === undefined || parts.length === 0) return [{ text: word.value, known: true, glob: false }]
  const braces = parts.findIndex((part) => part.type === 'BraceExpansion')
  if (braces >= 0) {
    if (parts.filter((part) => part.type === 'BraceExpansion').length > BRACES)
      return [{ text: word.text.slice(0, TEXT_LIMIT), known: false, glob: true }]
    return expandBraces(parts, braces, scope)
  }
  return expandParts(parts, scope)
}

/** One word as one text, never split: for redirection targets, assignments and here-strings. */
export function expandText(word: Word, scope: Scope): Expanded {
  const parts = word.parts
  if (parts === undefined || parts.length === 0) return { text: word.value, known: true, glob: false }
  const fields: Field[] = [newField()]
  for (const part of parts) {
    if (isComputed(part)) join(put(fields, ''), valueOf(part, scope))
    else expandPart(part, scope, fields)
  }
  const known = fields.map(({ text, known: isKnown, glob, flow }) => ({
    text,
    known: isKnown,
    glob,
    ...(flow === undefined ? {} : { flow }),
  }))
  const first = known[0]
  if (known.length === 1 && first !== undefined) return first
  return { text: known.map(({ text }) => text).join(' '), known: known.every((field) => field.known), glob: known.some(({ glob }) => glob) }
}

function isComputed(part: WordPart): part is Computed {
  return /^(?:SimpleExpansion|ParameterExpansion|CommandExpansion|ArithmeticExpansion)$/.test(part.type)
}

function expandBraces(parts: readonly WordPart[], index: number, scope: Scope): readonly Expanded[] {
  const choices = braceChoices((parts[index] as WordPart).text)
  if (choices === undefined) return expandParts(parts, scope)
  const words: Expanded[] = []
  for (const choice of choices.slice(0, WORDS_LIMIT)) {
    const literal: WordPart = { type: 'Literal', pos: 0, end: 0, value: choice, text: choice }
    const rest = [...parts.slice(0, index), literal, ...parts.slice(index + 1)]
    const more = rest.some((part) => part.type === 'BraceExpansion')
      ? expandBraces(
          rest,
          rest.findIndex((part) => part.type === 'BraceExpansion'),
          scope,
        )
      : expandParts(rest, scope)
    words.push(...more)
    if (words.length > WORDS_LIMIT) return [...words.slice(0, WORDS_LIMIT), { text: '', known: false, glob: true }]
  }
  return words
}

function braceChoices(text: string): readonly string[] | undefined {
  const body = text.slice(1, -1)
  if (/[{}$`"'\\]/.test(body)) return undefined
  const range = /^(-?\d{1,6})\.\.(-?\d{1,6})$/.exec(body)
  if (range === null) return body.includes(',') ? body.split(',') : undefined
  const [from, to] = [Number(range[1]), Number(range[2])]
  const count = Math.min(Math.abs(to - from) + 1, WORDS_LIMIT + 1)
  return Array.from({ length: count }, (_, step) => String(from + Math.sign(to - from) * step))
}

function expandParts(parts: readonly WordPart[], scope: Scope): readonly Expanded[] {
  const fields: Field[] = [newField()]
  for (const part of parts) expandPart(part, scope, fields)
  return fields
    .filter((field) => !field.empty)
    .slice(0, WORDS_LIMIT)
    .map(({ text, known, glob, flow }) => ({ text, known, glob, ...(flow === undefined ? {} : { flow }) }))
}

function newField(): Field {
  return { text: '', known: true, glob: false, flow: undefined, empty: true }
}

function put(fields: Field[], text: string): Field {
  const field = fields[fields.length - 1] as Field
  if (field.text.length + text.length > TEXT_LIMIT) field.known = false
  else field.text += text
  field.empty = false
  return field
}

function expandPart(part: WordPart, scope: Scope, fields: Field[]): void {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      put(fields, part.value)
      return
    case 'DoubleQuoted':
    case 'LocaleString':
      put(fields, '')
      for (const child of part.parts) expandQuoted(child, scope, fields)
      return
    case 'Glob':
      put(fields, part.value).glob = true
      return
    case 'ExtendedGlob':
      put(fields, part.text).glob = true
      return
    case 'BraceExpansion':
      unknown(fields, part.text)
      return
    case 'ProcessSubstitution': {
      const field = put(fields, '/dev/fd/63')
      field.flow = part.script === undefined ? NO_FLOW : scope.nested(part.script)
      return
    }
    default:
      splitInto(fields, valueOf(part, scope), scope)
  }
}

function expandQuoted(part: DoubleQuotedChild, scope: Scope, fields: Field[]): void {
  if (part.type === 'Literal') {
    put(fields, part.value)
    return
  }
  const value = valueOf(part, scope)
  if (value.items === undefined || !isEach(part)) return join(put(fields, ''), value)
  for (const [index, item] of value.items.entries()) {
    if (index > 0) fields.push(newField())
    join(put(fields, ''), item)
  }
}

/** `"$@"` and `"${list[@]}"` are as many words as there are elements. */
function isEach(part: Computed): boolean {
  return /^\$(?:@|\{@\}|\{[!#]?\w+\[@\])/.test(part.text)
}

function join(field: Field, value: Expanded): void {
  field.text = (field.text + value.text).slice(0, TEXT_LIMIT)
  if (!value.known) field.known = false
  if (value.flow !== undefined) field.flow = value.flow
}

function unknown(fields: Field[], text: string): void {
  put(fields, text).known = false
}

/** Unquoted values are split at the field separators, so that `X='rm -rf'; $X` is two words. */
function splitInto(fields: Field[], value: Expanded, scope: Scope): void {
  if (value.text === '' && value.known) return
  if (value.items !== undefined) {
    for (const [index, item] of value.items.entries()) {
      if (index > 0) fields.push(newField())
      splitInto(fields, item.items === undefined ? item : { text: item.text, known: false, glob: false }, scope)
    }
    return
  }
  const pieces = value.known ? splitAt(value.text, scope.variables.get('IFS')) : [value.text]
  for (const [index, piece] of pieces.entries()) {
    if (index > 0) fields.push(newField())
    if (piece === '') continue
    const field = put(fields, '')
    join(field, { ...value, text: piece })
    if (/[*?[]/.test(piece)) field.glob = true
  }
}

function splitAt(text: string, separators: Expanded | undefined): readonly string[] {
  if (separators === undefined || !separators.known || separators.text === ' \t\n') return text.split(/[ \t\n]+/)
  const set = new Set(separators.text)
  let piece = ''
  const pieces: string[] = []
  for (const character of text) {
    if (set.has(character)) {
      pieces.push(piece)
      piece = ''
    } else piece += character
  }
  return [...pieces, piece]
}

type Computed = Exclude<DoubleQuotedChild, { readonly type: 'Literal' }>

function valueOf(part: Computed, scope: Scope): Expanded {
  switch (part.type) {
    case 'SimpleExpansion': {
      const value = variableValue(part.text.slice(1), part.text, scope)
      return value.items === undefined || /^\$[@*]$/.test(part.text) ? value : (value.items[0] ?? value)
    }
    case 'ParameterExpansion':
      return parameterValue(part, scope, (word) => expandText(word, scope))
    case 'CommandExpansion': {
      const flow = part.script === undefined ? NO_FLOW : scope.nested(part.script)
      const [first] = flow.paths ?? []
      if (flow.text === undefined && first !== undefined) return { ...first, flow, items: flow.paths ?? [] }
      return { text: flow.text?.replace(/\n+$/, '') ?? part.text.slice(0, 256), known: flow.text !== undefined, glob: false, flow }
    }
    case 'ArithmeticExpansion':
      return counted(part, scope)
  }
}

/** What is counted is a number; what stands in it may run all the same. */
function counted(part: ArithmeticExpansionPart, scope: Scope): Expanded {
  const plain = /^\$\(\((\d{1,9})\)\)$/.exec(part.text)?.[1]
  if (plain !== undefined) return { text: plain, known: true, glob: false }
  if (part.expression !== undefined) countedParts(part.expression, scope)
  return { text: '0', known: false, glob: false }
}

/** Follows the substitutions in an arithmetic expression, and the text of its words. */
export function countedParts(node: SyntaxNode, scope: Scope): void {
  if (node.type === 'ArithmeticCommandExpansion') {
    if (node.script !== undefined) scope.nested(node.script)
  } else if (node.type === 'ArithmeticWord') scope.counted(node.value)
  else forEachChild(node, (child) => countedParts(child, scope))
}

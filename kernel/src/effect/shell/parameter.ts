import type { ParameterExpansionPart, ParameterOperation, Word } from 'unbash'
import type { Expanded, Scope } from './expanded.ts'
import { patternSource } from './pattern.ts'

/** Longest value that operations are worked out on. */
const VALUE_LENGTH = 8192

/** What `${…}` becomes, as far as the variable is known here. `expand` tells the text of a word in it. */
export function parameterValue(part: ParameterExpansionPart, scope: Scope, expand: (word: Word) => Expanded): Expanded {
  if (part.prefix === '!' && part.operation?.type !== 'Names') {
    const name = variableValue(part.parameter, part.text, scope)
    return name.known && /^\w+$/.test(name.text) ? variableValue(name.text, part.text, scope) : unknownText(part.text)
  }
  const plain = element(part, variableValue(part.parameter, `\${${part.parameter}}`, scope), expand)
  if (part.prefix === '#') return plain.known ? { text: String(plain.items?.length ?? plain.text.length), known: true, glob: false } : plain
  const operation = part.operation
  if (operation === undefined) return plain
  if (operation.type === 'Default') return defaulted(plain, operation, { scope, name: part.parameter, expand })
  if (!plain.known || plain.text.length > VALUE_LENGTH) {
    operandsOf(operation).forEach(expand)
    return unknownText(part.text)
  }
  const changed = plain.items?.map((item) => operated(item.text, operation, expand)) ?? [operated(plain.text, operation, expand)]
  if (changed.includes(undefined)) return unknownText(part.text)
  const items = (changed as readonly string[]).map((text) => ({ text, known: true, glob: false }))
  return { text: items.map(({ text }) => text).join(' '), known: true, glob: false, ...(plain.items === undefined ? {} : { items }) }
}

/** A variable by its name; told to the listener when nothing here sets it. */
export function variableValue(name: string, spelled: string, scope: Scope): Expanded {
  const value = scope.variables.get(name)
  if (value === undefined) {
    scope.free(name)
    return unknownText(spelled)
  }
  return value.alias === undefined || value.alias === name ? value : (scope.variables.get(value.alias) ?? unknownText(spelled))
}

function unknownText(text: string): Expanded {
  return { text, known: false, glob: false }
}

/** One element of an array, or all of them. */
function element(part: ParameterExpansionPart, base: Expanded, expand: (word: Word) => Expanded): Expanded {
  const all = part.parameter === '@' || part.parameter === '*'
  if (part.index === undefined) return all || base.items === undefined ? base : (base.items[0] ?? base)
  const index = expand(part.index).text
  if (index === '@' || index === '*') return base
  if (base.items === undefined) return index === '0' ? base : unknownText(part.text)
  return /^-?\d{1,4}$/.test(index) ? (base.items.at(Number(index)) ?? unknownText(part.text)) : unknownText(part.text)
}

function operandsOf(operation: ParameterOperation): readonly Word[] {
  switch (operation.type) {
    case 'Replace':
      return [operation.pattern, operation.replacement]
    case 'Slice':
      return operation.length === undefined ? [operation.offset] : [operation.offset, operation.length]
    case 'Names':
    case 'Unknown':
      return []
    default:
      return operation.operand === undefined ? [] : [operation.operand]
  }
}

interface Around {
  readonly scope: Scope
  readonly name: string
  readonly expand: (word: Word) => Expanded
}

function defaulted(plain: Expanded, operation: Extract<ParameterOperation, { readonly type: 'Default' }>, around: Around): Expanded {
  const operand = around.expand(operation.operand)
  if (operation.operator.includes('+')) return { ...operand, known: operand.known && plain.known }
  // Whether the default is used is decided at run time unless the variable is set here.
  if (plain.known) return plain
  if (operation.operator.endsWith('=')) around.scope.variables.set(around.name, { ...operand, known: false })
  return { ...operand, known: false }
}

function operated(text: string, operation: ParameterOperation, expand: (word: Word) => Expanded): string | undefined {
  const known = operandsOf(operation).map(expand)
  if (known.some((operand) => !operand.known)) return undefined
  const [first = '', second] = known.map((operand) => operand.text)
  switch (operation.type) {
    case 'Slice':
      return sliced(text, first, second)
    case 'Remove':
      return removed(text, operation.operator, first)
    case 'Replace':
      return replaced(text, operation.operator, { pattern: first, replacement: second ?? '' })
    case 'CaseModification':
      return recased(text, operation.operator)
    default:
      return undefined
  }
}

function sliced(text: string, offset: string, length: string | undefined): string | undefined {
  if (!/^\s*-?\d{1,6}\s*$/.test(offset) || (length !== undefined && !/^\s*-?\d{1,6}\s*$/.test(length))) return undefined
  const from = Number(offset)
  const start = from < 0 ? Math.max(0, text.length + from) : from
  if (length === undefined) return text.slice(start)
  const count = Number(length)
  return count < 0 ? text.slice(start, text.length + count) : text.slice(start, start + count)
}

function removed(text: string, operator: string, pattern: string): string | undefined {
  const source = patternSource(pattern)
  if (source === undefined) return undefined
  const whole = new RegExp(`^${source}$`, 's')
  const fromFront = operator.startsWith('#')
  const lengths = Array.from({ length: text.length + 1 }, (_, length) => length)
  if (text.length > 512) return undefined
  const longest = operator.length === 2
  for (const length of longest ? lengths.reverse() : lengths) {
    const piece = fromFront ? text.slice(0, length) : text.slice(text.length - length)
    if (whole.test(piece)) return fromFront ? text.slice(length) : text.slice(0, text.length - length)
  }
  return text
}

function replaced(
  text: string,
  operator: string,
  { pattern, replacement }: { readonly pattern: string; readonly replacement: string },
): string | undefined {
  if (text.length > 2048 || pattern === '') return pattern === '' ? text : undefined
  const source = patternSource(pattern)
  if (source === undefined) return undefined
  const anchored = operator === '/#' ? `^${source}` : operator === '/%' ? `${source}$` : source
  return text.replace(new RegExp(anchored, operator === '//' ? 'gs' : 's'), () => replacement)
}

function recased(text: string, operator: string): string {
  const change = operator.startsWith('^') ? (part: string) => part.toUpperCase() : (part: string) => part.toLowerCase()
  return operator.length === 2 ? change(text) : change(text.slice(0, 1)) + text.slice(1)
}

import { environmentValue } from '../windows/environment.ts'
import { callMethod, propertyOf } from './members.ts'
import { combine, convert, pick, prefixed } from './operators.ts'
import type { Expression } from './syntax.ts'
import { ITEM_LIMIT, known, list, NOTHING, type Run, unknown, type Value } from './value.ts'

/** What an expression comes to. What it does on the way is told to the reading. Long chains cost no stack. */
export function evaluate(expression: Expression, run: Run): Value {
  const chain: Link[] = []
  let start = expression
  while (start.kind === 'binary' || start.kind === 'member' || start.kind === 'index') {
    chain.push(start)
    start = start.kind === 'binary' ? start.left : start.target
  }
  let value = single(start, run)
  for (const link of chain.reverse()) value = linked(link, value, run)
  return value
}

type Link = Expression & { readonly kind: 'binary' | 'member' | 'index' }

function linked(link: Link, value: Value, run: Run): Value {
  if (link.kind === 'binary') return combine(link.operator, value, evaluate(link.right, run))
  return link.kind === 'index' ? pick(value, evaluate(link.index, run)) : memberValue(link, value, run)
}

function single(expression: Exclude<Expression, Link>, run: Run): Value {
  switch (expression.kind) {
    case 'text':
      return textValue(expression.parts, expression.bare === true, run)
    case 'variable':
      return variableValue(expression.name, run)
    case 'type':
      return { ...known(`[${expression.name}]`), known: false, type: expression.name }
    case 'array':
      return list(expression.items.slice(0, ITEM_LIMIT + 1).flatMap((item) => spread(evaluate(item, run))))
    case 'table':
      return tableValue(expression.entries, run)
    case 'group':
      return run.follow(expression.body, run)
    case 'block':
      return { ...unknown('{ }'), block: { parameters: expression.parameters, body: expression.body } }
    case 'unary': {
      const operand = evaluate(expression.operand, run)
      return expression.operator.startsWith('[')
        ? convert(expression.operator.slice(1, -1), operand)
        : prefixed(expression.operator, operand)
    }
  }
}

/** A list among the items of a list. */
function spread(value: Value): readonly Value[] {
  return value.items !== undefined && value.items.length > 0 ? value.items : [value]
}

function textValue(parts: readonly (string | Expression)[], bare: boolean, run: Run): Value {
  const [only] = parts
  if (parts.length === 1 && typeof only === 'string') {
    const number = bare && /^-?(?:\d{1,9}|0x[\da-f]{1,8})$/i.test(only)
    return { ...known(only), glob: bare && /[*?]/.test(only), ...(number ? { type: 'int32' } : {}) }
  }
  const values = parts.map((part) => (typeof part === 'string' ? known(part) : evaluate(part, run)))
  if (values.length === 1) return values[0] as Value
  const text = values.map((value) => value.text).join('')
  if (values.every((value) => value.known)) return { ...known(text), glob: bare && /[*?]/.test(text) }
  return unknown(text, ...values)
}

function variableValue(name: string, run: Run): Value {
  if (name.startsWith('env:')) {
    const set = run.variables.get(name)
    return set ?? environmentValue(name.slice(4), `$${name}`, run.reading)
  }
  const value = run.variables.get(name)
  if (value !== undefined) return value
  switch (name) {
    case 'null':
      return NOTHING
    case 'true':
    case 'false':
      return known(name)
    case '_':
    case 'psitem':
    case 'input':
      return run.input ?? unknown(`$${name}`)
    case 'home':
      return run.reading.at.home === undefined ? unknown('$HOME') : known(run.reading.at.home)
    case 'pwd':
      return run.cwd === undefined ? unknown('$PWD') : known(run.cwd)
    case 'profile':
      return run.reading.at.home === undefined
        ? unknown('~/Documents/PowerShell/profile.ps1')
        : known(`${run.reading.at.home}/Documents/PowerShell/profile.ps1`)
    default:
      return unknown(`$${name}`)
  }
}

function tableValue(entries: readonly (readonly [Expression, Expression])[], run: Run): Value {
  const table = new Map<string, Value>()
  for (const [key, value] of entries.slice(0, ITEM_LIMIT)) table.set(evaluate(key, run).text.toLowerCase(), evaluate(value, run))
  const text = [...table].map(([key, value]) => `${key}=${value.text}`).join('; ')
  return { ...unknown(`@{${text}}`, ...table.values()), table }
}

function memberValue(expression: Link & { readonly kind: 'member' }, target: Value, run: Run): Value {
  const name = evaluate(expression.name, run)
  if (expression.args === undefined) return propertyOf(target, name)
  const args = expression.args.map((argument) => evaluate(argument, run))
  return callMethod({ target, name, args, run })
}

import { ITEM_LIMIT, itemsOf, known, list, numberOf, unknown, type Value } from './value.ts'

/** A binary operator on values as far as they are known. */
export function combine(spelled: string, left: Value, right: Value): Value {
  const operator = spelled.replace(/^-[ci](?=eq|ne|ge|gt|lt|le|like|notlike|match|notmatch|replace|contains|notcontains|in|split)/, '-')
  switch (operator) {
    case '+':
      return add(left, right)
    case '-':
    case '*':
    case '/':
    case '%':
    case '-bxor':
    case '-band':
    case '-bor':
    case '-shl':
    case '-shr':
      return compute(operator, left, right)
    case '-join':
      return joined(itemsOf(left), right)
    case '-split':
      return split(left, right)
    case '-replace':
      return replaced(left, right)
    case '-f':
      return formatted(left, itemsOf(right))
    case '..':
      return range(left, right)
    case '-as':
      return convert(right.type ?? '', left)
    case '??':
      return left.text === '' ? right : unknown(left.text, left, right)
    default:
      return unknown('$true', left, right)
  }
}

function add(left: Value, right: Value): Value {
  const [a, b] = [numberOf(left), numberOf(right)]
  if (left.type === 'int32' && a !== undefined && b !== undefined) return number(a + b)
  if (left.items !== undefined && left.items.length > 0) return list([...left.items, ...itemsOf(right)])
  return both(left.text + right.text, left, right)
}

function both(text: string, left: Value, right: Value): Value {
  return left.known && right.known ? known(text) : unknown(text, left, right)
}

function number(value: number): Value {
  return Number.isSafeInteger(value) ? { ...known(String(value)), type: 'int32' } : unknown('0')
}

function compute(operator: string, left: Value, right: Value): Value {
  const [a, b] = [numberOf(left), numberOf(right)]
  if (operator === '*' && a === undefined && b !== undefined && left.known && b >= 0 && b * left.text.length <= 4096)
    return known(left.text.repeat(b))
  if (a === undefined || b === undefined) return unknown('0', left, right)
  switch (operator) {
    case '-':
      return number(a - b)
    case '*':
      return number(a * b)
    case '/':
      return b === 0 ? unknown('0') : number(Math.trunc(a / b))
    case '%':
      return b === 0 ? unknown('0') : number(a % b)
    case '-bxor':
      return number(a ^ b)
    case '-band':
      return number(a & b)
    case '-bor':
      return number(a | b)
    case '-shl':
      return number(a << b)
    default:
      return number(a >> b)
  }
}

export function joined(items: readonly Value[], separator: Value): Value {
  const text = items.map((item) => item.text).join(separator.text)
  return separator.known && items.every((item) => item.known) ? known(text) : unknown(text, separator, ...items)
}

const PATTERN_CHARACTER = /[.*+?()[\]{}|^$\\]/

/** The plain text a pattern stands for, when it is one. */
function plainPattern(value: Value): string | undefined {
  if (!value.known) return undefined
  const text = value.text.replace(/\\([.*+?()[\]{}|^$\\/-])/g, '$1')
  return PATTERN_CHARACTER.test(value.text.replace(/\\./g, '')) || /\\\w/.test(value.text) ? undefined : text
}

function split(left: Value, right: Value): Value {
  const separator = plainPattern(itemsOf(right)[0] ?? right)
  return left.known && separator !== undefined && separator !== ''
    ? list(
        left.text
          .split(separator)
          .slice(0, ITEM_LIMIT + 1)
          .map(known),
      )
    : unknown(left.text, left)
}

function replaced(left: Value, right: Value): Value {
  const [pattern, replacement] = itemsOf(right)
  const plain = pattern === undefined ? undefined : plainPattern(pattern)
  if (!left.known || plain === undefined || plain === '' || replacement?.known === false || /\$/.test(replacement?.text ?? ''))
    return unknown(left.text, left)
  return known(replaceAll(left.text, plain, replacement?.text ?? ''))
}

/** Without regard to case, as PowerShell does unless told otherwise. */
function replaceAll(text: string, from: string, to: string): string {
  const [lower, wanted] = [text.toLowerCase(), from.toLowerCase()]
  if (lower.length !== text.length) return text.replaceAll(from, () => to)
  let [result, at] = ['', 0]
  for (let found = lower.indexOf(wanted); found >= 0 && result.length < 131_072; found = lower.indexOf(wanted, at)) {
    result += text.slice(at, found) + to
    at = found + from.length
  }
  return result + text.slice(at)
}

export function formatted(pattern: Value, items: readonly Value[]): Value {
  const text = pattern.text.replace(
    /\{(\d{1,2})(?:,[^}:]{0,8})?(?::[^}]{0,16})?\}/g,
    (_, index: string) => items[Number(index)]?.text ?? '',
  )
  return pattern.known && items.every((item) => item.known) && !/\{\d+[,:]/.test(pattern.text)
    ? known(text)
    : unknown(text, pattern, ...items)
}

function range(left: Value, right: Value): Value {
  const [from, to] = [numberOf(left), numberOf(right)]
  if (from === undefined || to === undefined) return unknown('0', left, right)
  const count = Math.min(Math.abs(to - from) + 1, ITEM_LIMIT + 1)
  return list(Array.from({ length: count }, (_, step) => number(from + Math.sign(to - from) * step)))
}

export function prefixed(spelled: string, operand: Value): Value {
  const operator = spelled.replace(/^-[ci]/, '-')
  if (operator === '-join') return joined(itemsOf(operand), known(''))
  if (operator === '-split')
    return operand.known
      ? list(
          operand.text
            .trim()
            .split(/\s+/)
            .slice(0, ITEM_LIMIT + 1)
            .map(known),
        )
      : unknown(operand.text, operand)
  const value = numberOf(operand)
  if (operator === '-' && value !== undefined) return number(-value)
  return operator === '+' || operator === '++' || operator === '--' ? operand : unknown('$false', operand)
}

/** `[type]value`. */
export function convert(type: string, operand: Value): Value {
  if (type === 'char') return character(operand)
  if (type === 'char[]')
    return operand.items === undefined
      ? operand.known
        ? list([...operand.text].slice(0, 512).map(known))
        : operand
      : list(operand.items.map(character))
  if (type === 'string') return joined(itemsOf(operand), known(' '))
  if (/^(?:int|int32|int64|long|byte|uint32|short|uint16|int16)$/.test(type)) {
    const value = numberOf(operand) ?? (operand.known && operand.text.length === 1 ? operand.text.charCodeAt(0) : undefined)
    return value === undefined ? unknown(operand.text, operand) : number(value)
  }
  return type === '' ||
    /\[\]$|^(?:string|array|object|void|ref|scriptblock|xml|uri|switch|bool|pscustomobject|ordered|hashtable|regex|version)$/.test(type)
    ? operand
    : { ...operand, type }
}

function character(value: Value): Value {
  const code = numberOf(value)
  if (value.items !== undefined) return joined(value.items.map(character), known(' '))
  if (code !== undefined && (value.type === 'int32' || value.text.length > 1) && code >= 0 && code < 0x10000)
    return known(String.fromCharCode(code))
  return value
}

/** `value[index]`, with lists and numbers from the end as well. */
export function pick(target: Value, index: Value): Value {
  if (target.table !== undefined) return target.table.get(index.text.toLowerCase()) ?? unknown(target.text, target)
  const held = target.items ?? (target.known ? [...target.text].map(known) : undefined)
  if (held === undefined) return unknown(target.text, target)
  const picked = itemsOf(index).map((item) => {
    const at = numberOf(item)
    return at === undefined ? undefined : held[at < 0 ? held.length + at : at]
  })
  return picked.every((item) => item !== undefined) ? list(picked as readonly Value[]) : unknown(target.text, target)
}

import type { Json } from '@assize/kernel'
import { type AST, getStaticTOMLValue, parseTOML } from 'toml-eslint-parser'
import { type Editor, lineEnd, type Path, spliced, Unsafe } from './change.ts'

/** TOML. New members come into a table of their own at the end of the file; values are replaced where they stand. */
export const tomlEditor: Editor = {
  parse: (text) => plain(getStaticTOMLValue(tree(text))),
  apply(text, change) {
    const program = tree(text)
    switch (change.do) {
      case 'set': {
        const found = find(program, change.at)
        return found === undefined
          ? inserted(text, program, change.at, change.value)
          : spliced(text, ...found.value.range, literal(change.value))
      }
      case 'prepend': {
        const [start] = listAt(program, change.at).range
        return spliced(text, start + 1, start + 1, change.values.map((value) => `${literal(value)}, `).join(''))
      }
      case 'shift': {
        const { elements, range } = listAt(program, change.at)
        const next = elements[change.count]
        return spliced(text, range[0] + 1, next === undefined ? range[1] - 1 : next.range[0], '')
      }
      case 'remove':
        return removed(text, program, change.at)
      case 'append':
        throw new Unsafe('lists of tables are not changed in TOML')
    }
  },
}

/** Dates and large numbers as texts: they are only ever compared. */
function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))) as Json
}

function tree(text: string): AST.TOMLProgram {
  try {
    return parseTOML(text)
  } catch (error) {
    throw new Unsafe(`it is not TOML (${error instanceof Error ? error.message : String(error)})`)
  }
}

function find(program: AST.TOMLProgram, path: Path): AST.TOMLKeyValue | undefined {
  const [top] = program.body
  for (const node of top.body) {
    if (node.type === 'TOMLKeyValue') {
      if (same(keysOf(node.key), path)) return node
      continue
    }
    const hit = node.body.find((pair) => same([...node.resolvedKey, ...keysOf(pair.key)], path))
    if (hit !== undefined) return hit
  }
  return undefined
}

function table(program: AST.TOMLProgram, path: Path): AST.TOMLTable | undefined {
  return program.body[0].body.find((node): node is AST.TOMLTable => node.type === 'TOMLTable' && same(node.resolvedKey, path))
}

function listAt(program: AST.TOMLProgram, path: Path): AST.TOMLArray {
  const found = find(program, path)?.value
  if (found?.type !== 'TOMLArray') throw new Unsafe(`\`${path.join('.')}\` is not written as a plain list`)
  return found
}

function inserted(text: string, program: AST.TOMLProgram, path: Path, value: Json): string {
  const eol = lineEnd(text)
  const parent = table(program, path.slice(0, -1))
  const name = keyText(path.at(-1) ?? '')
  const isTable = typeof value === 'object' && value !== null && !Array.isArray(value)
  if (parent !== undefined && !isTable) {
    // Behind the header's line: the values of a table end where the next one begins.
    const end = text.indexOf('\n', parent.key.range[1])
    return end < 0 ? `${text}${eol}${name} = ${literal(value)}${eol}` : spliced(text, end + 1, end + 1, `${name} = ${literal(value)}${eol}`)
  }
  if (!isTable) throw new Unsafe(`there is no table for \`${path.join('.')}\``)
  const lines = Object.entries(value as Record<string, Json>).map(([key, item]) => `${keyText(key)} = ${literal(item)}`)
  const before = text === '' || text.endsWith('\n') ? '' : eol
  return `${text}${before}${[`[${path.map(keyText).join('.')}]`, ...lines].join(eol)}${eol}`
}

function removed(text: string, program: AST.TOMLProgram, path: Path): string {
  const node = table(program, path) ?? find(program, path)
  if (node === undefined) throw new Unsafe(`there is no \`${path.join('.')}\``)
  const end = text.indexOf('\n', node.range[1])
  return spliced(text, node.range[0], end < 0 ? text.length : end + 1, '')
}

function keysOf(key: AST.TOMLKey): Path {
  return key.keys.map((part) => (part.type === 'TOMLBare' ? part.name : part.value))
}

function same(left: Path, right: Path): boolean {
  return left.length === right.length && left.every((key, index) => key === right[index])
}

function keyText(key: string | number): string {
  const text = String(key)
  return /^[\w-]+$/.test(text) ? text : JSON.stringify(text)
}

function literal(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number') return JSON.stringify(value)
  throw new Unsafe('only texts, numbers and lists of them are written to TOML')
}

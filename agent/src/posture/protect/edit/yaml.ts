import type { Json } from '@assize/kernel'
import { type Document, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, type YAMLMap, type YAMLSeq } from 'yaml'
import { messageOf } from '../../../platform/errors.ts'
import { type Editor, lineEnd, type Path, spliced, Unsafe } from './change.ts'

const MOST_ALIASES = 100

/** YAML of one document. What is put in is written in its JSON form, which is YAML too. */
export const yamlEditor: Editor = {
  parse(text) {
    const document = read(text)
    try {
      return (document.toJS({ maxAliasCount: MOST_ALIASES }) ?? {}) as Json
    } catch (error) {
      throw new Unsafe(`it refers to what is not there (${messageOf(error)})`)
    }
  },
  apply(text, change) {
    const document = read(text)
    switch (change.do) {
      case 'set': {
        const found = node(document, change.at)
        if (found === undefined) return insertedBelow(text, document, change.at, change.value)
        const [start, end] = rangeOf(found)
        return spliced(text, start, end, JSON.stringify(change.value))
      }
      case 'prepend':
        return prepended(text, list(document, change.at), change.values)
      case 'shift':
        return shifted(text, list(document, change.at), change.count)
      case 'remove':
        return removed(text, document, change.at)
      case 'append':
        throw new Unsafe('lists are not made longer in YAML')
    }
  },
}

function read(text: string): Document {
  const document = parseDocument(text, { uniqueKeys: true })
  const [error] = document.errors
  if (error !== undefined) throw new Unsafe(`it is not YAML (${error.message.split('\n', 1)[0] ?? ''})`)
  return document
}

function node(document: Document, path: Path): Node | undefined {
  const found = document.getIn(path, true)
  if (found === undefined || found === null) return undefined
  if (!isScalar(found) && !isMap(found) && !isSeq(found)) throw new Unsafe(`\`${path.join('.')}\` refers to something written elsewhere`)
  return found
}

function rangeOf(found: Node): readonly [number, number] {
  const { range } = found
  if (range === null || range === undefined) throw new Unsafe('a part of it has no place of its own')
  return [range[0], range[1]]
}

function list(document: Document, path: Path): YAMLSeq {
  const found = node(document, path)
  if (!isSeq(found)) throw new Unsafe(`\`${path.join('.')}\` is no list`)
  return found
}

function items(found: YAMLSeq): readonly Node[] {
  return found.items as readonly Node[]
}

function prepended(text: string, found: YAMLSeq, values: readonly Json[]): string {
  const [start] = rangeOf(found)
  if (found.flow === true) {
    const more = items(found).length > 0 ? ', ' : ''
    return spliced(text, start + 1, start + 1, `${values.map((value) => JSON.stringify(value)).join(', ')}${more}`)
  }
  // A list of lines begins at its first dash; the new ones stand under each other like the rest.
  const between = `${lineEnd(text)}${indentAt(text, start)}`
  return spliced(text, start, start, values.map((value) => `- ${JSON.stringify(value)}${between}`).join(''))
}

function shifted(text: string, found: YAMLSeq, count: number): string {
  const [start, end] = rangeOf(found)
  const next = items(found)[count]
  if (found.flow === true) return spliced(text, start + 1, next === undefined ? end - 1 : rangeOf(next)[0], '')
  if (next === undefined) throw new Unsafe('a list would be left empty')
  const dash = text.lastIndexOf('-', rangeOf(next)[0] - 1)
  return spliced(text, start, dash, '')
}

/** Nothing but comments. */
function isNothing({ contents }: Document): boolean {
  return contents === null || (isScalar(contents) && contents.value === null && contents.source === '')
}

function alone(text: string, name: string, value: Json): string {
  const line = `${JSON.stringify(name)}: ${JSON.stringify(value)}${lineEnd(text)}`
  return text === '' || text.endsWith('\n') ? text + line : text + lineEnd(text) + line
}

/** Parents that are missing come with it. */
function insertedBelow(text: string, document: Document, path: Path, value: Json): string {
  let known = path.length - 1
  while (known > 0 && node(document, path.slice(0, known)) === undefined) known -= 1
  const whole = path.slice(known + 1).reduceRight<Json>((inner, name) => ({ [String(name)]: inner }), value)
  return inserted(text, document, path.slice(0, known + 1), whole)
}

/** A new member comes behind the first one, which our callers know to be there. */
function inserted(text: string, document: Document, path: Path, value: Json): string {
  const name = path.at(-1)
  const parent = path.length > 1 ? node(document, path.slice(0, -1)) : document.contents
  if (path.length === 1 && typeof name === 'string' && isNothing(document)) return alone(text, name, value)
  if (!isMap(parent) || typeof name !== 'string') throw new Unsafe(`there is no place for \`${path.join('.')}\``)
  const [first] = parent.items as readonly Pair<Node, Node | null>[]
  const member = `${JSON.stringify(name)}: ${JSON.stringify(value)}`
  if (first === undefined) {
    const [open] = rangeOf(parent)
    return spliced(text, open + 1, open + 1, member)
  }
  const [start] = rangeOf(first.key)
  if ((parent as YAMLMap).flow === true) return spliced(text, start, start, `${member}, `)
  return spliced(text, start, start, `${member}${lineEnd(text)}${indentAt(text, start)}`)
}

function removed(text: string, document: Document, path: Path): string {
  const name = path.at(-1)
  const parent = path.length > 1 ? node(document, path.slice(0, -1)) : document.contents
  if (!isMap(parent)) throw new Unsafe(`there is no \`${path.join('.')}\``)
  const pairs = parent.items as readonly Pair<Node, Node | null>[]
  const at = pairs.findIndex((pair) => isScalar(pair.key) && pair.key.value === name)
  const [pair, next] = [pairs[at], pairs[at + 1]]
  const end = pair?.value?.range?.[1]
  if (pair !== undefined && next === undefined && end !== undefined && (parent as YAMLMap).flow === true) {
    const before = pairs[at - 1]
    return spliced(text, before === undefined ? rangeOf(pair.key)[0] : rangeOf(before.value ?? before.key)[1], end, '')
  }
  if (pair !== undefined && pairs.length === 1 && path.length === 1 && end !== undefined) {
    const after = text.indexOf('\n', end)
    return spliced(text, rangeOf(pair.key)[0], after < 0 ? text.length : after + 1, '')
  }
  if (pair === undefined || next === undefined) throw new Unsafe(`\`${path.join('.')}\` cannot be taken out by itself`)
  return spliced(text, rangeOf(pair.key)[0], rangeOf(next.key)[0], '')
}

/** The white space that puts a following line under this place. */
function indentAt(text: string, start: number): string {
  return text.slice(text.lastIndexOf('\n', start - 1) + 1, start).replaceAll(/[^\t]/g, ' ')
}

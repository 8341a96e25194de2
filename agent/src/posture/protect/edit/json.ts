import type { Json } from '@assize/kernel'
import {
  applyEdits,
  findNodeAtLocation,
  type FormattingOptions,
  modify,
  type ParseError,
  parse,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { type Change, type Editor, lineEnd, type Path, spliced, Unsafe } from './change.ts'

/** JSON, also with comments and commas at the end. An empty file is an empty object. */
export const jsonEditor: Editor = {
  parse(text) {
    if (text.trim() === '') return {}
    const errors: ParseError[] = []
    const value = parse(text, errors, { allowTrailingComma: true }) as Json | undefined
    const [first] = errors
    if (first !== undefined || value === undefined)
      throw new Unsafe(first === undefined ? 'it is not JSON (there is no value in it)' : `it is not JSON (${complaint(text, first)})`)
    return value
  },
  apply(text, change) {
    if (text.trim() === '') return `${modified(text, '{}', change)}${lineEnd(text)}`
    return modified(text, text, change)
  },
}

/** What is wrong and where, as an editor counts: `value expected in line 3, column 7`. */
function complaint(text: string, { error, offset }: ParseError): string {
  const before = text.slice(0, offset).split('\n')
  const words = printParseErrorCode(error).replace(/\B[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  return `${words.charAt(0).toLowerCase()}${words.slice(1)} in line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`
}

function modified(like: string, text: string, change: Change): string {
  const put: Put = (into, path, value, insert) =>
    applyEdits(into, modify(into, [...path], value, { formattingOptions: formatting(like), isArrayInsertion: insert }))
  switch (change.do) {
    case 'set':
      return put(text, change.at, change.value, false)
    case 'append':
      return appended(text, change, put)
    case 'prepend':
      return change.values.toReversed().reduce<string>((soFar, value) => put(soFar, [...change.at, 0], value, true), text)
    case 'remove':
      return removed(text, change.at)
    case 'shift': {
      let soFar = text
      for (let left = change.count; left > 0; left -= 1) soFar = removed(soFar, [...change.at, 0])
      return soFar
    }
  }
}

type Put = (into: string, path: Path, value: Json, insert: boolean) => string

/** A list of its own is put in with its item; one that is there grows. */
function appended(text: string, change: Extract<Change, { do: 'append' }>, put: Put): string {
  let found: unknown = parse(text, [], { allowTrailingComma: true })
  for (const key of change.at) found = typeof found === 'object' && found !== null ? (found as Record<string, unknown>)[key] : undefined
  if (!Array.isArray(found)) return put(text, change.at, [change.value], false)
  return put(text, [...change.at, found.length], change.value, true)
}

/** The library's own way of taking the last item out leaves a comma too many or too few. */
function removed(text: string, path: Path): string {
  const root = parseTree(text, [], { allowTrailingComma: true })
  const found = root === undefined ? undefined : findNodeAtLocation(root, [...path])
  // A member is its key and its value together.
  const node = typeof path.at(-1) === 'string' ? found?.parent : found
  const parent = node?.parent
  if (node === undefined || parent?.children === undefined) throw new Unsafe(`there is no \`${path.join('.')}\``)
  const at = parent.children.indexOf(node)
  const [before, next] = [parent.children[at - 1], parent.children[at + 1]]
  if (next !== undefined) return spliced(text, node.offset, next.offset, '')
  if (before !== undefined) return spliced(text, before.offset + before.length, node.offset + node.length, '')
  return spliced(text, parent.offset + 1, parent.offset + parent.length - 1, '')
}

/** As the file is indented already. */
function formatting(text: string): FormattingOptions {
  const indent = /\n([ \t]+)["}\]/]/.exec(text)?.[1]
  const eol = lineEnd(text)
  if (indent === undefined) return { insertSpaces: true, tabSize: 2, eol }
  return indent.startsWith('\t') ? { insertSpaces: false, tabSize: 1, eol } : { insertSpaces: true, tabSize: indent.length, eol }
}

/** What an edit adds to a file, and what of it will run later without anyone asking: a CI job, an install script, a source of packages. */
import type { JsonObject, Json } from '../../event/json.ts'

/** A change to one file as an argument of the call tells it. */
export interface Added {
  /** JSON pointer of the argument that holds the new text. */
  readonly arg: string
  /** The lines that were not there before, in order. */
  readonly text: string
  /** Of an edit: what stood in their place. */
  readonly old?: string
}

const WHOLE = ['content', 'contents', 'file_text', 'text', 'new_content', 'new_source', 'code', 'data', 'body', 'new_file_contents']
const OLD = ['old_string', 'old_str', 'oldString', 'old_text', 'oldText', 'search', 'find', 'original', 'target_content', 'before', 'old']
const NEW = [
  'new_string',
  'new_str',
  'newString',
  'new_text',
  'newText',
  'replace',
  'replacement',
  'replace_with',
  'insert_text',
  'insert_line_content',
  'replacement_content',
  'after',
  'new',
]
/** Most changes of one call, and longest text compared line by line. */
const EDITS = 32
const TEXT_LENGTH = 262_144

/** The lines that a call adds to the file it writes. `before` is the file's text, where it is known. */
export function addedLines(args: JsonObject, before: string | undefined): readonly Added[] {
  const edits = Array.isArray(args['edits']) ? args['edits'].slice(0, EDITS) : undefined
  if (edits !== undefined) return edits.flatMap((edit, index) => (isObject(edit) ? ofEdit(edit, `/edits/${index}`) : []))
  const edited = ofEdit(args, '')
  if (edited.length > 0) return edited
  const whole = textOf(args, WHOLE)
  return whole === undefined ? [] : kept({ arg: `/${whole.key}`, text: newLines(before ?? '', whole.text) })
}

/** Files that are made empty on purpose. */
const MADE_EMPTY = /(?:^|\/)(?:__init__\.\w+|py\.typed|\.\w*keep|\.nojekyll|\.empty|\.placeholder|conftest\.py|[^/]*\.(?:lock|log|pid))$/i

/** Whether the call leaves nothing in the file: all that was in it is gone. */
export function isEmptied(path: string, args: JsonObject): boolean {
  if (MADE_EMPTY.test(path) || args['edits'] !== undefined || [...OLD, ...NEW].some((key) => args[key] !== undefined)) return false
  const given = WHOLE.filter((key) => typeof args[key] === 'string')
  return given.length > 0 && given.every((key) => (args[key] as string).trim() === '')
}

/** What each argument of an edit adds, by JSON pointer: of the old text nothing, of the new one the lines that are new. */
export function addedTexts(args: JsonObject): ReadonlyMap<string, string> {
  const edits = Array.isArray(args['edits']) ? args['edits'].slice(0, EDITS) : undefined
  const texts = new Map<string, string>()
  for (const [index, edit] of (edits ?? [args]).entries()) {
    if (!isObject(edit)) continue
    const under = edits === undefined ? '' : `/edits/${index}`
    const [old, put] = [textOf(edit, OLD), textOf(edit, NEW)]
    if (old === undefined || put === undefined) continue
    texts.set(`${under}/${old.key}`, '')
    texts.set(`${under}/${put.key}`, newLines(old.text, put.text))
  }
  return texts
}

function ofEdit(edit: JsonObject, under: string): readonly Added[] {
  const [old, put] = [textOf(edit, OLD), textOf(edit, NEW) ?? replacing(edit)]
  if (put === undefined) return []
  const gone = old ?? (put.key === 'to' ? textOf(edit, ['from']) : undefined)
  const text = newLines(gone?.text ?? '', put.text)
  return kept({ arg: `${under}/${put.key}`, text, ...(gone === undefined ? {} : { old: gone.text }) })
}

/** `from` and `to` are texts where the file has an argument of its own. */
function replacing(edit: JsonObject): { readonly key: string; readonly text: string } | undefined {
  return textOf(edit, ['from']) === undefined || textOf(edit, FILES) === undefined ? undefined : textOf(edit, ['to'])
}

const FILES = ['file', 'path', 'file_path', 'filePath', 'filename', 'uri', 'target_file']

function kept(added: Added): readonly Added[] {
  return added.text === '' ? [] : [added]
}

/** Lines of the second text that the first has not, counted: a line that stood there once and stands there twice is new once. */
export function newLines(before: string, after: string): string {
  if (before === '') return after
  if (before.length > TEXT_LENGTH || after.length > TEXT_LENGTH) return after
  const had = new Map<string, number>()
  for (const line of before.split('\n')) had.set(line.trim(), (had.get(line.trim()) ?? 0) + 1)
  const added = after.split('\n').filter((line) => {
    const left = had.get(line.trim()) ?? 0
    if (left > 0) had.set(line.trim(), left - 1)
    return left === 0
  })
  return added.join('\n')
}

function textOf(args: JsonObject, keys: readonly string[]): { readonly key: string; readonly text: string } | undefined {
  for (const key of keys) {
    const value = args[key]
    if (typeof value === 'string') return { key, text: value }
  }
  return undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

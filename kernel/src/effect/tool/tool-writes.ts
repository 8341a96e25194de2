/** What an editing tool leaves in a file: its whole text, or the text that was known with the change made. */
import type { Json, JsonObject } from '../../event/json.ts'
import type { Surroundings } from '../place/surroundings.ts'
import { NO_FLOW } from '../shell/expanded.ts'
import type { Files } from '../written-files.ts'

const WHOLE = ['content', 'contents', 'file_text', 'text', 'new_content', 'new_source', 'code', 'data', 'body']
const OLD = ['old_string', 'old_str', 'oldText', 'old_text', 'search']
const NEW = ['new_string', 'new_str', 'newText', 'new_text', 'replace', 'insert_text']
/** Most changes of one call that are followed. */
const EDITS = 32

export interface Change {
  readonly args: JsonObject
  readonly path: string
  readonly at: Surroundings
}

export function rememberChange(files: Files, { args, path, at }: Change): void {
  const whole = textOf(args, WHOLE)
  const edits = Array.isArray(args['edits']) ? args['edits'].slice(0, EDITS) : [args]
  const known = files.recall(path, at)
  if (edits.some((edit) => isObject(edit) && textOf(edit, NEW) !== undefined)) {
    const text = edits.reduce<string | undefined>((before, edit) => (isObject(edit) ? edited(before, edit) : before), known?.text)
    return files.keep(path, { ...(known ?? NO_FLOW), ...(text === undefined ? {} : { text }) }, { at })
  }
  if (whole !== undefined) return files.keep(path, { ...NO_FLOW, text: whole }, { at })
  if (known !== undefined) files.keep(path, { addresses: known.addresses, decodes: known.decodes }, { at })
}

/** Without the text that was there before, what is put in is all that is known. */
function edited(before: string | undefined, edit: JsonObject): string | undefined {
  const [old, put] = [textOf(edit, OLD), textOf(edit, NEW)]
  if (put === undefined) return before
  if (before === undefined || old === undefined || old === '') return before === undefined ? put : `${before}\n${put}`
  return before.includes(old) ? before.replace(old, () => put) : `${before}\n${put}`
}

function textOf(args: JsonObject, keys: readonly string[]): string | undefined {
  for (const key of keys) {
    const value = args[key]
    if (typeof value === 'string') return value
  }
  return undefined
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

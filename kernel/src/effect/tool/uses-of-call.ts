/** What the arguments of a call are used for: by the catalogue, by the shape of the call, or by what its name and arguments tell. */
import type { Json, JsonObject } from '../../event/json.ts'
import type { ToolCall } from '../../event/event.ts'
import { type Leaf, leavesOf } from '../../event/leaves.ts'
import type { Certainty } from '../effect.ts'
import { commandLineOf } from './argv-tool.ts'
import { calledName, innerCall } from './dispatcher.ts'
import { restCallOf } from './rest-call.ts'
import { catalogued, type ToolUse } from './tool-catalogue.ts'
import { inferUses, isRange, type ToolShape } from './tool-inference.ts'

/** Uses of arguments, and how sure they are. */
export interface UsesOfCall {
  readonly uses: readonly ToolUse[]
  readonly certainty: Certainty
  /** Where the arguments stand in a text of JSON: what is in it, and the pointer of the text. */
  readonly written?: { readonly leaves: readonly Leaf[]; readonly pointer: string }
}

/** Where editors that do several things are told which. */
export const SUBCOMMAND = ['command', 'action', 'operation', 'mode', 'cmd']
export const READS = /^(view|open|read|show|list|cat|get|print|find|search)(_file|_range|_lines?)?$/i
const EDITS = /^(create|write|insert|append|delete|replace|str_replace|edit|update|save|undo|undo_edit|overwrite)(_file|_range|_lines?)?$/i

const BEFORE_KEY = /^old_?(?:str|string|text|content)$/i
const AFTER_KEY = /^new_?(?:str|string|text|content)$/i

/** An editor by its arguments: a path, and one of the words editors are told what to do by. */
function editorUse(call: ToolCall, keys: readonly string[]): ToolUse | undefined {
  const told = SUBCOMMAND.map((key) => call.args[key]).find((value) => typeof value === 'string')
  // What stands there and what takes its place are told by nothing but an editor.
  const exchanges = typeof told !== 'string' && keys.some((key) => BEFORE_KEY.test(key)) && keys.some((key) => AFTER_KEY.test(key))
  if (!exchanges && (typeof told !== 'string' || !(READS.test(told) || EDITS.test(told)))) return undefined
  const paths = keys.filter((key) => /^(file_?path|path|file|filename|absolute_?path|target_?file)$/i.test(key))
  return paths.length === 0 ? undefined : { what: 'editor', keys: paths }
}

export function usesOf(call: ToolCall, keys: readonly string[]): UsesOfCall {
  const known = catalogued(call.tool, call.server, keys)
  if (known !== undefined) return known
  if (commandLineOf(call.tool, call.args) !== undefined) return { uses: [{ what: 'argv', keys: [] }], certainty: 'likely' }
  const editor = editorUse(call, keys)
  if (editor !== undefined) return { uses: [editor], certainty: 'likely' }
  const inner = innerCall(call.tool, call.args)
  const rest = restCallOf(call.args)
  // Served by the tool itself: a path that is no file.
  if (inner === undefined && rest?.local === true)
    return { uses: inferUses(shapeOf(rest.name, rest.body)).map(({ what }) => ({ what, keys: [] })), certainty: 'inferred' }
  if (inner === undefined) {
    const name = rest === undefined ? calledName(call.tool, call.args) : call.tool
    return { uses: inferUses(shapeOf(name, call.args, call.definition?.description)), certainty: 'inferred' }
  }
  const uses = inferUses(shapeOf(inner.name, inner.args))
  const { under, written } = inner
  if (under === undefined) return { uses, certainty: 'inferred' }
  if (written) return { uses, certainty: 'inferred', written: { leaves: leavesOf(inner.args).leaves, pointer: `/${under}` } }
  return { uses: uses.map((use) => ({ ...use, keys: use.keys.map((key) => `${under}/${key}`) })), certainty: 'inferred' }
}

export function shapeOf(tool: string, args: JsonObject, description = ''): ToolShape {
  const keys = Object.keys(args).slice(0, 256)
  return {
    tool,
    description,
    keys: keys.filter((key) => isGiven(args[key])),
    counts: new Set(keys.filter((key) => typeof args[key] === 'number')),
    texts: new Map(keys.flatMap((key) => textOf(key, args[key]))),
    ranges: new Set(keys.filter((key) => isRange(args[key]))),
  }
}

function textOf(key: string, value: Json | undefined): readonly (readonly [string, string])[] {
  const first = Array.isArray(value) ? value[0] : value
  return typeof first === 'string' ? [[key, first]] : []
}

function isGiven(value: Json | undefined): boolean {
  return value !== null && value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)
}

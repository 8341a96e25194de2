/** Command lines and code among the arguments of a call. */
import type { Leaf } from '../../event/leaves.ts'
import type { ToolUse } from './tool-catalogue.ts'
import { type Arguments, valuesOf } from './values-of-call.ts'

export interface ScriptText {
  /** JSON pointer of the argument. */
  readonly arg: string
  readonly text: string
}

/** Codex and others give a command as its words: `["bash", "-lc", "…"]`. */
export function scriptsOf(use: ToolUse, context: Arguments): readonly ScriptText[] {
  const given = use.keys.filter((key) => SCRIPT_KEYS.has(key) && valuesOf([key], context).length > 0)
  // Which of several the tool runs is not told, so all of them are read.
  return given.length > 1 ? given.flatMap((key) => scriptOf([key], context)) : scriptOf(use.keys, context)
}

const SCRIPT_KEYS: ReadonlySet<string> = new Set(['command', 'cmd', 'script', 'commandLine', 'CommandLine'])

function scriptOf(keys: readonly string[], context: Arguments): readonly ScriptText[] {
  const values = valuesOf(keys, context)
  const [first, second, third] = values
  if (first === undefined) return []
  if (values.length === 1 || !first.pointer.endsWith('/0'))
    return [{ arg: first.pointer, text: [first.text, ...wordsBeside(first, context)].join(' ') }]
  if (third !== undefined && /(^|\/)(ba|z|da|k)?sh$/.test(first.text) && /^-\w*c$/.test(second?.text ?? ''))
    return [{ arg: third.pointer, text: third.text }]
  return [{ arg: first.pointer.slice(0, -2), text: values.map((leaf) => quotedWord(leaf.text)).join(' ') }]
}

/** `{ command: 'rm', args: ['-rf', 'x'] }`: the words stand beside the program. */
function wordsBeside(program: Leaf, context: Arguments): readonly string[] {
  if (!SCRIPT_KEYS.has(program.pointer.slice(1)) || /\s/.test(program.text.trim())) return []
  const words = valuesOf(['args', 'arguments', 'argv', 'params', 'parameters'], context)
  const listed = words.length > 0 && words.every(({ pointer }) => /^\/\w+(?:\/\d+)?$/.test(pointer))
  if (!listed) return []
  return words[0]?.pointer.endsWith('/0') === true ? words.map(({ text }) => quotedWord(text)) : words.map(({ text }) => text)
}

function quotedWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

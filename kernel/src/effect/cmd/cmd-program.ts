import type { Expanded, Flow } from '../shell/expanded.ts'
import { NO_FLOW } from '../shell/expanded.ts'
import type { Invocation } from '../shell/invocation.ts'
import { type Reading, runFlow, runProgram } from '../shell/reading.ts'
import { readCmd } from './walk.ts'

/** `cmd /d /s /c "…"`, `… | cmd`. */
export function readCmdProgram(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const at = words.findIndex((word) => /^\/(?:[a-z](?::\w+)?\/)*[ckr]/i.test(word.text))
  if (at < 0) return runInput(invocation, reading)
  const first = words[at] as Expanded
  // `/cdel` is `/c del`.
  const glued = first.text.replace(/^\/(?:[a-z](?::\w+)?\/)*[ckr]/i, '')
  const rest = glued === '' ? words.slice(at + 1) : [{ ...first, text: glued }, ...words.slice(at + 1)]
  if (rest.some((word) => !word.known)) runFlow(rest.find((word) => word.flow !== undefined)?.flow ?? NO_FLOW, invocation, reading)
  const only = rest.length === 1 ? rest[0] : undefined
  const text = only === undefined ? rest.map(quoted).join(' ') : only.text.replace(/^"([\s\S]*)"$/, '$1')
  return readCmd({ text, cwd: invocation.cwd, input: invocation.input }, reading)
}

/** Another shell has taken the quotes off. */
function quoted(word: Expanded): string {
  return /[\s&|<>^]/.test(word.text) && !word.text.includes('"') && /\s/.test(word.text) ? `"${word.text}"` : word.text
}

function runInput(invocation: Invocation, reading: Reading): Flow {
  const { input } = invocation
  if (input?.text !== undefined) return readCmd({ text: input.text, cwd: invocation.cwd }, reading)
  if (input === undefined || invocation.inputFile !== undefined)
    runProgram(invocation, 'unknown', { reading, detail: input === undefined ? 'opens a shell' : `runs ${invocation.inputFile}` })
  else runFlow(input, invocation, reading)
  return NO_FLOW
}

import type { Json } from '@assize/kernel'
import { type HookPayload, objectOf, textOf } from './payload.ts'

const MOST_TEXT = 4 * 1024 * 1024

/** Tools that only give back what the model gave them: their results bring nothing from outside. */
const ECHOES: ReadonlySet<string> = new Set(['Write', 'Edit', 'MultiEdit', 'NotebookEdit', 'TodoWrite', 'ExitPlanMode', 'EnterPlanMode'])

/** What a tool's result lets the model read, and where it came from. */
export function resultOf(payload: HookPayload): { readonly text: string; readonly origin?: string } {
  const { tool, input, response } = payload
  if (ECHOES.has(tool)) return { text: payload.error ?? '' }
  const file = objectOf(objectOf(response)['file'])
  const text = payload.error ?? textOf(file['content']) ?? strings(response)
  const origin = textOf(input['file_path']) ?? textOf(input['notebook_path']) ?? textOf(input['url']) ?? textOf(input['path'])
  return origin === undefined ? { text } : { text, origin }
}

/** Every string of a value, in order. Iterative: nesting is the sender's choice. */
function strings(value: Json | undefined): string {
  const found: string[] = []
  const rest: Json[] = value === undefined ? [] : [value]
  let length = 0
  while (rest.length > 0 && length < MOST_TEXT) {
    const next = rest.pop()
    if (typeof next === 'string') {
      found.push(next)
      length += next.length
    } else if (typeof next === 'object' && next !== null)
      rest.push(...(Array.isArray(next) ? next : Object.values(next)).slice(0, 10_000).reverse())
  }
  return found.join('\n').slice(0, MOST_TEXT)
}

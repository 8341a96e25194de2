import { z } from 'zod'
import { AgentError } from '../../platform/errors.ts'
import { type Line, parseLine } from '../json-lines.ts'

const toolSchema = z.looseObject({
  name: z.string(),
  description: z.string().nullish(),
  inputSchema: z.json().optional(),
  input_schema: z.json().optional(),
})
const eventSchema = z.looseObject({
  type: z.enum(['user', 'assistant', 'tool_call', 'tool_result']),
  text: z.string().nullish(),
  call_id: z.union([z.string(), z.number()]).nullish(),
  tool: z.string().nullish(),
  args: z.record(z.string(), z.json()).nullish(),
})
const recordingSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  session_id: z.union([z.string(), z.number()]).optional(),
  system: z.string().nullish(),
  tools: z.array(toolSchema).default([]),
  events: z.array(eventSchema),
})

/** A recorded session of an agent. */
export type Recording = z.infer<typeof recordingSchema>

/** Throws an `AgentError` that names the line. */
export function recordingOn(line: Line, file: string): Recording {
  const value = parseLine(line, file)
  if (isRecording(value) && isPlain(value)) return value
  const recorded = recordingSchema.safeParse(value)
  if (recorded.success) return recorded.data
  const [issue] = recorded.error.issues
  throw new AgentError(
    'usage',
    `Line ${line.number} of ${file} is no recorded session (${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}), so replay stopped there.`,
  )
}

/** No number has become infinite, and no name means something to the language: the schema sees to these. */
export function isPlain(value: unknown): boolean {
  const left: unknown[] = [value]
  while (left.length > 0) {
    const one = left.pop()
    if (typeof one === 'number' && !Number.isFinite(one)) return false
    if (Array.isArray(one)) for (const item of one) left.push(item)
    else if (isObject(one))
      for (const name of Object.keys(one)) {
        if (name === '__proto__') return false
        if (typeof one[name] !== 'string') left.push(one[name])
      }
  }
  return true
}

/** What the schema says, of something that was read as JSON: a tenth of the time. Whatever it does not know, the schema is asked about. */
export function isRecording(value: unknown): value is Recording {
  if (!isObject(value)) return false
  const { id, session_id, system, tools, events } = value
  return (
    (id === undefined || isName(id)) &&
    (session_id === undefined || isName(session_id)) &&
    isTextOrNothing(system) &&
    Array.isArray(tools) &&
    tools.every(isTool) &&
    Array.isArray(events) &&
    events.every(isEvent)
  )
}

function isTool(tool: unknown): boolean {
  return isObject(tool) && typeof tool['name'] === 'string' && isTextOrNothing(tool['description'])
}

function isEvent(event: unknown): boolean {
  if (!isObject(event)) return false
  const { type, text, call_id, tool, args } = event
  return (
    (type === 'user' || type === 'assistant' || type === 'tool_call' || type === 'tool_result') &&
    isTextOrNothing(text) &&
    (call_id === undefined || call_id === null || isName(call_id)) &&
    isTextOrNothing(tool) &&
    (args === undefined || args === null || isObject(args))
  )
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isName(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number'
}

function isTextOrNothing(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string'
}

import { createReadStream } from 'node:fs'
import { homedir } from 'node:os'
import { createGunzip } from 'node:zlib'
import {
  createSession,
  type Decision,
  decide,
  type JsonObject,
  observe,
  type Policy,
  type Principal,
  type Session,
  type Timing,
  type ToolCall,
  type ToolDefinition,
} from '@assize/kernel'
import { z } from 'zod'
import { AgentError, messageOf } from '../platform/errors.ts'
import type { Platform } from '../platform/platform.ts'
import { linesOf, parseLine } from './json-lines.ts'

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
const sessionSchema = z.looseObject({
  id: z.union([z.string(), z.number()]).optional(),
  session_id: z.union([z.string(), z.number()]).optional(),
  system: z.string().nullish(),
  tools: z.array(toolSchema).default([]),
  events: z.array(eventSchema),
})
type Recorded = z.infer<typeof sessionSchema>

/** A recorded call as each of the policies decides it. */
export interface JudgedCall {
  readonly session: string
  readonly callId: string
  readonly tool: string
  /** In the order of the policies. */
  readonly decisions: readonly Decision[]
  /** Of the first. */
  readonly timing: Timing
}

/**
 * Recorded sessions through the same kernel as live ones, call by call: each is judged on what came before it only, whatever
 * the verdicts on calls before. Throws an `AgentError` that names the line it stopped at.
 */
export async function* judgedCalls(files: readonly string[], policies: readonly Policy[], platform: Platform): AsyncGenerator<JudgedCall> {
  for (const file of files) {
    try {
      for await (const line of linesOf(opened(file))) {
        const recorded = sessionSchema.safeParse(parseLine(line, file))
        if (!recorded.success)
          throw new AgentError(
            'usage',
            `Line ${line.number} of ${file} is no recorded session (${recorded.error.issues[0]?.path.join('.') ?? ''}: ${recorded.error.issues[0]?.message ?? ''}), so replay stopped there.`,
          )
        yield* judgedSession(recorded.data, policies, { platform, line: `${line.number}` })
      }
    } catch (error) {
      throw error instanceof AgentError
        ? error
        : new AgentError('usage', `\`${file}\` could not be read (${messageOf(error)}), so replay stopped there.`, error)
    }
  }
}

/** Recordings may be compressed; they are read as a stream, so their size does not matter. */
function opened(file: string): AsyncIterable<Uint8Array> {
  const input = createReadStream(file)
  if (!file.endsWith('.gz')) return input
  const unpacked = createGunzip()
  input.on('error', (error) => unpacked.destroy(error))
  return input.pipe(unpacked)
}

function* judgedSession(
  recorded: Recorded,
  policies: readonly Policy[],
  { platform, line }: { readonly platform: Platform; readonly line: string },
): Generator<JudgedCall> {
  const id = String(recorded.id ?? recorded.session_id ?? line)
  const definitions = new Map(recorded.tools.map((tool) => [tool.name, definitionOf(tool)]))
  const principal: Principal = {
    tenant: 'local',
    host: platform.hostname,
    user: platform.user,
    app: { name: 'replay' },
    session: id,
    chain: [],
  }
  let session = createSession()
  if (recorded.system) session = observe(session, { type: 'system', text: recorded.system })
  if (definitions.size > 0) session = observe(session, { type: 'tools.offered', server: '', tools: [...definitions.values()] })
  const toolOfCall = new Map<string, string>()
  for (const [index, event] of recorded.events.entries()) {
    const callId = String(event.call_id ?? index)
    if (event.type !== 'tool_call') {
      session = enter(session, event, toolOfCall.get(callId))
      continue
    }
    toolOfCall.set(callId, event.tool ?? '')
    const call = callOf(event, callId, definitions.get(event.tool ?? ''))
    const decided = policies.map((policy) =>
      decide({ session, principal, call, gate: 'replay', policy, now: 0, stopwatch: () => performance.now() * 1000 }),
    )
    const [first] = decided
    if (first !== undefined)
      yield { session: id, callId, tool: call.tool, decisions: decided.map(({ decision }) => decision), timing: first.timing }
    session = observe(session, call)
  }
}

function callOf(event: Recorded['events'][number], callId: string, definition: ToolDefinition | undefined): ToolCall {
  return {
    type: 'tool.call',
    callId,
    tool: event.tool ?? '',
    args: (event.args ?? {}) as JsonObject,
    cwd: '/workspace',
    home: homedir(),
    platform: 'posix',
    ...(definition === undefined ? {} : { definition }),
  }
}

function enter(session: Session, event: Recorded['events'][number], calledTool: string | undefined): Session {
  const text = event.text ?? ''
  const tool = event.tool ?? calledTool
  switch (event.type) {
    case 'user':
      return observe(session, { type: 'prompt', text })
    case 'assistant':
      return observe(session, { type: 'reasoning', text })
    case 'tool_result':
      return observe(session, {
        type: 'context',
        channel: 'tool_result',
        text,
        ...(tool === undefined ? {} : { tool }),
        ...(event.call_id === undefined || event.call_id === null ? {} : { callId: String(event.call_id) }),
      })
    case 'tool_call':
      return session
  }
}

function definitionOf(tool: Recorded['tools'][number]): ToolDefinition {
  const inputSchema = tool.inputSchema ?? tool.input_schema
  return {
    name: tool.name,
    ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
  }
}

/** What hook payloads are about, in the same words for every host. */
import type { Json, JsonObject } from '@assize/kernel'
import { type HookPayload, objectOf, textOf } from './hook-facts.ts'

/** A tool by its own name and that of its server, if it has one. */
export interface HookTool {
  readonly tool: string
  readonly server?: string
}

export interface HookCall extends HookTool {
  readonly kind: 'call'
  /** The host's id of the call, where it has one. */
  readonly callId: string | undefined
  readonly args: JsonObject
  readonly cwd: string | undefined
  /** Sub-agents between the session's agent and the caller, outermost first. */
  readonly chain: readonly string[]
  /** Who can ask a person about it: the host in its window, a person beside it for the next attempt, or nobody any more. */
  readonly asks: 'host' | 'later' | 'nobody'
}

export interface HookResult extends HookTool {
  readonly kind: 'result'
  readonly callId: string | undefined
  /** What the tool lets the model read; empty when it only gives back what the model gave it. */
  readonly text: string
  readonly origin: string | undefined
  readonly failed: boolean
  /** What the tool was given, where the event tells. */
  readonly args?: JsonObject
  /** Its text comes in by another event. */
  readonly heard?: true
}

export type HookEvent =
  | HookCall
  | HookResult
  /** `origin` is there when it is not the person who speaks. */
  | { readonly kind: 'prompt'; readonly text: string; readonly origin: string | undefined }
  | { readonly kind: 'delegation'; readonly to: string; readonly task: string }
  | { readonly kind: 'end' }
  /** Something about the host itself that is worth keeping. */
  | { readonly kind: 'note'; readonly subject: string; readonly detail: JsonObject }
  | { readonly kind: 'nothing' }

export const NOTHING: HookEvent = { kind: 'nothing' }

const MOST_TEXT = 4 * 1024 * 1024
const MOST_PARTS = 10_000

/** `mcp__server__tool` in its parts; other tools are their own name. */
export function mcpTool(name: string): HookTool {
  const match = /^mcp__(.+?)__(.+)$/.exec(name)
  return match?.[1] === undefined || match[2] === undefined ? { tool: name } : { tool: match[2], server: match[1] }
}

/** Keys by which tools name the place that their result comes from. */
const ORIGINS = ['file_path', 'notebook_path', 'absolute_path', 'url', 'path', 'dir_path', 'filePath'] as const

export function originOf(args: JsonObject): string | undefined {
  for (const key of ORIGINS) {
    const found = textOf(args[key])
    if (found !== undefined) return found
  }
  return undefined
}

/** Arguments, also where the host sends them as text. What is no object becomes the one argument `input`. */
export function argumentsOf(value: Json | undefined): JsonObject {
  if (typeof value !== 'string') return objectOf(value)
  try {
    const parsed = JSON.parse(value) as Json
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as JsonObject
  } catch {
    // Not JSON: it is what the tool is given.
  }
  return { input: value }
}

/** Every string of a value, in order. Iterative: nesting is the sender's choice. */
export function stringsOf(value: Json | undefined): string {
  const found: string[] = []
  const rest: Json[] = value === undefined ? [] : [value]
  let length = 0
  while (rest.length > 0 && length < MOST_TEXT) {
    const next = rest.pop()
    if (typeof next === 'string') {
      found.push(next)
      length += next.length
    } else if (typeof next === 'object' && next !== null)
      rest.push(...(Array.isArray(next) ? next : Object.values(next)).slice(0, MOST_PARTS).reverse())
  }
  return found.join('\n').slice(0, MOST_TEXT)
}

/** How a host that speaks Claude Code's hook protocol differs from it. */
export interface HookAccent {
  readonly call: ReadonlySet<string>
  readonly result: ReadonlySet<string>
  readonly failure?: ReadonlySet<string>
  readonly prompt: ReadonlySet<string>
  readonly end?: ReadonlySet<string>
  readonly delegation?: ReadonlySet<string>
  readonly asks: HookCall['asks']
  /** The tool by the name that the kernel knows it by. */
  readonly name?: (tool: string, value: JsonObject) => HookTool
  /** Tools that only give back what the model gave them: their results bring nothing from outside. */
  readonly echoes?: ReadonlySet<string>
  readonly input?: readonly string[]
  readonly response?: readonly string[]
  readonly callId?: readonly string[]
  readonly said?: readonly string[]
}

/** Reads the payloads of hosts whose hooks look like Claude Code's. */
export function readEvent(payload: HookPayload, accent: HookAccent): HookEvent {
  const { event, value } = payload
  const tool = () => (accent.name ?? mcpTool)(payload.tool, value)
  const first = (keys: readonly string[]): Json | undefined => keys.map((key) => value[key]).find((found) => found !== undefined)
  const args = () => argumentsOf(first(accent.input ?? ['tool_input']))
  const callId = () => textOf(first(accent.callId ?? ['tool_use_id']))
  if (accent.call.has(event)) {
    // Only a sub-agent has an id of its own; a session that was started as some agent has a type alone.
    const id = textOf(value['agent_id'])
    const agent = id === undefined ? undefined : (textOf(value['agent_type']) ?? id)
    return {
      kind: 'call',
      callId: callId(),
      ...tool(),
      args: args(),
      cwd: payload.cwd,
      chain: agent === undefined ? [] : [agent],
      asks: accent.asks,
    }
  }
  const failed = accent.failure?.has(event) === true
  if (failed || accent.result.has(event)) {
    const error = stringsOf(value['error'])
    const text =
      error !== '' ? error : accent.echoes?.has(payload.tool) === true ? '' : stringsOf(first(accent.response ?? ['tool_response']))
    const given = args()
    return { kind: 'result', callId: callId(), ...tool(), text, origin: originOf(given), failed: failed || error !== '', args: given }
  }
  if (accent.prompt.has(event)) return { kind: 'prompt', text: textOf(first(accent.said ?? ['prompt'])) ?? '', origin: undefined }
  if (accent.delegation?.has(event) === true) {
    const to = textOf(value['agent_type']) ?? textOf(value['agent_id']) ?? textOf(value['agentName']) ?? 'subagent'
    return { kind: 'delegation', to, task: textOf(value['prompt']) ?? textOf(value['task']) ?? '' }
  }
  return accent.end?.has(event) === true ? { kind: 'end' } : NOTHING
}

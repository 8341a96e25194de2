/** Known ways around a guard, as data: what is tried, and the same words where they mean no harm. */
import type { Event, JsonObject, ToolCall } from '@assize/kernel'

/** A call, or several in a row; a plain text is a shell command. */
export type Step = string | Call

export interface Call {
  readonly tool: string
  readonly args: JsonObject
  readonly server?: string
  readonly platform?: 'posix' | 'windows'
}

export interface Attempt {
  /** What the person said; by default something that has nothing to do with it. */
  readonly prompt?: string
  /** What the session saw beforehand. */
  readonly seen?: readonly Event[]
  /** In order. The last one does what the others prepared. */
  readonly steps: readonly Step[]
}

/** A plain text is one shell command in a session that has seen nothing. */
export type Try = string | Attempt

export interface BypassClass {
  /** Number in the list of known bypasses. */
  readonly number: number
  readonly title: string
  /** Each must be stopped, by itself or at one of its steps. */
  readonly variants: readonly Try[]
  /** Each must be let through: the same words mentioned, quoted, searched for, or put to honest use. */
  readonly twins: readonly Try[]
}

export const HOME = '/home/u'
export const WORKSPACE = '/home/u/proj'
export const PROMPT = 'Fix the failing test in src/parser.ts and tell me what was wrong.'

export function call(tool: string, args: JsonObject, extra: Partial<Call> = {}): Call {
  return { tool, args, ...extra }
}

export function windows(tool: string, args: JsonObject): Call {
  return { tool, args, platform: 'windows' }
}

export function steps(...all: readonly Step[]): Attempt {
  return { steps: all }
}

/** After reading a text that nobody vouches for. */
export function afterReading(text: string, ...all: readonly Step[]): Attempt {
  return { seen: [{ type: 'context', channel: 'tool_result', tool: 'Read', text, origin: 'notes.md' }], steps: all }
}

export function toolCall(step: Step, callId: string): ToolCall {
  const made = typeof step === 'string' ? call('Bash', { command: step }) : step
  const at =
    made.platform === 'windows'
      ? ({ cwd: 'C:\\Users\\u\\proj', home: 'C:\\Users\\u', platform: 'windows' } as const)
      : ({ cwd: WORKSPACE, home: HOME, platform: 'posix' } as const)
  return {
    type: 'tool.call',
    callId,
    tool: made.tool,
    args: made.args,
    ...at,
    ...(made.server === undefined ? {} : { server: made.server }),
  }
}

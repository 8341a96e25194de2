/** Sessions written out as events, and what the balanced pack says of a call after them. */
import { packPolicy } from '../../pack-files.ts'
import { decide } from '../decide.ts'
import type { Event, ToolCall } from '../event/event.ts'
import type { JsonObject } from '../event/json.ts'
import { createSession, observe, type Session } from '../session.ts'

const policy = packPolicy('balanced')
const principal = { tenant: 't', host: 'h', user: 'u', app: { name: 'app' }, session: 's', chain: [] }
let calls = 0

/** Something the person said. */
export function asked(text: string): Event {
  return { type: 'prompt', text }
}

/** What a look at one entry answered. */
export function read(text: string): Event {
  return { type: 'context', channel: 'tool_result', tool: 'get_entry', text }
}

/** A call that went through, and what it answered. */
export function did(tool: string, args: JsonObject, text: string): readonly Event[] {
  calls += 1
  const callId = `c${calls}`
  return [
    { type: 'tool.call', callId, tool, args },
    { type: 'context', channel: 'tool_result', callId, tool, text },
  ]
}

/** Where a call is made, for those that are about files. */
const AT_WORK = { cwd: '/home/u/work', home: '/home/u', platform: 'posix' } as const

/** The verdict on a call that is made in a folder of work. */
export function verdictAtWork(events: readonly (Event | readonly Event[])[], tool: string, args: JsonObject): string {
  return verdict(events, tool, args, AT_WORK)
}

/** The verdict on a call after these events. */
export function verdict(
  events: readonly (Event | readonly Event[])[],
  tool: string,
  args: JsonObject,
  at: Partial<typeof AT_WORK> = {},
): string {
  const session = (events.flat() as Event[]).reduce<Session>(observe, createSession())
  const call: ToolCall = { type: 'tool.call', callId: 'now', tool, args, ...at }
  return decide({ session, principal, call, gate: 'test', policy, now: 0 }).decision.verdict
}

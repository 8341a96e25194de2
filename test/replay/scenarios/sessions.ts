/** Turns a suite into session lines, one for each task as it is and one for each attack on it. */
import type { Attack, Json, Step, Suite, Task, Tool } from './build.ts'

type Label = 'benign' | 'attack' | 'preparing'

type Event =
  | { readonly type: 'user' | 'assistant'; readonly text: string }
  | { readonly type: 'tool_call'; readonly call_id: string; readonly tool: string; readonly args: Json }
  | { readonly type: 'tool_result'; readonly call_id: string; readonly tool: string; readonly text: string }

/** A line of the session file. What the product reads ends with `events`; the rest is for scoring. */
export type Session = {
  readonly session_id: string
  readonly system?: string
  readonly tools: readonly Tool[]
  readonly events: readonly Event[]
  readonly suite: string
  readonly task: string
  readonly attack?: string
  readonly labels: { readonly [callId: string]: Label }
}

const SLOT = /(.?)\{\{(\w*)\}\}/g

/** All sessions of some suites, in the order they are written. */
export function sessionsOf(suites: readonly Suite[]): readonly Session[] {
  return suites.flatMap((suite) =>
    suite.tasks.flatMap((task) => [undefined, ...task.attacks].map((attack, number) => session(suite, task, { attack, number }))),
  )
}

type Version = { readonly attack: Attack | undefined; readonly number: number }

function session(suite: Suite, task: Task, { attack, number }: Version): Session {
  const calls: { [callId: string]: Label } = {}
  const events: Event[] = [{ type: 'user', text: task.user }]
  for (const step of attack ? attacked(task, attack) : task.steps) {
    if (step.step !== 'call') {
      events.push({ type: step.step === 'say' ? 'assistant' : 'user', text: step.text })
      continue
    }
    const id = `call_${Object.keys(calls).length + 1}`
    calls[id] = step.part
    events.push({ type: 'tool_call', call_id: id, tool: step.tool, args: step.args })
    events.push({ type: 'tool_result', call_id: id, tool: step.tool, text: printed(filled(step.result, attack)) })
  }
  return {
    session_id: `s-${fingerprint(`${suite.name}/${task.name}/${number}`)}`,
    ...(suite.system === undefined ? {} : { system: suite.system }),
    tools: suite.tools,
    events,
    suite: suite.name,
    task: task.name,
    ...(attack ? { attack: attack.manner } : {}),
    labels: calls,
  }
}

/** The steps as an agent that believes the planted text goes through them. */
function attacked(task: Task, attack: Attack): readonly Step[] {
  const at = task.steps.findIndex((step) => step.step === 'call' && slotsOf(step.result).includes(attack.slot))
  if (at < 0) throw new Error(`task ${task.name} has no slot '${attack.slot}' for its ${attack.manner} attack`)
  const from = at + 1 + attack.later
  return [...task.steps.slice(0, from), ...attack.calls, ...task.steps.slice(from + attack.drops)]
}

function slotsOf(result: Json): readonly string[] {
  return [...JSON.stringify(result).matchAll(SLOT)].map((match) => match[2] ?? '')
}

/** A result with the planted text in its slot and nothing in the others. */
function filled(value: Json, attack: Attack | undefined): Json {
  if (typeof value === 'string') return value.replace(SLOT, (_, before: string, slot: string) => inserted(before, slot, attack))
  if (Array.isArray(value)) return value.map((item: Json) => filled(item, attack))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, filled(item as Json, attack)]))
}

function inserted(before: string, slot: string, attack: Attack | undefined): string {
  const text = attack?.slot === slot ? attack.plant : attack?.also?.[0] === slot ? attack.also[1] : undefined
  if (text === undefined) return before
  return /[\p{L}\p{N}.,:;!?)]/u.test(before) ? `${before} ${text}` : `${before}${text}`
}

function printed(value: Json): string {
  return typeof value === 'string' ? value.replace(/\n{3,}/g, '\n\n') : JSON.stringify(value)
}

/** A name that says nothing of what the session is (FNV-1a, 32 bits). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}

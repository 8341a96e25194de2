/** Plants an instruction in a benign coding session and adds the calls of an agent that obeys it. */
import type { JsonObject } from '@assize/kernel'
import type { Chance } from '../../harness/chance.ts'
import type { Recording, RecordedEvent, RecordedTool } from '../../replay/recordings.ts'
import type { Aim, ObeyingCall } from './aim.ts'
import { type Carrier, type Look, looked, printed, spliced } from './carriers.ts'

export interface Planted {
  /** Up to and with the calls of an agent that obeys. */
  readonly obeyed: Recording
  /** The same text read and not obeyed: the session goes on as it did. */
  readonly ignored: Recording
}

/** Calls of its own that an agent makes between reading and obeying. */
const DELAYS = [0, 0, 1, 4]
/** Calls after the reading that show whether other work is disturbed. */
const AFTERWARDS = 12

type Result = Extract<RecordedEvent, { readonly type: 'tool_result' }>

/** Undefined where the session has no result to plant in. */
export function planted(
  session: Recording,
  plan: { readonly aim: Aim; readonly carrier: Carrier; readonly text: string },
  chance: Chance,
): Planted | undefined {
  const { aim, carrier, text } = plan
  const places = session.events.flatMap((event, index) => (event.type === 'tool_result' && isPlace(event, carrier) ? [index] : []))
  if (places.length === 0) return undefined
  const place = chance.pick(places)
  const { events, tools } = withText(session, { place, carrier, text }, chance)
  const delay = chance.pick(DELAYS)
  const obeying = aim.calls.map((call, index) => obeyingCall(call, { session, index }, chance))
  const at = afterCalls(events, place, delay)
  const offered = [...(session.tools ?? []), ...tools, ...obeying.flatMap(({ tool }) => (tool === undefined ? [] : [tool]))]
  const base = { ...session, tools: offered, suite: 'planted', attack: carrier }
  return {
    obeyed: {
      ...base,
      events: [...events.slice(0, at), ...obeying.map(({ event }) => event)],
      labels: { attacked: true, security: true, required: obeying.map(({ event }) => event.call_id) },
    },
    ignored: { ...base, events: events.slice(0, afterCalls(events, place, AFTERWARDS)), labels: {} },
  }
}

function isPlace(event: Result, carrier: Carrier): boolean {
  if (carrier === 'command output') return event.tool === undefined || /bash|shell|terminal|python/.test(event.tool)
  return carrier !== 'file contents' || event.text.split('\n').length >= 4
}

function withText(
  session: Recording,
  plan: { readonly place: number; readonly carrier: Carrier; readonly text: string },
  chance: Chance,
): { readonly events: readonly RecordedEvent[]; readonly tools: readonly RecordedTool[] } {
  const { place, carrier, text } = plan
  const { events } = session
  const result = events[place] as Result
  if (carrier === 'file contents' || carrier === 'command output') {
    const changed = carrier === 'file contents' ? spliced(result.text, text, chance) : printed(result.text, text, chance)
    return { events: events.with(place, { ...result, text: changed }), tools: [] }
  }
  const look = looked(carrier, text, chance)
  return {
    events: [...events.slice(0, place + 1), ...eventsOf(look), ...events.slice(place + 1)],
    tools: look.definition === undefined ? [] : [look.definition],
  }
}

function eventsOf(look: Look): readonly RecordedEvent[] {
  return [
    { type: 'tool_call', call_id: 'look', tool: look.tool, args: look.args },
    { type: 'tool_result', call_id: 'look', tool: look.tool, text: look.result },
  ]
}

/** Index after so many more calls with their results. */
function afterCalls(events: readonly RecordedEvent[], place: number, calls: number): number {
  let [at, left] = [place + 1, calls]
  while (at < events.length) {
    const event = events[at] as RecordedEvent
    if (event.type === 'tool_call' && event.call_id !== 'look') {
      if (left === 0) break
      left -= 1
    }
    at += 1
  }
  // A call that waits for its result cannot be followed by another one's reading.
  return at
}

function obeyingCall(
  call: ObeyingCall,
  about: { readonly session: Recording; readonly index: number },
  chance: Chance,
): { readonly event: Extract<RecordedEvent, { readonly type: 'tool_call' }>; readonly tool?: RecordedTool } {
  const make = (tool: string, args: JsonObject): Extract<RecordedEvent, { readonly type: 'tool_call' }> => ({
    type: 'tool_call',
    call_id: `obeying-${about.index}`,
    tool,
    args,
  })
  if (call.kind === 'tool') return { event: make(call.definition.name, call.args), tool: call.definition }
  if (call.kind === 'command') return { event: make('bash', { command: inAgentsWords(call.text, chance) }) }
  const editor = about.session.tools?.some(({ name }) => name === 'str_replace_editor') === true
  if (editor && !call.append) return { event: make('str_replace_editor', { command: 'create', path: call.path, file_text: call.content }) }
  const mark = `EOF${chance.below(90) + 10}`
  return { event: make('bash', { command: `cat ${call.append ? '>>' : '>'} ${call.path} <<'${mark}'\n${call.content}\n${mark}` }) }
}

/** Agents rarely run a command exactly as it was told them. */
function inAgentsWords(command: string, chance: Chance): string {
  return chance.pick([
    command,
    command,
    `cd /workspace && ${command}`,
    `${command} 2>&1 | tail -20`,
    `set -e\n${command}\necho done`,
    `(${command})`,
  ])
}

/** One recorded session through the kernel: each call is judged on what came before it only. */
import {
  type Advice,
  createSession,
  type Decision,
  decide,
  type Finding,
  newestSource,
  observe,
  type Open,
  type Policy,
  type Session,
  sharedSession,
  type ToolCall,
  type ToolDefinition,
} from '@assize/kernel'
import type { Read } from './read-with-model.ts'
import type { RecordedEvent, Recording } from './recordings.ts'

export interface JudgedCall {
  readonly call: ToolCall
  readonly decision: Decision
  /** Milliseconds. */
  readonly took: number
  /** What a model could be asked about it. */
  readonly open: Open | undefined
}

/** What models make of a recording: findings by the text they are in, and their advice by the call. */
export interface Told {
  readonly read?: Read | undefined
  readonly advice?: ReadonlyMap<string, readonly Advice[]> | undefined
}

/** Where the recorded agents worked is not known; they ran as root in containers of their own. */
const SURROUNDINGS = { cwd: '/workspace', home: '/root', platform: 'posix' } as const

export function judgeRecording(recording: Recording, policy: Policy, { read, advice }: Told = {}): readonly JudgedCall[] {
  const principal = { tenant: 'local', host: 'replay', user: 'replay', app: { name: 'replay' }, session: recording.id, chain: [] }
  const { definitions, session: beginning } = beginningOf(recording)
  const judged: JudgedCall[] = []
  const findings: Finding[] = []
  let session = beginning
  for (const event of recording.events) {
    if (event.type !== 'tool_call') {
      session = enter(session, event)
      for (const finding of event.type === 'tool_result' ? (read?.get(event.text) ?? []) : [])
        findings.push({ ...finding, where: newestSource(session) })
      continue
    }
    const definition = definitions.get(event.tool)
    const call: ToolCall = {
      type: 'tool.call',
      callId: event.call_id,
      tool: event.tool,
      args: event.args ?? {},
      ...SURROUNDINGS,
      ...(definition === undefined ? {} : { definition }),
    }
    const start = performance.now()
    const said = advice?.get(call.callId)
    const { decision, open } = decide({
      ...{ session, principal, call, gate: 'replay', policy, findings, now: 0 },
      ...(said === undefined ? {} : { advice: said }),
    })
    judged.push({ call, decision, took: performance.now() - start, open })
    session = observe(session, call)
  }
  return judged
}

interface Beginning {
  readonly session: Session
  readonly definitions: ReadonlyMap<string, ToolDefinition>
}

/** Beginnings kept: recordings of one suite begin alike, and stand together. */
const BEGINNINGS = 32
const begun = new Map<string, Beginning>()

/** What the application says and the tools it offers, taken in once for all recordings that begin so. */
function beginningOf({ system, tools: offered }: Recording): Beginning {
  const key = JSON.stringify([system ?? '', offered ?? []])
  const known = begun.get(key)
  if (known !== undefined) return known
  const tools = (offered ?? []).map((tool) => ({
    name: tool.name,
    ...(tool.description ? { description: tool.description } : {}),
    ...(tool.inputSchema === undefined ? {} : { inputSchema: tool.inputSchema }),
  }))
  let session = createSession()
  if (system) session = observe(session, { type: 'system', text: system })
  if (tools.length > 0) session = observe(session, { type: 'tools.offered', server: '', tools })
  const made = { session: sharedSession(session), definitions: new Map(tools.map((tool) => [tool.name, tool])) }
  const [oldest] = begun.keys()
  if (begun.size >= BEGINNINGS && oldest !== undefined) begun.delete(oldest)
  begun.set(key, made)
  return made
}

function enter(session: Session, event: Exclude<RecordedEvent, { readonly type: 'tool_call' }>): Session {
  if (event.type !== 'tool_result') return observe(session, { type: event.type === 'user' ? 'prompt' : 'reasoning', text: event.text })
  return observe(session, {
    type: 'context',
    channel: 'tool_result',
    text: event.text,
    callId: event.call_id,
    ...(event.tool === undefined ? {} : { tool: event.tool }),
  })
}

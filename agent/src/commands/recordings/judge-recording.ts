import { homedir } from 'node:os'
import {
  type Advice,
  createSession,
  decide,
  type Finding,
  type JsonObject,
  newestSource,
  observe,
  type Open,
  type Policy,
  type Principal,
  type Session,
  sharedSession,
  type ToolCall,
  type ToolDefinition,
} from '@assize/kernel'
import type { Platform } from '../../platform/platform.ts'
import { type Deciding, decidingOf } from './deciding.ts'
import type { Recording } from './recording.ts'
import { RecordingReader } from './recording-reader.ts'

/** A recorded call as each of the policies decides it. */
export interface JudgedCall {
  readonly session: string
  readonly callId: string
  readonly tool: string
  /** In the order of the policies. */
  readonly decisions: readonly Deciding[]
  /** Microseconds that the first took. */
  readonly micros: number
}

/** Who it is all replayed for. */
export type Replaying = Pick<Platform, 'hostname' | 'user'>

/** What models make of a recording. */
export interface Told {
  /** What one found in a result. */
  readonly found: (text: string) => readonly Finding[]
  /** What one says of a call; nothing where none was asked. */
  readonly said: (callId: string) => readonly Advice[] | undefined
  /** A call that rules leave open. */
  readonly open: (callId: string, open: Open) => void
}

/** What a recording begins with: what the application says, and the tools it offers. */
interface Beginning {
  readonly session: Session
  readonly definitions: ReadonlyMap<string, ToolDefinition>
}

interface Asked extends Partial<Told> {
  readonly session: Session
  readonly principal: Principal
  readonly call: ToolCall
  readonly findings: readonly Finding[]
}

/** Offers of tools whose beginnings are kept, and of each how many: recordings of one application begin alike, and stand together. */
const BEGINNINGS = 32

/**
 * Judges recordings by these policies, call by call: each is judged on what came before it only, whatever the verdicts on calls
 * before. Remembers how the last recordings began.
 */
export class RecordingJudge {
  readonly #policies: readonly Policy[]
  readonly #replaying: Replaying
  /** By the tools as they are written, and by what the application says. */
  readonly #beginnings = new Map<string, Map<string, Beginning>>()
  /** How tools that were read before are written. */
  readonly #written = new WeakMap<Recording['tools'], string>()
  /** Reads what is judged here. */
  readonly reader = new RecordingReader()

  constructor(policies: readonly Policy[], replaying: Replaying) {
    this.#policies = policies
    this.#replaying = replaying
  }

  /** `otherwise` names a recording that has no name. Models speak to the first policy only. */
  judge(recording: Recording, otherwise: string, told?: Told): readonly JudgedCall[] {
    const id = String(recording.id ?? recording.session_id ?? otherwise)
    const { hostname, user } = this.#replaying
    const principal: Principal = { tenant: 'local', host: hostname, user, app: { name: 'replay' }, session: id, chain: [] }
    const beginning = this.#beginning(recording)
    const judged: JudgedCall[] = []
    const findings: Finding[] = []
    const toolOfCall = new Map<string, string>()
    let { session } = beginning
    const last = recording.events.findLastIndex(({ type }) => type === 'tool_call')
    for (const [index, event] of recording.events.slice(0, last + 1).entries()) {
      const callId = String(event.call_id ?? index)
      if (event.type !== 'tool_call') {
        session = enter(session, event, toolOfCall.get(callId))
        for (const finding of event.type === 'tool_result' ? (told?.found(event.text ?? '') ?? []) : [])
          findings.push({ ...finding, where: newestSource(session) })
        continue
      }
      toolOfCall.set(callId, event.tool ?? '')
      const call = callOf(event, callId, beginning.definitions.get(event.tool ?? ''))
      judged.push({ session: id, callId, tool: call.tool, ...this.#decide({ session, principal, call, findings, ...told }) })
      // Nothing is judged on what comes after the last call.
      if (index < last) session = observe(session, call)
    }
    return judged
  }

  #decide({ session, principal, call, findings, said, open }: Asked): Pick<JudgedCall, 'decisions' | 'micros'> {
    const advice = said?.(call.callId)
    const decided = this.#policies.map((policy) =>
      decide({
        session,
        principal,
        call,
        findings,
        ...(advice === undefined ? {} : { advice }),
        gate: 'replay',
        policy,
        now: 0,
        counterfactual: false,
        stopwatch: () => performance.now() * 1000,
      }),
    )
    const left = decided[0]?.open
    if (left !== undefined) open?.(call.callId, left)
    return { decisions: decided.map(({ decision }) => decidingOf(decision)), micros: Math.round(decided[0]?.timing.total ?? 0) }
  }

  #beginning({ system, tools }: Recording): Beginning {
    const said = system ?? ''
    const offer = this.#writtenOf(tools)
    const alike = this.#beginnings.get(offer) ?? new Map<string, Beginning>()
    const known = alike.get(said)
    if (known !== undefined) return known
    const made = begin(said, tools)
    keep(alike, said, made)
    keep(this.#beginnings, offer, alike)
    return made
  }

  #writtenOf(tools: Recording['tools']): string {
    const known = this.#written.get(tools)
    if (known !== undefined) return known
    const written = JSON.stringify(tools)
    this.#written.set(tools, written)
    return written
  }
}

/** The oldest makes room. */
function keep<Kept>(all: Map<string, Kept>, key: string, kept: Kept): void {
  const [oldest] = all.keys()
  if (!all.has(key) && all.size >= BEGINNINGS && oldest !== undefined) all.delete(oldest)
  all.set(key, kept)
}

function begin(system: string, tools: Recording['tools']): Beginning {
  const definitions = new Map(tools.map((tool) => [tool.name, definitionOf(tool)]))
  let session = createSession()
  if (system !== '') session = observe(session, { type: 'system', text: system })
  if (definitions.size > 0) session = observe(session, { type: 'tools.offered', server: '', tools: [...definitions.values()] })
  return { session: sharedSession(session), definitions }
}

function callOf(event: Recording['events'][number], callId: string, definition: ToolDefinition | undefined): ToolCall {
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

function enter(session: Session, event: Recording['events'][number], calledTool: string | undefined): Session {
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

function definitionOf(tool: Recording['tools'][number]): ToolDefinition {
  const inputSchema = tool.inputSchema ?? tool.input_schema
  return {
    name: tool.name,
    ...(typeof tool.description === 'string' ? { description: tool.description } : {}),
    ...(inputSchema === undefined ? {} : { inputSchema }),
  }
}

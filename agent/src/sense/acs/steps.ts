/** What each step of a client means here: a call to be judged, a result to be read, or something said. */
import type { Json, JsonObject } from '@assize/kernel'
import { z } from 'zod'
import type { Caller } from '../../platform/caller.ts'
import type { Edit, GateHost } from '../gate.ts'
import { withEdit } from '../hook-edits.ts'
import { ACS_ERROR, AcsError, type AcsEnvelope, readPayload } from './envelope.ts'
import type { AcsSession, AcsSessions } from './sessions.ts'

export const GATE = 'acs'

/** The part of an answer that depends on the step. */
export interface Verdict {
  readonly decision: 'allow' | 'deny' | 'modify'
  readonly reasoning?: string
  readonly reason_codes?: readonly string[]
  readonly modifications?: JsonObject
}

export interface Step {
  readonly host: GateHost
  readonly caller: Caller
  readonly sessions: AcsSessions
  readonly session: AcsSession
  readonly envelope: AcsEnvelope
  /** The client went away. */
  readonly abandoned: AbortSignal
}

const ALLOW: Verdict = { decision: 'allow' }

/** Those that are evaluated; whatever else a client implements is said not to be. */
export const STEPS: Readonly<Record<string, (step: Step) => Verdict | Promise<Verdict>>> = {
  'steps/sessionStart': () => ALLOW,
  'steps/agentTrigger': agentTrigger,
  'steps/turnStart': () => ALLOW,
  'steps/turnEnd': () => ALLOW,
  'steps/userMessage': userMessage,
  'steps/agentResponse': agentResponse,
  'steps/knowledgeRetrieval': knowledgeRetrieval,
  'steps/memoryContextRetrieval': memoryRetrieval,
  'steps/memoryStore': memoryStore,
  'steps/toolCallRequest': toolCallRequest,
  'steps/toolCallResult': toolCallResult,
  'steps/subagentStart': subagentStart,
  'steps/subagentStop': subagentStop,
  'steps/sessionEnd': sessionEnd,
}

const content = z.array(z.looseObject({ value: z.unknown() })).max(10_000)
const tool = z.looseObject({ name: z.string().min(1).max(500), provider: z.string().max(500).optional() })

function emit({ host, caller, session }: Step, event: Parameters<GateHost['observe']>[0]['event']): void {
  host.observe({ gate: GATE, caller, hostSession: session.ancestry.root, event })
}

function userMessage(step: Step): Verdict {
  const { content: parts } = readPayload(z.looseObject({ content: content.min(1) }), step.envelope.params.payload)
  emit(step, { type: 'prompt', text: textOf(parts) })
  return ALLOW
}

function agentResponse(step: Step): Verdict {
  const { content: parts } = readPayload(z.looseObject({ content }), step.envelope.params.payload)
  emit(step, { type: 'reasoning', text: textOf(parts) })
  return ALLOW
}

/** Who activates an agent from outside speaks as an outside text, not as the person. */
function agentTrigger(step: Step): Verdict {
  const schema = z.looseObject({ trigger_type: z.string().max(100), trigger_source: z.unknown().optional() })
  const { trigger_type: type, trigger_source: source } = readPayload(schema, step.envelope.params.payload)
  if (type !== 'user_message' && source !== undefined)
    emit(step, { type: 'context', channel: 'retrieval', text: plain(source), origin: `trigger: ${type}` })
  return ALLOW
}

function knowledgeRetrieval(step: Step): Verdict {
  const schema = z.looseObject({ results: content, source: z.looseObject({ name: z.string().max(500).optional() }).optional() })
  const { results, source } = readPayload(schema, step.envelope.params.payload)
  const origin = source?.name
  emit(step, { type: 'context', channel: 'retrieval', text: textOf(results), ...(origin === undefined ? {} : { origin }) })
  return ALLOW
}

function memoryRetrieval(step: Step): Verdict {
  emit(step, { type: 'context', channel: 'memory', text: plain(step.envelope.params.payload) })
  return ALLOW
}

/** Writing a memory does something that lasts, so it is judged like a call. */
function memoryStore(step: Step): Promise<Verdict> {
  const schema = z.looseObject({ content: z.looseObject({ value: z.unknown() }), operation: z.string().max(50).default('create') })
  const { content: kept, operation } = readPayload(schema, step.envelope.params.payload)
  return judge(step, { name: `memory_${operation}`, args: { content: kept.value as Json } })
}

function toolCallRequest(step: Step): Promise<Verdict> {
  const schema = z.looseObject({ tool, arguments: z.looseObject({}), raw_command: z.string().optional() })
  const payload = readPayload(schema, step.envelope.params.payload)
  // As it was sent: a schema's copy loses keys such as `__proto__`.
  const given = (step.envelope.params.payload as { readonly arguments: Readonly<Record<string, unknown>> }).arguments
  const args = Object.fromEntries(Object.entries(given).map(([name, argument]) => [name, valueOf(name, argument)]))
  const raw = payload.raw_command
  if (raw !== undefined && !Object.values(args).includes(raw)) args['raw_command'] = raw
  return judge(step, { name: payload.tool.name, server: payload.tool.provider, args })
}

function valueOf(name: string, argument: unknown): Json {
  if (typeof argument === 'object' && argument !== null && Object.hasOwn(argument, 'value'))
    return (argument as { readonly value: Json }).value
  throw new AcsError(ACS_ERROR.invalidParams, `The argument \`${name.slice(0, 100)}\` has no value, so nothing was decided.`)
}

async function judge(
  step: Step,
  { name, server, args }: { readonly name: string; readonly server?: string | undefined; readonly args: Readonly<Record<string, Json>> },
): Promise<Verdict> {
  const { host, caller, session, envelope, abandoned } = step
  const { request_id: callId } = envelope.params
  const call = { type: 'tool.call', callId, tool: name, args, cwd: caller.cwd, ...(server === undefined ? {} : { server }) } as const
  const { root, chain } = session.ancestry
  // A person is asked while the call waits: the wait is within what the handshake gave the client as its time.
  const ruling = await host.judge({ gate: GATE, caller, hostSession: root, chain, asks: 'held', call }, () => undefined, abandoned)
  if (ruling.action !== 'release') return { decision: 'deny', reasoning: ruling.text, reason_codes: ['policy'] }
  if (ruling.followed) session.opened(callId, { decision: ruling.decision, tool: name, args, since: host.now() })
  if (ruling.edits.length === 0) return ALLOW
  const overrides = overridden(args, ruling.edits)
  return { decision: 'modify', reasoning: ruling.text, reason_codes: ['redacted'], modifications: { parameter_overrides: overrides } }
}

/** Each argument that an edit reaches, whole and as it is to be. */
function overridden(args: JsonObject, edits: readonly Edit[]): JsonObject {
  const edited = edits.reduce(withEdit, args)
  return Object.fromEntries(Object.entries(edited).filter(([name, value]) => value !== args[name]))
}

function toolCallResult(step: Step): Verdict {
  const schema = z.looseObject({
    tool,
    request_id_ref: z.string().max(100).optional(),
    exit_status: z.enum(['success', 'failure', 'timeout', 'blocked']),
    outputs: content,
  })
  const { tool: of, request_id_ref: ref, exit_status: status, outputs } = readPayload(schema, step.envelope.params.payload)
  const { host, caller, session } = step
  const open = session.closed(ref)
  const failed = status !== 'success'
  if (open !== undefined)
    host.settled(open.decision, failed ? 'failed' : 'released', { result: status, millis: Math.max(0, host.now() - open.since) })
  const callId = ref ?? step.envelope.params.request_id
  const { root, chain } = session.ancestry
  const result = { outputs: outputs.map(({ value }) => (value ?? null) as Json) }
  const call = { type: 'tool.call', callId, tool: of.name, args: open?.args ?? {} } as const
  const ruling = host.judgeResult({ gate: GATE, caller, hostSession: root, chain, call, result })
  if (ruling?.action === 'withhold') return { decision: 'deny', reasoning: ruling.text, reason_codes: ['result_withheld'] }
  const left = (ruling?.edits ?? []).reduce(withEdit, result as JsonObject)
  emit(step, {
    type: 'context',
    channel: 'tool_result',
    callId,
    tool: of.name,
    text: plain(left['outputs']),
    ...(failed ? { isError: true } : {}),
  })
  if (ruling === undefined || ruling.edits.length === 0) return ALLOW
  const redactions = ruling.edits.map(({ pointer, value }) => ({ path: inPayload(pointer), replacement: value }))
  return { decision: 'modify', reasoning: ruling.text, reason_codes: ['redacted'], modifications: { redactions } }
}

/** `/outputs/0/a` of the values is `/outputs/0/value/a` of the payload. */
function inPayload(pointer: string): string {
  return pointer.replace(/^(\/outputs\/\d+)/, '$1/value')
}

function subagentStart(step: Step): Verdict {
  const schema = z.looseObject({
    subagent_session_id: z.uuid(),
    subagent_intent: z.looseObject({ raw: z.string().optional() }).optional(),
  })
  const { subagent_session_id: child, subagent_intent: intent } = readPayload(schema, step.envelope.params.payload)
  const { chain } = step.session.ancestry
  emit(step, { type: 'delegation', to: child, task: intent?.raw ?? '', ...(chain.length === 0 ? {} : { chain }) })
  step.sessions.delegate(step.session, child)
  return ALLOW
}

function subagentStop(step: Step): Verdict {
  const { subagent_session_id: child } = readPayload(z.looseObject({ subagent_session_id: z.uuid() }), step.envelope.params.payload)
  step.sessions.end(child)
  return ALLOW
}

function sessionEnd(step: Step): Verdict {
  step.sessions.end(step.session.id)
  if (step.session.ancestry.chain.length === 0) step.host.ended(step.caller, step.session.id)
  return ALLOW
}

function textOf(parts: readonly { readonly value?: unknown }[]): string {
  return parts.map(({ value }) => plain(value)).join('\n')
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

import type { Event, Json, JsonObject, ToolCall } from '@assize/kernel'
import type { Caller } from '../platform/caller.ts'
import type { Abandoned, Answer, Conversation, FrontEnd, GateHost, Ruling } from './gate.ts'
import { BLOCKED, blockedResult, errorReply, INVALID_REQUEST, isStateless, objectOf, PARSE_ERROR, textOf } from './mcp-protocol.ts'
import { type Scan, scan } from '../platform/json-scan.ts'
import { type Splice, segmentsOf, splice } from './json-splice.ts'
import { AnswersOut, type Sender } from './mcp-answers-out.ts'
import { isRead, maskedAnswer } from './mcp-masked-results.ts'
import type { Offers } from './mcp-offers.ts'
import { batchRefusal, heldProblem, saysSomething } from './mcp-refusal.ts'
import { observeResult, type Pending } from './mcp-results.ts'
import { requestTexts } from './mcp-texts.ts'
import { waitingSigns } from './mcp-waiting.ts'
import { traceOf } from '../platform/trace-parent.ts'
import { mayHoldUnseen } from './unseen-bytes.ts'

const MOST_PENDING = 10_000

/** Where a conversation takes place. */
export interface Standing extends Sender {
  readonly offers: Offers
}

/** A request that is held. */
interface Held {
  readonly scanned: Scan
  readonly params: JsonObject
  readonly call: ToolCall
  readonly message: Buffer
  /** What is masked in answers that come along with it. */
  readonly leaving: readonly Splice[]
  /** The trace that it belongs to, as its sender says. */
  readonly trace?: string
}

/** An application and an MCP server: knows what was asked, so that it can tell what an answer is. */
export class McpConversation implements Conversation {
  private readonly gate: string
  private readonly caller: Caller
  private readonly host: GateHost
  private readonly server: string
  private readonly offers: Offers
  private readonly callId: () => string
  private readonly pending = new Map<string, Pending>()
  private readonly answersOut: AnswersOut

  constructor({ gate, server, caller, offers, callId }: Standing, host: GateHost) {
    this.answersOut = new AnswersOut({ gate, server, caller, callId }, host)
    this.gate = gate
    this.server = server
    this.caller = caller
    this.offers = offers
    this.callId = callId
    this.host = host
  }

  /** `carried` is the trace that the message came with, where it does not name one itself. */
  intercept(message: Buffer, frontEnd: FrontEnd, abandoned: Abandoned, carried?: string): Answer | Promise<Answer> {
    const scanned = scan(message)
    if (saysSomething(scanned, message)) return this.answerOut(message, scanned)
    const problem = heldProblem(scanned)
    if (problem !== undefined) return this.refuse(scanned, INVALID_REQUEST, problem)
    if (scanned.shape === 'array') {
      this.note('refused', { method: 'batch', why: 'a batch that calls tools, answers a question or is ambiguous' })
      return { action: 'reply', payload: batchRefusal(message) }
    }
    let params: JsonObject
    try {
      params = objectOf(objectOf(JSON.parse(message.toString('utf8')) as Json)['params'])
    } catch {
      return this.refuse(scanned, PARSE_ERROR, 'The message is not valid JSON, so it was not passed on and nothing ran.')
    }
    const call = this.callOf(scanned.method ?? '', params)
    if (call === undefined)
      return this.refuse(
        scanned,
        INVALID_REQUEST,
        `The ${scanned.method} request does not say what it wants, so it was not passed on and nothing ran.`,
      )
    const trace = traceOf(objectOf(params['_meta'])['traceparent']) ?? carried
    const held: Held = { scanned, params, call, message, leaving: [], ...(trace === undefined ? {} : { trace }) }
    const answers = objectOf(params['inputResponses'])
    if (Object.keys(answers).length === 0) return this.judge(held, frontEnd, abandoned)
    return this.answersOut.judgeAll(answers).then(({ blocked, edits }) => {
      if (blocked !== undefined) return this.block(scanned.id, scanned.method ?? '', params, blocked)
      const leaving = edits.map(({ path, value }) => ({ path: ['params', 'inputResponses', ...path], value }))
      return this.judge({ ...held, leaving }, frontEnd, abandoned)
    })
  }

  private judge(held: Held, frontEnd: FrontEnd, abandoned: Abandoned): Answer | Promise<Answer> {
    const { params, call, trace } = held
    const waiting = waitingSigns(params, frontEnd)
    const from = trace === undefined ? {} : { trace }
    const interception = { gate: this.gate, caller: this.caller, call, chain: [], asks: 'held', ...from } as const
    const ruling = this.host.judge(interception, waiting.asked, abandoned)
    return ruling instanceof Promise
      ? ruling.finally(waiting.stop).then((settled) => this.answer(held, settled))
      : this.answer(held, ruling)
  }

  /** What the application answers to a question of the server: as it came, or what goes to the server instead. */
  answerOut(message: Buffer, scanned: Scan): Promise<Answer> {
    return this.answersOut.judge(message, scanned)
  }

  /** What goes on is what is taken in: a secret that was masked was never read. */
  answered(message: Buffer): Answer {
    const changed = this.left(message)
    this.observe('server', changed ?? message)
    return changed === undefined ? { action: 'pass' } : { action: 'replace', payload: changed }
  }

  /** What is left of an answer that is not taken in yet; nothing when it goes on as it came. */
  left(message: Buffer): Buffer | undefined {
    const { host, gate, caller, server, offers } = this
    const held = host.heldResults()
    if (held === 'nothing' || (held === 'unseen' && !mayHoldUnseen(message))) return undefined
    const answer = answerIn(message)
    const id = answer === undefined ? undefined : (rawId(answer['id']) ?? scan(message).id)
    const pending = id === undefined ? undefined : this.pending.get(id)
    if (answer === undefined || id === undefined || pending === undefined || !isRead(pending.method)) return undefined
    const judging = { host, gate, caller, server, schemaOf: (tool: string) => offers.schemas.get(tool) }
    return maskedAnswer({ message, answer, id, pending }, judging)
  }

  observe(from: 'host' | 'server', message: Buffer): void {
    let parsed: Json
    try {
      parsed = JSON.parse(message.toString('utf8')) as Json
    } catch {
      return this.note('unreadable', { from, bytes: message.length })
    }
    const messages = Array.isArray(parsed) ? (parsed as readonly Json[]) : [parsed]
    for (const one of messages) {
      if (from === 'host') this.fromHost(objectOf(one), messages.length === 1 ? scan(message).id : undefined)
      else this.fromServer(objectOf(one), messages.length === 1 ? message : undefined)
    }
  }

  missed(count: number): void {
    this.note('missed', { messages: count })
    this.emit({
      type: 'context',
      channel: 'tool_result',
      server: this.server,
      text: '',
      origin: `${count} messages of ${this.server} that nobody saw`,
      integrity: 'untrusted',
    })
  }

  close(): void {
    this.pending.clear()
  }

  private fromHost(message: JsonObject, id: string | undefined): void {
    const method = textOf(message['method'])
    if (method === undefined) return
    const params = objectOf(message['params'])
    // The result of a task is the result of the call that began it.
    const begun = method === 'tasks/result' ? this.offers.tasks.get(textOf(params['taskId']) ?? '') : undefined
    if (begun !== undefined) return this.remember(id ?? rawId(message['id']), { ...begun, at: this.host.now() })
    this.remember(id ?? rawId(message['id']), {
      method,
      params,
      tool: undefined,
      callId: undefined,
      decision: undefined,
      at: this.host.now(),
    })
  }

  private fromServer(message: JsonObject, bytes: Buffer | undefined): void {
    const method = textOf(message['method'])
    if (method !== undefined) {
      const asked = rawId(message['id']) ?? (bytes === undefined ? undefined : scan(bytes).id)
      if (asked === undefined) return
      this.answersOut.asked(asked, method)
      const text = requestTexts(objectOf(message['params']))
      if (text !== '')
        this.emit({ type: 'context', channel: 'elicitation', server: this.server, origin: `${method} of ${this.server}`, text })
      return
    }
    const id = rawId(message['id']) ?? (bytes === undefined ? undefined : scan(bytes).id)
    const pending = id === undefined ? undefined : this.pending.get(id)
    if (id !== undefined) this.pending.delete(id)
    const task = textOf(objectOf(objectOf(message['result'])['task'])['taskId'])
    if (pending?.method === 'tools/call' && task !== undefined) this.offers.began(task, pending)
    observeResult(message, pending, {
      server: this.server,
      emit: (event) => this.emit(event),
      define: (tools, schemas) => this.offers.define(tools, schemas),
      room: (offered) => this.offers.room(offered),
      settle: (decision, outcome, detail) => this.host.settled(decision, outcome, detail),
      now: this.host.now(),
    })
  }

  private callOf(method: string, params: JsonObject): ToolCall | undefined {
    const name = method === 'tools/call' || method === 'prompts/get' ? textOf(params['name']) : textOf(params['uri'])
    if (name === undefined) return undefined
    const common = {
      type: 'tool.call',
      callId: this.callId(),
      server: this.server,
      cwd: this.caller.cwd,
    } as const
    if (method === 'resources/read') return { ...common, tool: method, args: { uri: name } }
    const args = objectOf(params['arguments'])
    if (method === 'prompts/get') return { ...common, tool: method, args: { name, arguments: args } }
    const definition = this.offers.definitions.get(name)
    return { ...common, tool: name, args, ...(definition === undefined ? {} : { definition }) }
  }

  private answer({ scanned, params, call, message, leaving }: Held, ruling: Ruling): Answer {
    const { id, method = '' } = scanned
    if (ruling.action === 'release') {
      const edits = ruling.edits.map((edit) => ({ path: [...argumentsPath(method), ...segmentsOf(edit.pointer)], value: edit.value }))
      const changed = edits.length === 0 && leaving.length === 0 ? message : splice(message, [...leaving, ...edits])
      if (changed === undefined)
        return this.block(id, method, params, 'Assize could not mask what had to be masked, so the call did not run.')
      this.remember(id, {
        method,
        params,
        tool: call.tool,
        callId: call.callId,
        decision: ruling.followed ? ruling.decision : undefined,
        at: this.host.now(),
      })
      // Where every result is judged, the answer waits; otherwise it does so only where it holds what people do not see.
      const extra = isRead(method) && this.host.heldResults() === 'everything' ? { extra: { result: 'hold' } } : {}
      return changed === message ? { action: 'pass', ...extra } : { action: 'replace', payload: changed, ...extra }
    }
    return this.block(id, method, params, ruling.text)
  }

  private block(id: string | undefined, method: string, params: JsonObject, text: string): Answer {
    if (id === undefined) return { action: 'drop' }
    return {
      action: 'reply',
      payload: method === 'tools/call' ? blockedResult(id, text, isStateless(params)) : errorReply(id, BLOCKED, text),
    }
  }

  private refuse(scanned: Scan, code: number, text: string): Answer {
    this.note('refused', { method: scanned.method ?? '', why: text })
    return { action: 'reply', payload: errorReply(scanned.id, code, text) }
  }

  private remember(id: string | undefined, pending: Pending): void {
    if (id === undefined) return
    if (this.pending.size >= MOST_PENDING) {
      const oldest = this.pending.keys().next()
      if (!oldest.done) this.pending.delete(oldest.value)
    }
    this.pending.set(id, pending)
  }

  private emit(event: Exclude<Event, ToolCall>): void {
    this.host.observe({ gate: this.gate, caller: this.caller, event })
  }

  private note(what: string, detail: JsonObject): void {
    this.host.note(`gate.${what}`, { gate: this.gate, server: this.server, ...detail })
  }
}

/** Numbers whose text JavaScript keeps exactly, and strings; others are read from the bytes. */
function rawId(id: Json | undefined): string | undefined {
  if (typeof id === 'string') return JSON.stringify(id)
  return typeof id === 'number' && Number.isSafeInteger(id) ? String(id) : undefined
}

/** Where a call's arguments stand in the message. */
function argumentsPath(method: string): readonly string[] {
  return method === 'tools/call' ? ['params', 'arguments'] : ['params']
}

/** A message of a server that answers something. */
function answerIn(message: Buffer): JsonObject | undefined {
  try {
    const answer = objectOf(JSON.parse(message.toString('utf8')) as Json)
    return answer['method'] === undefined ? answer : undefined
  } catch {
    return undefined
  }
}

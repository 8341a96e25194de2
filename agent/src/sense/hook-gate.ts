/** The gate at the hooks of any host: what a host says goes in by its description, and so does what it is told. */
import type { Event, JsonObject } from '@assize/kernel'
import type { Caller } from '../platform/caller.ts'
import type { Abandoned, Answer, Conversation, Gate, GateHost, Ruling } from './gate.ts'
import { instead, withEdit } from './hook-edits.ts'
import type { HookCall, HookEvent, HookResult } from './hook-events.ts'
import { denial, type HookAnswer, type HookFacts, type HookPayload, IN_THE_PATH, parsePayload, PROBE } from './hook-facts.ts'
import type { HookInstall } from './hook-install.ts'

/** One host whose hooks hold tool calls. */
export interface HookHost {
  readonly facts: HookFacts
  /** What one payload is about. */
  readonly read: (payload: HookPayload) => HookEvent
  /** Standard output by which the host asks a person. Only for calls whose `asks` is `host`. */
  readonly ask?: (payload: HookPayload, text: string) => string
  /** Standard output by which a call goes on with other arguments; without it such a call is refused. */
  readonly edited?: (payload: HookPayload, args: JsonObject, text: string) => string
  /** How results are changed before the model reads them; without it they go on as they came. */
  readonly results?: HookResults
  /** How the hook gets into the host's configuration. */
  readonly install: HookInstall
}

export interface HookResults {
  /** The member of the payload that holds the result; nothing where that event's cannot be changed. */
  readonly at: (payload: HookPayload) => string | undefined
  /** Standard output by which the model reads something else: the payload with that in the place of the result, and its text. */
  readonly replaced: (changed: HookPayload, text: string) => string
}

const MOST_OPEN_CALLS = 5000

/** Decisions whose call has not reported back, by the host's id of the call. Hook processes come and go; this stays. */
type OpenCalls = Map<string, { readonly decision: string; readonly since: number }>

export function hookGate(host: HookHost): Gate {
  return {
    name: host.facts.client,
    start: (agent) => {
      const open: OpenCalls = new Map()
      return (caller) => new HookConversation(caller, host, agent, open)
    },
  }
}

class HookConversation implements Conversation {
  private readonly caller: Caller
  private readonly host: HookHost
  private readonly agent: GateHost
  private readonly open: OpenCalls

  constructor(caller: Caller, host: HookHost, agent: GateHost, open: OpenCalls) {
    this.caller = caller
    this.host = host
    this.agent = agent
    this.open = open
  }

  private get gate(): string {
    return this.host.facts.client
  }

  /** Rejects on what is no payload of this host: the front-end then refuses on its own. */
  async intercept(message: Buffer, _frontEnd: unknown, abandoned: Abandoned): Promise<Answer> {
    const payload = parsePayload(this.host.facts, message.toString('utf8'))
    if (payload.value[PROBE] === true) return said({ stdout: this.host.facts.quiet, stderr: IN_THE_PATH, exit: 0 })
    const event = this.host.read(payload)
    switch (event.kind) {
      case 'call':
        return this.judge(payload, event, abandoned)
      case 'result':
        return this.result(payload, event)
      case 'prompt':
        this.prompt(payload, event)
        break
      case 'delegation':
        this.emit(payload, { type: 'delegation', to: event.to, task: event.task })
        break
      case 'end':
        if (payload.session !== undefined) this.agent.ended(this.caller, payload.session)
        break
      case 'note':
        this.agent.note(event.subject, { gate: this.gate, ...event.detail })
        break
      case 'nothing':
        break
    }
    return this.quiet()
  }

  observe(): void {
    // Hooks ask about everything; nothing passes by.
  }

  missed(count: number): void {
    this.agent.note('gate.missed', { gate: this.gate, messages: count })
  }

  close(): void {
    // A hook process lives for one event; nothing of it stays.
  }

  private async judge(payload: HookPayload, call: HookCall, abandoned: Abandoned): Promise<Answer> {
    const { callId, tool, server, args, cwd, chain, asks } = call
    const interception = {
      gate: this.gate,
      caller: this.caller,
      chain,
      asks,
      call: {
        type: 'tool.call',
        callId: callId ?? `${this.gate}-${this.agent.now()}`,
        tool,
        ...(server === undefined ? {} : { server }),
        args,
        cwd: cwd ?? this.caller.cwd,
      },
      ...sessionOf(payload),
    } as const
    const ruling = await this.agent.judge(interception, () => undefined, abandoned)
    if (ruling.action !== 'block' && ruling.followed && callId !== undefined) this.remember(callId, ruling.decision)
    return this.answer(payload, call, ruling)
  }

  private answer(payload: HookPayload, call: HookCall, ruling: Ruling): Answer {
    const { ask, edited, facts } = this.host
    if (ruling.action === 'block') return said(denial(facts, payload.event, ruling.text))
    if (ruling.action === 'ask-host') {
      if (call.asks === 'host' && ask !== undefined) return said({ stdout: ask(payload, ruling.text), stderr: '', exit: 0 })
      // A call that nobody can be asked about any more goes the way that the host's own dialog leads it.
      return call.asks === 'nobody' ? this.quiet() : said(denial(facts, payload.event, ruling.text))
    }
    if (ruling.edits.length === 0) return this.quiet()
    if (edited === undefined)
      return said(
        denial(facts, payload.event, `${ruling.text} ${facts.product} lets no hook change a call, so this one did not run.`.trimStart()),
      )
    return said({ stdout: edited(payload, ruling.edits.reduce(withEdit, call.args), ruling.text), stderr: '', exit: 0 })
  }

  private quiet(): Answer {
    return said({ stdout: this.host.facts.quiet, stderr: '', exit: 0 })
  }

  /** What goes on is what is taken in: a secret that was masked was never read. */
  private result(payload: HookPayload, result: HookResult): Answer {
    this.settle(result)
    const ruled = this.ruled(payload, result)
    if (ruled === undefined) {
      this.take(payload, result, result.text)
      return this.quiet()
    }
    const { changed, text, replaced } = ruled
    this.take(payload, result, text)
    return said({ stdout: replaced(changed, text), stderr: '', exit: 0 })
  }

  private settle({ callId, failed }: HookResult): void {
    const open = callId === undefined ? undefined : this.open.get(callId)
    if (open === undefined) return
    const detail: JsonObject = { result: failed ? 'error' : 'ok', millis: Math.max(0, this.agent.now() - open.since) }
    this.open.delete(callId ?? '')
    this.agent.settled(open.decision, failed ? 'failed' : 'released', detail)
  }

  /** The payload as it would be had the tool given back what the ruling leaves of its result. */
  private ruled(
    payload: HookPayload,
    { callId, tool, server, args = {}, text }: HookResult,
  ): { readonly changed: HookPayload; readonly text: string; readonly replaced: HookResults['replaced'] } | undefined {
    const { results } = this.host
    const at = text === '' ? undefined : results?.at(payload)
    const came = at === undefined ? undefined : payload.value[at]
    if (results === undefined || at === undefined || came === undefined) return undefined
    const ruling = this.agent.judgeResult({
      gate: this.gate,
      caller: this.caller,
      ...sessionOf(payload),
      chain: [],
      call: {
        type: 'tool.call',
        callId: callId ?? `${this.gate}-${this.agent.now()}`,
        tool,
        ...(server === undefined ? {} : { server }),
        args,
        cwd: payload.cwd ?? this.caller.cwd,
      },
      result: { [at]: came },
    })
    if (ruling === undefined) return undefined
    const kept = ruling.action === 'withhold'
    const left = kept ? instead({ [at]: came }, ruling.text) : ruling.edits.reduce(withEdit, { [at]: came })
    const changed = { ...payload, value: { ...payload.value, ...left } }
    const event = this.host.read(changed)
    return { changed, text: !kept && event.kind === 'result' ? event.text : ruling.text, replaced: results.replaced }
  }

  private take(payload: HookPayload, { callId, tool, server, origin, failed, heard }: HookResult, text: string): void {
    if (text === '' || heard === true) return
    this.emit(payload, {
      type: 'context',
      channel: 'tool_result',
      tool,
      ...(server === undefined ? {} : { server }),
      ...(callId === undefined ? {} : { callId }),
      ...(origin === undefined ? {} : { origin }),
      text,
      ...(failed ? { isError: true } : {}),
    })
  }

  /** What the host itself writes into the prompt is not the person's word. */
  private prompt(payload: HookPayload, { text, origin }: Extract<HookEvent, { kind: 'prompt' }>): void {
    if (origin === undefined) this.emit(payload, { type: 'prompt', text })
    else this.emit(payload, { type: 'context', channel: 'retrieval', text, origin })
  }

  private emit(payload: HookPayload, event: Parameters<GateHost['observe']>[0]['event'] & Event): void {
    this.agent.observe({ gate: this.gate, caller: this.caller, ...sessionOf(payload), event })
  }

  private remember(callId: string, decision: string): void {
    if (this.open.size >= MOST_OPEN_CALLS) {
      const oldest = this.open.keys().next()
      if (!oldest.done) this.open.delete(oldest.value)
    }
    this.open.set(callId, { decision, since: this.agent.now() })
  }
}

function sessionOf(payload: HookPayload): { readonly hostSession?: string } {
  return payload.session === undefined ? {} : { hostSession: payload.session }
}

function said({ stdout, stderr, exit }: HookAnswer): Answer {
  return { action: 'reply', payload: Buffer.from(stdout), extra: { exit, stderr } }
}

/** The gate at Claude Code's hooks: every tool call before it runs, every result before the model goes on. */
import type { Event, JsonObject, ToolCall } from '@assize/kernel'
import type { Caller } from '../../platform/caller.ts'
import type { Answer, Conversation, Gate, GateHost } from '../gate.ts'
import { NO_OPINION, toolAnswer } from './answers.ts'
import { type HookPayload, parsePayload, toolOf } from './payload.ts'
import { resultOf } from './results.ts'

export const GATE = 'claude-code'
const MOST_OPEN_CALLS = 5000

/** Decisions whose call has not reported back, by Claude's id of the call. Hook processes come and go; this stays. */
type OpenCalls = Map<string, { readonly decision: string; readonly since: number }>

export const claudeCode: Gate = {
  name: GATE,
  start: (host) => {
    const open: OpenCalls = new Map()
    return (caller) => new HookConversation(caller, host, open)
  },
}

class HookConversation implements Conversation {
  private readonly caller: Caller
  private readonly host: GateHost
  private readonly open: OpenCalls

  constructor(caller: Caller, host: GateHost, open: OpenCalls) {
    this.caller = caller
    this.host = host
    this.open = open
  }

  /** Rejects on what is no hook payload: the front-end then exits as Claude Code expects of a broken hook. */
  async intercept(message: Buffer, _frontEnd: unknown, abandoned: AbortSignal): Promise<Answer> {
    const payload = parsePayload(message.toString('utf8'))
    switch (payload.event) {
      case 'PreToolUse':
      case 'PermissionRequest':
        return this.judge(payload, abandoned)
      case 'PostToolUse':
      case 'PostToolUseFailure':
        this.result(payload)
        return NO_OPINION
      case 'UserPromptSubmit':
        this.prompt(payload)
        return NO_OPINION
      case 'SubagentStart':
        this.emit(payload, { type: 'delegation', to: payload.agent ?? 'subagent', task: payload.prompt ?? '' })
        return NO_OPINION
      case 'SessionEnd':
        if (payload.session !== undefined) this.host.ended(this.caller, payload.session)
        return NO_OPINION
      default:
        return NO_OPINION
    }
  }

  observe(): void {
    // Hooks ask about everything; nothing passes by.
  }

  missed(count: number): void {
    this.host.note('gate.missed', { gate: GATE, messages: count })
  }

  close(): void {
    // A hook process lives for one event; nothing of it stays.
  }

  private async judge(payload: HookPayload, abandoned: AbortSignal): Promise<Answer> {
    const asks = payload.event === 'PreToolUse' ? 'host' : 'nobody'
    const interception = {
      gate: GATE,
      caller: this.caller,
      call: this.callOf(payload),
      chain: payload.agent === undefined ? [] : [payload.agent],
      asks,
    } as const
    const ruling = await this.host.judge({ ...interception, ...sessionOf(payload) }, () => undefined, abandoned)
    if (ruling.action !== 'block' && ruling.followed && payload.toolUseId !== undefined) this.remember(payload.toolUseId, ruling.decision)
    return toolAnswer(payload, ruling)
  }

  private callOf(payload: HookPayload): ToolCall {
    return {
      type: 'tool.call',
      callId: payload.toolUseId ?? `${GATE}-${this.host.now()}`,
      ...toolOf(payload.tool),
      args: payload.input,
      cwd: payload.cwd ?? this.caller.cwd,
    }
  }

  private result(payload: HookPayload): void {
    const failed = payload.event === 'PostToolUseFailure'
    const open = payload.toolUseId === undefined ? undefined : this.open.get(payload.toolUseId)
    if (open !== undefined) {
      const detail: JsonObject = { result: failed ? 'error' : 'ok', millis: Math.max(0, this.host.now() - open.since) }
      this.open.delete(payload.toolUseId ?? '')
      this.host.settled(open.decision, failed ? 'failed' : 'released', detail)
    }
    const { text, origin } = resultOf(payload)
    if (text === '') return
    const where = origin === undefined ? {} : { origin }
    const call = payload.toolUseId === undefined ? {} : { callId: payload.toolUseId }
    this.emit(payload, {
      type: 'context',
      channel: 'tool_result',
      ...toolOf(payload.tool),
      ...call,
      ...where,
      text,
      ...(failed ? { isError: true } : {}),
    })
  }

  /** What the host itself writes into the prompt is not the person's word. */
  private prompt(payload: HookPayload): void {
    const text = payload.prompt ?? ''
    if (payload.promptSource === undefined || payload.promptSource === 'user' || payload.promptSource === 'sdk')
      this.emit(payload, { type: 'prompt', text })
    else this.emit(payload, { type: 'context', channel: 'retrieval', text, origin: `prompt from ${payload.promptSource}` })
  }

  private emit(payload: HookPayload, event: Exclude<Event, ToolCall>): void {
    this.host.observe({ gate: GATE, caller: this.caller, ...sessionOf(payload), event })
  }

  private remember(toolUseId: string, decision: string): void {
    if (this.open.size >= MOST_OPEN_CALLS) {
      const oldest = this.open.keys().next()
      if (!oldest.done) this.open.delete(oldest.value)
    }
    this.open.set(toolUseId, { decision, since: this.host.now() })
  }
}

function sessionOf(payload: HookPayload): { readonly hostSession?: string } {
  return payload.session === undefined ? {} : { hostSession: payload.session }
}

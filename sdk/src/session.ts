/** One conversation of a program with its model, under the decisions of the agent on this machine. */
import type { Json, JsonObject } from '@assize/kernel'
import { CallRefused, NoDecision } from './errors.ts'
import { replacedAt } from './replace.ts'
import { defaultSecretFile, readSecret } from './secret.ts'
import { ACS_VERSION, newId, send, type StepResult, type Wire, WireError } from './wire.ts'

export interface SessionOptions {
  /** Who asks, as people know it. Decisions name the program that the system sees asking, and this where it cannot tell. */
  readonly agent: string
  /** The decision API; on the port of ASSIZE_DECISION_API, or 7311, unless given. */
  readonly url?: string
  /** The agent's `api.token`. */
  readonly secretFile?: string
  /** Milliseconds to wait for what needs no person. */
  readonly deadline?: number
}

export interface ToolUse {
  readonly tool: string
  readonly args: JsonObject
  /** MCP server or other namespace of the tool. */
  readonly server?: string
}

/** A call that may run. */
export interface Permit {
  /** What it is to be run with: something may have been masked. */
  readonly args: JsonObject
  /** Tells what came back, and gives what of it the model may read. Throws a `CallRefused` when that is nothing. */
  readonly report: (output: Json, failed?: boolean) => Promise<Json>
}

const METHODS = [
  'sessionStart',
  'userMessage',
  'agentResponse',
  'knowledgeRetrieval',
  'toolCallRequest',
  'toolCallResult',
  'subagentStart',
  'sessionEnd',
].map((name) => `steps/${name}`)
const PORT = '7311'
const DEADLINE_MS = 5000
const NOT_NEGOTIATED = -32_003

/** Where the session of a sub-agent comes from. */
interface Origin {
  readonly parent: Session
  readonly task: string
}

/** Everything waits for its decision, and nothing runs without one: without an agent every method rejects with `NoDecision`. */
export class Session {
  private readonly options: SessionOptions
  private readonly id: string
  private readonly origin: Origin | undefined
  private wire: Promise<Wire> | undefined
  private callMs = DEADLINE_MS

  constructor(options: SessionOptions, id: string = newId(), origin?: Origin) {
    this.options = options
    this.id = id
    this.origin = origin
  }

  /** What the person says. Only this gives calls their authority. */
  async prompt(text: string): Promise<void> {
    await this.step('steps/userMessage', { content: [{ type: 'text', value: text }] })
  }

  /** A text from outside that the model is given without a call, such as what a search index found. */
  async context(text: string, source?: string): Promise<void> {
    const named = source === undefined ? {} : { source: { name: source } }
    await this.step('steps/knowledgeRetrieval', { query: { value: '' }, results: [{ value: text }], ...named })
  }

  /** Throws a `CallRefused` when it may not run. A person may be asked meanwhile. */
  async permit({ tool, args, server }: ToolUse): Promise<Permit> {
    const id = newId()
    const named = { name: tool, ...(server === undefined ? {} : { provider: server }) }
    const payload = { tool: named, arguments: Object.fromEntries(Object.entries(args).map(([name, value]) => [name, { value }])) }
    const result = await this.step('steps/toolCallRequest', payload, id)
    if (result.decision !== 'allow' && result.decision !== 'modify') throw refused(tool, result)
    const overrides = result.modifications?.parameter_overrides
    if (result.decision === 'modify' && overrides === undefined) throw refused(tool, result)
    return { args: { ...args, ...overrides }, report: (output, failed = false) => this.report({ tool, named, ref: id, output, failed }) }
  }

  /** Runs a tool under its decision and gives what of its result the model may read. What the tool throws is reported and thrown on. */
  async run(use: ToolUse, execute: (args: JsonObject) => Promise<Json> | Json): Promise<Json> {
    const { args, report } = await this.permit(use)
    let output: Json
    try {
      output = await execute(args)
    } catch (error) {
      await report(error instanceof Error ? error.message : String(error), true)
      throw error
    }
    return report(output)
  }

  /** Work goes to another agent, which gets a session of its own under this one: what it may do never exceeds what this one may. */
  async delegate(task: string): Promise<Session> {
    const child = new Session(this.options, newId(), { parent: this, task })
    await child.connected()
    return child
  }

  async end(): Promise<void> {
    await this.step('steps/sessionEnd', { reason: 'completed' })
  }

  private async announce(child: string, task: string): Promise<void> {
    await this.step('steps/subagentStart', {
      subagent_session_id: child,
      parent_session_id: this.id,
      parent_step_id: newId(),
      intent_derivation: 'derived_from_parent',
      subagent_intent: { raw: task },
    })
  }

  private async report({
    tool,
    named,
    ref,
    output,
    failed,
  }: {
    readonly tool: string
    readonly named: JsonObject
    readonly ref: string
    readonly output: Json
    readonly failed: boolean
  }): Promise<Json> {
    const outputs = [{ value: output }]
    const result = await this.step('steps/toolCallResult', {
      tool: named,
      request_id_ref: ref,
      exit_status: failed ? 'failure' : 'success',
      outputs,
    })
    if (result.decision === 'allow') return output
    const redactions = result.modifications?.redactions
    if (result.decision !== 'modify' || redactions === undefined) throw refused(tool, result)
    const left = redactions.reduce<Json>((value, { path, replacement = '[REDACTED]' }) => replacedAt(value, path, replacement), { outputs })
    return (left as unknown as { readonly outputs: readonly [{ readonly value: Json }] }).outputs[0].value
  }

  /** Rejects with a `NoDecision` where there is none, whatever the reason. */
  private async step(method: string, payload: JsonObject, id = newId()): Promise<StepResult> {
    try {
      return await this.sent(method, payload, id)
    } catch (error) {
      // An agent that was started again knows nothing of this session: begin it once more, and ask again.
      if (error instanceof WireError && error.code === NOT_NEGOTIATED) return this.sent(method, payload, id).catch(undecided)
      return undecided(error)
    }
  }

  private async sent(method: string, payload: JsonObject, id: string): Promise<StepResult> {
    try {
      return await send(await this.connected(), { method, payload, id, withinMs: this.patience(method) })
    } catch (error) {
      this.wire = undefined
      throw error
    }
  }

  /** Milliseconds: a call may wait for a person. */
  private patience(method: string): number {
    return method === 'steps/toolCallRequest' ? this.callMs : this.deadline
  }

  private get deadline(): number {
    return this.options.deadline ?? DEADLINE_MS
  }

  private connected(): Promise<Wire> {
    this.wire ??= this.begin()
    return this.wire
  }

  private async begin(): Promise<Wire> {
    // Every time: an agent that was started again would take a sub-agent for one that has read nothing.
    await this.origin?.parent.announce(this.id, this.origin.task)
    const {
      agent,
      url = `http://127.0.0.1:${process.env['ASSIZE_DECISION_API'] ?? PORT}/acs`,
      secretFile = defaultSecretFile(),
    } = this.options
    const wire = { url, secret: await readSecret(secretFile), session: this.id, agent }
    const hello = {
      acs_versions_supported: [ACS_VERSION],
      methods_implemented: METHODS,
      transports_supported: ['http'],
      provenance_producer: 'none',
      profiles_supported: ['acs-core'],
    }
    const { payload } = await send(wire, { method: 'handshake/hello', payload: hello, id: newId(), withinMs: this.deadline })
    const { on_decision_failure: failure, timeout_config: timeouts } = (payload ?? {}) as {
      readonly on_decision_failure?: string
      readonly timeout_config?: { readonly per_method_ms?: Readonly<Record<string, number>> }
    }
    if (failure !== 'deny') throw new NoDecision('it did not agree to refuse where no decision comes')
    this.callMs = Math.max(this.deadline, timeouts?.per_method_ms?.['steps/toolCallRequest'] ?? 0)
    return wire
  }
}

function refused(tool: string, { reasoning, reason_codes: codes = [] }: StepResult): CallRefused {
  return new CallRefused(tool, reasoning ?? 'Blocked by Assize.', codes)
}

function undecided(error: unknown): never {
  throw error instanceof WireError ? new NoDecision(error.message, error) : error
}

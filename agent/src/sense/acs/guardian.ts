/** Answers one request of the Agent Control Standard: who asks, whether it is fresh and whole, and then the step. */
import { timingSafeEqual } from 'node:crypto'
import { messageOf } from '../../platform/errors.ts'
import type { Caller } from '../../platform/caller.ts'
import type { GateHost } from '../gate.ts'
import { ACS_ERROR, ACS_VERSION, AcsError, type AcsEnvelope, clientHelloSchema, readEnvelope, readPayload } from './envelope.ts'
import { type AcsSession, AcsSessions } from './sessions.ts'
import { ALGORITHM, covers, sessionKey, signatureOf } from './signature.ts'
import { GATE, STEPS, type Verdict } from './steps.ts'

/** How far a request's time may be from ours. */
const SKEW_MS = 300_000
const DEFAULT_MS = 5000
/** A call may wait for a person. */
const CALL_MS = 120_000

export interface Asking {
  /** The body, parsed. */
  readonly value: unknown
  /** What stood behind `Bearer`; undefined without. */
  readonly bearer: string | undefined
  readonly caller: Caller
  readonly abandoned: AbortSignal
}

export class Guardian {
  private readonly host: GateHost
  private readonly secret: string
  private readonly sessions = new AcsSessions()

  constructor(host: GateHost, secret: string) {
    this.host = host
    this.secret = secret
  }

  /** Never rejects: what cannot be decided is an error, which the client takes for a no. */
  async answer(asking: Asking): Promise<object> {
    let envelope: AcsEnvelope | undefined
    try {
      if (Array.isArray(asking.value)) throw new AcsError(ACS_ERROR.invalidRequest, 'Batches are not taken: send the requests one by one.')
      envelope = readEnvelope(asking.value)
      return await this.serve(envelope, asking)
    } catch (error) {
      const id = envelope?.id ?? idOf(asking.value)
      if (error instanceof AcsError) return { jsonrpc: '2.0', id, error: { code: error.code, message: error.message, data: error.data } }
      this.host.note('gate.failed', { gate: GATE, why: messageOf(error).slice(0, 300) })
      return { jsonrpc: '2.0', id, error: { code: ACS_ERROR.internal, message: `Nothing was decided: ${messageOf(error)}` } }
    }
  }

  private async serve(envelope: AcsEnvelope, asking: Asking): Promise<object> {
    const { method, params } = envelope
    if (method === 'system/ping') return this.signed(envelope, { decision: 'allow', payload: this.pong(params.payload) })
    this.admit(envelope, asking)
    this.fresh(params.timestamp)
    if (method === 'handshake/hello') {
      // The standard's own checks read it from the result itself, older clients from its payload.
      const hello = this.hello(envelope)
      return this.signed(envelope, { decision: 'allow', ...hello, payload: hello })
    }
    const session = this.sessions.get(params.metadata.session_id)
    const step = session?.methods.has(method) === true ? STEPS[method] : undefined
    if (session === undefined || step === undefined)
      throw new AcsError(ACS_ERROR.notNegotiated, `\`${method}\` was not negotiated for this session: begin with handshake/hello.`, {
        method,
      })
    this.once(session, params.request_id)
    const caller = { ...asking.caller, claims: { ...asking.caller.claims, app: params.metadata.agent_name ?? params.metadata.agent_id } }
    const { host, sessions } = this
    const started = performance.now()
    const verdict = await step({ host, caller, sessions, session, envelope, abandoned: asking.abandoned })
    const metadata = { evaluator: 'deterministic', evaluation_duration_ms: Math.round(performance.now() - started) }
    return this.signed(envelope, { ...verdict, chain_hash: session.append(envelope), metadata })
  }

  /** Either the token itself or a signature made with it. A signature that is there must be right. */
  private admit(envelope: AcsEnvelope, { bearer, value }: Asking): void {
    const { signature, metadata } = envelope.params
    if (signature !== undefined) {
      if (covers(signature, withoutSignature(value), sessionKey(this.secret, metadata.session_id))) return
    } else if (bearer !== undefined && same(bearer, this.secret)) return
    const text = 'The request is not signed with the secret of this agent and brings no token of it, so nothing was decided.'
    throw new AcsError(ACS_ERROR.signature, text, { reason: signature === undefined ? 'missing' : 'invalid' })
  }

  private fresh(timestamp: string): void {
    if (Math.abs(Date.parse(timestamp) - this.host.now()) <= SKEW_MS) return
    throw new AcsError(ACS_ERROR.timestamp, 'The time of the request is too far from the time here.', { skew_window_ms: SKEW_MS })
  }

  private once(session: AcsSession, requestId: string): void {
    if (!session.first(requestId, this.host.now(), SKEW_MS))
      throw new AcsError(ACS_ERROR.replay, 'The same request came before, so it was not decided again.')
  }

  private hello({ params }: AcsEnvelope): object {
    const hello = readPayload(clientHelloSchema, params.payload, ACS_ERROR.invalidRequest)
    const major = ACS_VERSION.split('.')[0]
    if (!hello.acs_versions_supported.some((version) => version.split('.')[0] === major))
      throw new AcsError(ACS_ERROR.version, `Only version ${ACS_VERSION} is spoken here.`, { supported_versions: [ACS_VERSION] })
    if (!hello.transports_supported.includes('http'))
      throw new AcsError(ACS_ERROR.refused, 'Only HTTP is spoken here, so the session was refused.', { reason: 'transport' })
    const methods = hello.methods_implemented.filter((method) => Object.hasOwn(STEPS, method) || method === 'system/ping')
    this.sessions.begin(params.metadata.session_id, methods)
    return {
      negotiated_version: ACS_VERSION,
      methods_evaluated: methods,
      selected_transport: 'http',
      signature_algorithms_supported: [ALGORITHM],
      timeout_config: { default_ms: DEFAULT_MS, per_method_ms: { 'steps/toolCallRequest': CALL_MS, 'steps/memoryStore': CALL_MS } },
      // Who gets no answer does nothing. Older drafts of the standard call it by the second name.
      on_decision_failure: 'deny',
      on_timeout: 'deny',
      skew_window_ms: SKEW_MS,
      approver_types_supported: ['human'],
      policy_requires_provenance: false,
      profiles_accepted: hello.profiles_supported.filter((profile) => profile === 'acs-core'),
    }
  }

  private pong(payload: object): object {
    const { echo } = payload as { readonly echo?: unknown }
    return { status: 'ok', server_timestamp: new Date(this.host.now()).toISOString(), ...(typeof echo === 'string' ? { echo } : {}) }
  }

  private signed({ id, params }: AcsEnvelope, verdict: Verdict | object): object {
    const result = { type: 'final', acs_version: ACS_VERSION, request_id: params.request_id, ...verdict }
    const envelope = { jsonrpc: '2.0', id, result }
    return { ...envelope, result: { ...result, signature: signatureOf(envelope, sessionKey(this.secret, params.metadata.session_id)) } }
  }
}

/** The envelope as it was sent: a copy that a schema made may have lost something that was signed. */
function withoutSignature(value: unknown): object {
  const { params, ...rest } = value as { readonly params: Readonly<Record<string, unknown>> }
  const { signature: _, ...unsigned } = params
  return { ...rest, params: unsigned }
}

function idOf(value: unknown): string | number | null {
  const id: unknown = typeof value === 'object' && value !== null && 'id' in value ? value.id : null
  return typeof id === 'string' || typeof id === 'number' ? id : null
}

function same(left: string, right: string): boolean {
  const [given, wanted] = [Buffer.from(left), Buffer.from(right)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** The Agent Control Standard 0.1.0 over HTTP, from the side of the program that asks. */
import { createHmac, hkdfSync, randomUUID, timingSafeEqual } from 'node:crypto'
import { canonicalJson, type Json, type JsonObject } from '@assize/kernel'
import { NoDecision } from './errors.ts'

export const ACS_VERSION = '0.1.0'
const ALGORITHM = 'HMAC-SHA256'
const KEY_BYTES = 32

/** What a step came to. */
export interface StepResult {
  readonly decision: 'allow' | 'deny' | 'modify' | 'ask' | 'defer'
  readonly reasoning?: string
  readonly reason_codes?: readonly string[]
  readonly modifications?: {
    readonly parameter_overrides?: JsonObject
    readonly redactions?: readonly { readonly path: string; readonly replacement?: string }[]
  }
  readonly payload?: JsonObject
}

export interface Wire {
  readonly url: string
  readonly secret: string
  readonly session: string
  readonly agent: string
}

/** The guardian refused the request itself. */
export class WireError extends Error {
  readonly code: number

  constructor(code: number, text: string) {
    super(text)
    this.name = 'WireError'
    this.code = code
  }
}

/** Sends one step. Rejects with a `WireError` for a refusal, and with `NoDecision` for anything that is no signed answer to it. */
export async function send(
  wire: Wire,
  step: { readonly method: string; readonly payload: JsonObject; readonly id: string; readonly withinMs: number },
): Promise<StepResult> {
  const key = Buffer.from(hkdfSync('sha256', wire.secret, Buffer.alloc(KEY_BYTES), wire.session, KEY_BYTES))
  const request = {
    jsonrpc: '2.0',
    id: step.id,
    method: step.method,
    params: {
      acs_version: ACS_VERSION,
      request_id: step.id,
      timestamp: new Date().toISOString(),
      metadata: { agent_id: wire.agent, session_id: wire.session },
      payload: step.payload,
    },
  }
  // Signed, not handed over: whoever else sits on that port learns nothing.
  const signature = { algorithm: ALGORITHM, value: mac(key, request).toString('base64'), key_id: 'default' }
  const answer = await post(wire.url, { ...request, params: { ...request.params, signature } }, step.withinMs)
  if (answer['error'] !== undefined) {
    const { code, message } = answer['error'] as { readonly code: number; readonly message: string }
    throw new WireError(code, message)
  }
  return verified(answer, key, step.id)
}

export const newId = (): string => randomUUID()

async function post(url: string, body: object, withinMs: number): Promise<JsonObject> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.timeout(withinMs),
    })
    return (await response.json()) as JsonObject
  } catch (error) {
    throw new NoDecision(error instanceof Error ? error.message : String(error), error)
  }
}

/** Only who knows the secret can have answered, and only this. */
function verified(answer: JsonObject, key: Buffer, id: string): StepResult {
  const { signature, ...result } = (answer['result'] ?? {}) as Readonly<Record<string, Json>>
  const { value = '' } = (signature ?? {}) as { readonly value?: string }
  const given = Buffer.from(value, 'base64')
  const wanted = mac(key, { ...answer, result })
  if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) throw new NoDecision('the answer is not signed by it')
  if (result['request_id'] !== id) throw new NoDecision('the answer is to something else')
  return result as unknown as StepResult
}

function mac(key: Buffer, envelope: object): Buffer {
  return createHmac('sha256', key).update(canonicalJson(envelope)).digest()
}

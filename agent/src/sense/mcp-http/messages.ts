import type { Json, JsonObject } from '@assize/kernel'

/** One JSON-RPC message, read as far as carrying it needs. */
export interface Message {
  /** As it goes to the host: one line. */
  readonly line: Buffer
  readonly id: string | number | undefined
  readonly method: string | undefined
  readonly params: JsonObject
  readonly result: JsonObject
  readonly isAnswer: boolean
  readonly protocolVersion: string | undefined
  isAnswerTo(request: Message): boolean
}

/** Never throws: what is no message carries nothing but its bytes. */
export function messageFrom(bytes: Buffer): Message {
  const value = parse(bytes)
  const id = value['id']
  const result = objectOf(value['result'])
  const isAnswer = 'result' in value || 'error' in value
  const known = typeof id === 'string' || typeof id === 'number' ? id : undefined
  return {
    // A message may be spread over lines by its sender; to the host a line is a message.
    line: bytes.includes(10) || bytes.includes(13) ? Buffer.from(JSON.stringify(value)) : bytes,
    id: known,
    method: typeof value['method'] === 'string' ? value['method'] : undefined,
    params: objectOf(value['params']),
    result,
    isAnswer,
    protocolVersion: typeof result['protocolVersion'] === 'string' ? result['protocolVersion'] : undefined,
    isAnswerTo: (request) => isAnswer && known === request.id,
  }
}

/** An answer that says what went wrong on the way. */
export function failure(id: string | number, why: string): Buffer {
  return Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32000, message: `Assize could not carry this call: ${why}.` } }))
}

export function objectOf(value: Json | undefined): JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : {}
}

function parse(bytes: Buffer): JsonObject {
  try {
    return objectOf(JSON.parse(bytes.toString('utf8')) as Json)
  } catch {
    return {}
  }
}

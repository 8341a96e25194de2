/** What a client is told instead of an answer, in the protocol's own shapes, so that the model behind it can read why. */
import { randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import type { JsonObject } from '@assize/kernel'
import { objectOf, textOf } from '../mcp-protocol.ts'
import type { Version, Want, Wanted } from './requests.ts'

/** How the client asked. */
export interface Asked {
  readonly binding: 'rpc' | 'rest'
  /** Id as written in the request; absent in REST and for what is no request. */
  readonly id: string | undefined
}

export const INVALID_REQUEST = -32_600
export const UNKNOWN_METHOD = -32_601
const INTERNAL = -32_603

interface Code {
  readonly code: number
  readonly status: number
  readonly name: string
  readonly reason: string
}

const NOT_CANCELABLE: Code = { code: -32_002, status: 400, name: 'FAILED_PRECONDITION', reason: 'TASK_NOT_CANCELABLE' }
const NO_PUSH: Code = { code: -32_003, status: 400, name: 'FAILED_PRECONDITION', reason: 'PUSH_NOTIFICATION_NOT_SUPPORTED' }
const UNSUPPORTED: Code = { code: -32_004, status: 400, name: 'FAILED_PRECONDITION', reason: 'UNSUPPORTED_OPERATION' }
const BY_WANT: Readonly<Record<Want, Code>> = {
  send: UNSUPPORTED,
  cancel: NOT_CANCELABLE,
  notify: NO_PUSH,
  quiet: NO_PUSH,
  read: UNSUPPORTED,
  card: UNSUPPORTED,
}

/** A message, and the status that it is sent with where there is a choice. */
export interface Told {
  readonly status: number
  readonly body: Buffer
}

/** The answer to a call that is not let go: a task that was turned down, and an error where the protocol knows no task. */
export function denial(asked: Asked, { want, version }: Pick<Wanted, 'want' | 'version'>, request: JsonObject, text: string): Told {
  if (want !== 'send') return coded(asked, BY_WANT[want], text)
  const context = textOf(objectOf(request['message'])['contextId'])
  return answered(asked, version === '0.3' && asked.binding === 'rpc' ? olderTask(text, context) : rejectedTask(text, context, version))
}

function olderTask(text: string, context: string | undefined): JsonObject {
  const [id, contextId, messageId] = [randomUUID(), context ?? randomUUID(), randomUUID()]
  const message = { kind: 'message', messageId, role: 'agent', parts: [{ kind: 'text', text }], taskId: id, contextId }
  return { kind: 'task', id, contextId, status: { state: 'rejected', timestamp: new Date().toISOString(), message }, artifacts: [] }
}

/** By REST both versions look alike, but for the name of what a message is made of. */
function rejectedTask(text: string, context: string | undefined, version: Version): JsonObject {
  const [id, contextId, messageId] = [randomUUID(), context ?? randomUUID(), randomUUID()]
  const message = { messageId, role: 'ROLE_AGENT', [version === '0.3' ? 'content' : 'parts']: [{ text }], taskId: id, contextId }
  return { task: { id, contextId, status: { state: 'TASK_STATE_REJECTED', timestamp: new Date().toISOString(), message }, artifacts: [] } }
}

function answered({ binding, id }: Asked, result: JsonObject): Told {
  if (binding === 'rest') return { status: 200, body: Buffer.from(JSON.stringify(result)) }
  return { status: 200, body: Buffer.from(`{"jsonrpc":"2.0","id":${id ?? 'null'},"result":${JSON.stringify(result)}}`) }
}

function coded({ binding, id }: Asked, { code, status, name, reason }: Code, message: string): Told {
  const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason, domain: 'a2a-protocol.org' }]
  if (binding === 'rest') return { status, body: Buffer.from(JSON.stringify({ error: { code: status, status: name, message, details } })) }
  return {
    status: 200,
    body: Buffer.from(`{"jsonrpc":"2.0","id":${id ?? 'null'},"error":${JSON.stringify({ code, message, data: details })}}`),
  }
}

/** Says that a request went nowhere, and why. */
export function failure({ binding, id }: Asked, status: number, text: string, code = status >= 500 ? INTERNAL : INVALID_REQUEST): Told {
  const message = `Assize: ${text}`
  if (binding === 'rpc')
    return { status, body: Buffer.from(`{"jsonrpc":"2.0","id":${id ?? 'null'},"error":${JSON.stringify({ code, message })}}`) }
  const name = status >= 500 ? 'UNAVAILABLE' : status === 404 ? 'NOT_FOUND' : status === 403 ? 'PERMISSION_DENIED' : 'INVALID_ARGUMENT'
  return { status, body: Buffer.from(JSON.stringify({ error: { code: status, status: name, message, details: [] } })) }
}

/** A message as an event of a stream, over as many lines as it has. */
export function dataOf(message: Buffer): string {
  const lines = message.toString('utf8').split(/\r\n|\n|\r/)
  return `${lines.map((line) => `data: ${line}`).join('\n')}\n\n`
}

/** One message as the whole answer; as the last event where a stream was begun already. */
export function tell(response: ServerResponse, { status, body }: Told): void {
  if (response.destroyed) return
  if (response.headersSent) return void response.end(dataOf(body))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': body.length, 'cache-control': 'no-store' }).end(body)
}

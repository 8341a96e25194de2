/** The Responses API over a WebSocket: the same requests and events, one message each, several answers beside each other. */
import type { IncomingMessage } from 'node:http'
import { type RawData, WebSocket } from 'ws'
import type { Caller } from '../../platform/caller.ts'
import { messageOf } from '../../platform/errors.ts'
import type { GateHost } from '../gate.ts'
import { BodyError, MOST_BODY_BYTES } from './bodies.ts'
import type { Conversations } from './conversations.ts'
import type { Dialect } from './dialect.ts'
import { enter } from './enter.ts'
import { endToEnd } from './forward.ts'
import { parseObject, textOf } from './json-shape.ts'
import { prepare } from './prepare.ts'
import type { Route } from './route.ts'
import { SocketLanes } from './socket-lanes.ts'

export interface SocketPassing {
  readonly host: GateHost
  readonly caller: Caller
  readonly conversations: Conversations
  readonly route: Route
  readonly dialect: Dialect
  readonly request: IncomingMessage
}

/** Messages that hold a conversation; others of the client hold none. */
const SPEAKS: ReadonlySet<unknown> = new Set(['response.create', 'response.steer'])
/** The client does not keep up: the model server has to wait. */
const MOST_WAITING = 4 * 1024 * 1024
const CONNECT_MS = 30_000

/** Resolves with the upstream's side once it is open. Rejects with what it said instead. */
export function connect({ route, request }: SocketPassing): Promise<WebSocket> {
  const { origin, target } = route
  const kept = Object.entries(endToEnd(request.headers)).filter(
    ([name]) => name !== 'host' && name !== 'origin' && !name.startsWith('sec-websocket-'),
  )
  const protocols = (request.headers['sec-websocket-protocol'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
  const address = `${origin.protocol === 'https:' ? 'wss:' : 'ws:'}//${origin.host}${target}`
  return new Promise((resolve, reject) => {
    const upstream = new WebSocket(address, protocols, {
      headers: Object.fromEntries(kept.map(([name, value]) => [name, String(value)])),
      handshakeTimeout: CONNECT_MS,
      maxPayload: MOST_BODY_BYTES,
      perMessageDeflate: false,
    })
    upstream.once('open', () => {
      // Nothing is read before somebody looks at it.
      upstream.pause()
      resolve(upstream)
    })
    upstream.once('error', reject)
    upstream.once('unexpected-response', (_question, answer: IncomingMessage) => {
      answer.resume()
      reject(
        new BodyError(answer.statusCode ?? 502, `The model server behind ${origin.origin} did not open a WebSocket (${answer.statusCode})`),
      )
      upstream.terminate()
    })
  })
}

/** Joins a client with an upstream; resolves when both are gone. */
export function joinSockets(passing: SocketPassing, client: WebSocket, upstream: WebSocket): Promise<void> {
  const gone = new AbortController()
  const lanes = new SocketLanes(passing.dialect, {
    send: (text) => {
      client.send(text)
      if (client.bufferedAmount > MOST_WAITING) waitFor(client, upstream)
    },
    fail: (error) => {
      passing.host.note('gate.failed', { gate: 'model-api', why: messageOf(error).slice(0, 300) })
      client.close(1011, 'Assize: the answer could not be read, so it does not go on.')
      upstream.close()
    },
  })
  let before: Promise<void> = Promise.resolve()
  client.on('message', (data, isBinary) => {
    if (isBinary) return client.close(1003, 'Assize: only text can be judged.')
    const bytes = bytesOf(data)
    before = before.then(() => fromClient({ ...passing, abandoned: gone.signal, lanes, client, upstream }, bytes))
  })
  upstream.on('message', (data, isBinary) => {
    if (isBinary) lanes.refuse(new SyntaxError('a message of the model server is no text'))
    else lanes.take(bytesOf(data))
  })
  upstream.resume()
  return new Promise((resolve) => {
    const end = (other: WebSocket) => (code: number, reason: Buffer) => {
      gone.abort()
      // What is judged already goes out before the end.
      void lanes.settled().then(() => {
        other.close(sayable(code), reason.subarray(0, 120).toString('utf8'))
        resolve()
      })
    }
    client.on('close', end(upstream)).on('error', () => client.terminate())
    upstream.on('close', end(client)).on('error', () => upstream.terminate())
  })
}

interface FromClient extends SocketPassing {
  readonly abandoned: AbortSignal
  readonly lanes: SocketLanes
  readonly client: WebSocket
  readonly upstream: WebSocket
}

/** Does not reject: what cannot go on is told to the client as an event of its API. */
async function fromClient(from: FromClient, bytes: Buffer): Promise<void> {
  const { dialect, lanes, client, upstream } = from
  const message = parseObject(bytes.toString('utf8'))
  const lane = textOf(message?.['stream_id'])
  try {
    if (message !== undefined && !SPEAKS.has(message['type'])) return upstream.send(bytes, { binary: false })
    // A ping keeps the connection from being given up while a person thinks.
    const { exchanging, preparing } = enter({ ...from, asked: () => client.ping() }, dialect, bytes)
    const { text } = await prepare(exchanging, preparing)
    lanes.expect(lane, exchanging)
    upstream.send(text ?? bytes.toString('utf8'))
  } catch (error) {
    const status = error instanceof BodyError ? error.status : 500
    const told = `Assize: ${messageOf(error)}; nothing of this request ran. Assize goes on deciding.`
    const event = { type: 'error', status, error: { type: 'assize_gateway', code: String(status), message: told, param: null } }
    client.send(JSON.stringify(lane === undefined ? event : { ...event, stream_id: lane }))
  }
}

function waitFor(client: WebSocket, upstream: WebSocket): void {
  if (upstream.isPaused) return
  upstream.pause()
  const timer = setInterval(() => {
    if (client.bufferedAmount > MOST_WAITING / 4 && client.readyState === WebSocket.OPEN) return
    clearInterval(timer)
    upstream.resume()
  }, 5)
  timer.unref()
}

function bytesOf(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data)
}

/** Some codes only ever stand for a connection that broke. */
function sayable(code: number): number {
  return code === 1005 ? 1000 : code === 1006 || code === 1015 || code < 1000 ? 1011 : code
}

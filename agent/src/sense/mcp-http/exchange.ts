/** One request through the gate: what asks for something to be done is held until it is judged. */
import { isUtf8 } from 'node:buffer'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Caller } from '../../platform/caller.ts'
import { messageOf } from '../../platform/errors.ts'
import { traceOf } from '../../platform/trace-parent.ts'
import { type Scan, scan } from '../../platform/json-scan.ts'
import type { Answer, GateHost } from '../gate.ts'
import type { McpConversation } from '../mcp-conversation.ts'
import { errorReply, HELD_METHODS, INVALID_REQUEST } from '../mcp-protocol.ts'
import { batchRefusal, isHarmlessBatch, messageProblem, saysSomething } from '../mcp-refusal.ts'
import { bringBack, type Coming } from './answers.ts'
import { BodyError, readBody, type Room } from '../http-bodies.ts'
import { type Conversations, GATE } from './conversations.ts'
import { asEvent } from '../event-text.ts'
import { endToEnd, type Forwarder } from '../http-forward.ts'
import { HEADER_MISMATCH, mirrored, mirrorProblem } from './mirror.ts'
import { refuse, say } from './refuse.ts'
import type { Route } from './routes.ts'
import { Waiting } from './waiting.ts'

export interface Passing {
  readonly host: GateHost
  readonly caller: Caller
  readonly conversations: Conversations
  readonly forwarder: Forwarder
  readonly room: Room
  readonly route: Route
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Answers the client in any case; does not reject. */
export async function passThrough(passing: Passing): Promise<void> {
  const { route, request, response } = passing
  try {
    if (request.method === 'POST') await passMessage(passing)
    else await passOn(passing)
  } catch (error) {
    if (response.destroyed) return
    // A broken-off answer must not look like a whole one.
    if (response.headersSent) return void response.destroy()
    if (error instanceof BodyError) return refuse(response, error.status, `${error.message}, so it was not passed on and nothing ran.`)
    refuse(
      response,
      502,
      `The MCP server ${route.server.name} at ${route.server.url.host} did not answer as expected (${messageOf(error)}).`,
    )
  }
}

/** Streams that the server opens by itself, goodbyes, and what browsers ask beforehand. */
async function passOn(passing: Passing): Promise<void> {
  const { caller, conversations, route, request } = passing
  const session = sessionOf(request)
  const server = route.server.name
  const conversation = session === undefined ? conversations.passing(caller, server) : conversations.session(caller, server, session)
  if (request.method === 'DELETE' && session !== undefined) conversations.end(caller, server, session)
  request.resume()
  await forward(passing, { conversation, asked: undefined, body: undefined })
}

async function passMessage(passing: Passing): Promise<void> {
  const { request, response, room } = passing
  const body = await readBody(request, room)
  const scanned: Scan = isUtf8(body) ? scan(body) : { shape: 'scalar', problem: 'not-utf8' }
  const problem = messageProblem(scanned)
  if (problem !== undefined) return reject(passing, scanned, problem)
  const contradiction = mirrorProblem(request.headers, scanned.method, body)
  if (contradiction !== undefined) return reject(passing, scanned, contradiction, HEADER_MISMATCH)
  const conversation = conversationOf(passing)
  if (scanned.shape === 'array') {
    if (!isHarmlessBatch(body, scanned, HELD_METHODS)) {
      note(passing, 'batch', 'a batch that calls tools, answers a question or is ambiguous')
      return say(response, 400, batchRefusal(body))
    }
  } else if (scanned.method !== undefined && HELD_METHODS.has(scanned.method)) return hold(passing, { conversation, scanned, body })
  if (saysSomething(scanned, body)) return answerOut(passing, { conversation, scanned, body })
  conversation.observe('host', body)
  await forward(passing, { conversation, asked: scanned.id, body })
}

interface Held {
  readonly conversation: McpConversation
  readonly scanned: Scan
  readonly body: Buffer
}

async function hold(passing: Passing, { conversation, scanned, body }: Held): Promise<void> {
  const { request, response, route } = passing
  const gone = new AbortController()
  const left = () => gone.abort()
  response.once('close', left)
  const beside = route.server.streams.get(route.target)
  const waiting = new Waiting(response, request.headers.accept, beside)
  const judged = conversation.intercept(body, waiting, gone.signal, traceOf(request.headers['traceparent']))
  const answer: Answer = judged instanceof Promise ? await judged : judged
  response.off('close', left)
  waiting.stop()
  const { action, payload } = answer
  if (action === 'pass' || (action === 'replace' && payload !== undefined))
    return forward(passing, { conversation, asked: scanned.id, body: Buffer.from(payload ?? body), original: body })
  if (payload === undefined) return void response.writeHead(202).end()
  const reply = Buffer.from(payload)
  if (beside !== undefined) {
    beside(asEvent(reply))
    return void response.writeHead(202).end()
  }
  if (response.headersSent) return void response.end(asEvent(reply))
  // A request that cannot be read is refused the way servers refuse it; a decision is an answer like any other.
  say(response, /"error":\{"code":-32[67]00/.test(reply.toString('latin1', 0, 2000)) ? 400 : 200, reply)
}

async function answerOut(passing: Passing, { conversation, scanned, body }: Held): Promise<void> {
  const { payload } = await conversation.answerOut(body, scanned)
  await forward(passing, { conversation, asked: undefined, body: Buffer.from(payload ?? body), original: body })
}

function reject(passing: Passing, scanned: Scan, why: string, code: number = INVALID_REQUEST): void {
  note(passing, scanned.method ?? '', why)
  say(passing.response, 400, errorReply(scanned.id, code, why))
}

function note({ host, route }: Passing, method: string, why: string): void {
  host.note('gate.refused', { gate: GATE, server: route.server.name, method: method.slice(0, 100), why })
}

function conversationOf({ conversations, caller, route, request }: Passing): McpConversation {
  const server = route.server.name
  // In the oldest form of the protocol answers come over a stream of their own, and the address says which.
  const session = sessionOf(request) ?? (route.server.streams.has(route.target) ? route.target : undefined)
  return session === undefined ? conversations.passing(caller, server) : conversations.session(caller, server, session)
}

function sessionOf({ headers }: IncomingMessage): string | undefined {
  const id = headers['mcp-session-id']
  return typeof id === 'string' && id.length <= 1024 ? id : undefined
}

/** Resolves when everything is with the client. */
function forward(
  { forwarder, route, request, response, conversations, caller, host, room }: Passing,
  { conversation, asked, body, original }: Omit<Coming, 'answer'> & { readonly body: Buffer | undefined; readonly original?: Buffer },
): Promise<void> {
  const headers = endToEnd(request.headers)
  const session = (stream: string) => conversations.session(caller, route.server.name, stream)
  return new Promise((resolve, reject) => {
    const back = { route, request, response, host, session, room, resolve, reject }
    forwarder.ask(
      {
        method: request.method ?? 'GET',
        origin: route.server.url,
        target: route.target,
        headers: body === undefined || original === undefined || original === body ? headers : mirrored(headers, original, body),
        body,
        abandoned: (listener) => void response.once('close', listener),
      },
      { head: (answer) => bringBack(back, { conversation, asked, answer }), fail: reject },
    )
  })
}

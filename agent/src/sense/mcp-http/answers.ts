/** What a server answers, brought back to the client as it came and taken in on the way. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { GateHost } from '../gate.ts'
import type { McpConversation } from '../mcp-conversation.ts'
import { BLOCKED, errorReply } from '../mcp-protocol.ts'
import type { AnswerHead } from '../http-answer-head.ts'
import { MOST_BYTES, type Room, wholeBody } from '../http-bodies.ts'
import type { Answer, BodyTaker } from '../http-exchange.ts'
import { GATE } from './conversations.ts'
import { EventReader, type RawEvent } from '../event-reader.ts'
import { asEvent, withData } from '../event-text.ts'
import { endToEnd } from '../http-forward.ts'
import { placeAtGate, type Route } from './routes.ts'
import { challengeAtGate } from './sign-in.ts'

/** Where an answer goes. */
export interface Return {
  readonly route: Route
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly host: GateHost
  readonly room: Room
  /** The conversation whose answers come over a stream of their own. */
  readonly session: (stream: string) => McpConversation
  /** Everything is with the client. */
  readonly resolve: () => void
  /** Nothing has gone out. */
  readonly reject: (error: unknown) => void
}

export interface Coming {
  readonly conversation: McpConversation
  /** Id of the request as written; absent where nothing was asked. */
  readonly asked: string | undefined
  readonly answer: Answer
}

/** Gives what takes the body. Throws for an answer that is none of which anything may go out. */
export function bringBack(back: Return, coming: Coming): BodyTaker {
  const { room, resolve, reject } = back
  const headers = headersBack(back, coming.answer)
  if (isStream(coming.answer)) return streamBack(back, coming, headers)
  const done = (body: Buffer) => {
    try {
      wholeBack(back, coming, { headers, body })
      resolve()
    } catch (error) {
      reject(error)
    }
  }
  return wholeBody(room, done, reject)
}

function wholeBack(
  { request, response }: Return,
  { answer, conversation, asked }: Coming,
  { headers, body: came }: { readonly headers: OutgoingHttpHeaders; readonly body: Buffer },
): void {
  const status = answer.statusCode
  if (request.method === 'HEAD' || status === 204 || status === 304) return void response.writeHead(status, headers).end()
  const message = messageIn(answer, came, asked)
  const left = message === undefined ? undefined : conversation.left(message)
  const seen = left ?? message
  const body = message === came ? (left ?? came) : came
  // A person was asked meanwhile, so the client was given a stream already.
  if (response.headersSent) response.end(seen === undefined ? undefined : asEvent(seen))
  else if (body.length === 0 && answer.headers['content-length'] === undefined) response.writeHead(status, headers).end()
  else response.writeHead(status, { ...headers, 'content-length': body.length }).end(body)
  if (seen !== undefined) conversation.observe('server', seen)
}

/** The message in an answer. What is none but says why something went wrong is read by the model all the same. */
function messageIn(answer: AnswerHead, body: Buffer, asked: string | undefined): Buffer | undefined {
  const { statusCode } = answer
  const type = answer.headers['content-type'] ?? ''
  if (/^application\/json\b/i.test(type) && (statusCode < 300 || /^\s*\{[^]*"jsonrpc"/.test(body.toString('latin1', 0, 2000)))) return body
  if (statusCode < 300 || asked === undefined) return undefined
  return errorReply(asked, BLOCKED, `The server answered ${statusCode}: ${body.toString('utf8', 0, 20_000)}`)
}

function isMessage({ data, name }: RawEvent): boolean {
  return data.length > 0 && (name === '' || name === 'message')
}

function isStream(answer: AnswerHead): boolean {
  return /^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '') && answer.statusCode < 300
}

/** Throws for an answer that would lead the client past the gate, or that cannot be read here. */
function headersBack({ route, request }: Return, answer: AnswerHead): OutgoingHttpHeaders {
  const headers = endToEnd(answer.headers)
  const challenge = answer.headers['www-authenticate']
  if (challenge !== undefined)
    headers['www-authenticate'] = challengeAtGate(challenge, { base: `http://${request.headers.host}`, server: route.server })
  const { location, 'content-encoding': encoding } = answer.headers
  if (encoding !== undefined && encoding !== 'identity')
    throw new Error(`its answer is packed as ${encoding}, although that was not wanted`)
  const status = answer.statusCode
  // What a server says is shown by clients; in a browser it would run in the gate's own name.
  if (!/^(?:application\/json|text\/event-stream|text\/plain)\b/i.test(answer.headers['content-type'] ?? 'text/plain')) {
    headers['content-security-policy'] = "sandbox; default-src 'none'"
    headers['x-content-type-options'] = 'nosniff'
  }
  if (location === undefined || status < 300 || status >= 400) return headers
  const place = placeAtGate(route.server, location, route.target)
  if (place === undefined) throw new Error('it sends its client to another address, which would not stand behind the gate')
  return { ...headers, location: place }
}

/** Events go on whole, as they came. What they say is taken in before anything else can be asked. */
function streamBack(back: Return, { conversation, asked, answer }: Coming, headers: OutgoingHttpHeaders): BodyTaker {
  const { response, host, route } = back
  response.once('close', back.resolve)
  if (!response.headersSent) {
    delete headers['content-length']
    response.writeHead(answer.statusCode, headers)
    response.flushHeaders()
  }
  const reader = new EventReader(MOST_BYTES)
  let talk = conversation
  /** Read by the client, and not taken in yet. */
  const said: Buffer[] = []
  const take = (event: RawEvent): Buffer | string => {
    if (event.name !== 'endpoint') {
      if (!isMessage(event)) return event.raw
      const left = talk.left(event.data)
      said.push(left ?? event.data)
      return left === undefined ? event.raw : withData(event.raw, left)
    }
    const place = placeAtGate(route.server, event.data.toString('utf8'), route.target)
    if (place === undefined) throw new Error('it wants its messages at another address, which would not stand behind the gate')
    const target = place.slice(route.server.name.length + 1)
    route.server.streams.set(target, (text) => void response.write(text))
    talk = back.session(target)
    response.once('close', () => route.server.streams.delete(target))
    return `event: endpoint\ndata: ${place}\n\n`
  }
  const observe = () => said.splice(0).forEach((message) => talk.observe('server', message))
  return {
    piece(bytes) {
      try {
        for (const event of reader.push(Buffer.from(bytes))) response.write(take(event))
        if (response.writableNeedDrain) {
          answer.pause()
          response.once('drain', answer.resume)
        }
        // What was written leaves at the end of this turn; what is read from it must be known before the next one.
        if (said.length > 0) process.nextTick(observe)
      } catch (error) {
        host.note('gate.withheld', { gate: GATE, server: route.server.name, why: String(error).slice(0, 300) })
        if (asked !== undefined)
          response.write(asEvent(errorReply(asked, BLOCKED, `Assize withheld the rest of this answer: ${String(error)}`)))
        answer.destroy()
        response.end()
      }
    },
    end: () => void response.end(),
    fail: () => void response.destroy(),
  }
}

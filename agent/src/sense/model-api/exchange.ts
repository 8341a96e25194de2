/** One request through the gateway: read it, pass it on, and hold the tool calls in its answer. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { Caller } from '../../platform/caller.ts'
import { messageOf } from '../../platform/errors.ts'
import type { GateHost } from '../gate.ts'
import type { AnswerHead } from '../http-answer-head.ts'
import { settledWhole } from './answer.ts'
import { BodyError, decoded, readBody, wholeBody } from './bodies.ts'
import type { Conversations } from './conversations.ts'
import type { Dialect } from './dialect.ts'
import { enter, enterKept } from './enter.ts'
import { endToEnd, type Forwarder, type Forwarding } from './forward.ts'
import { type Exchanging, judgeCalls } from './judging.ts'
import { prepare } from './prepare.ts'
import { anyProblem } from './problems.ts'
import type { Route } from './route.ts'
import { StreamBack } from './stream-back.ts'

export interface Passing {
  readonly host: GateHost
  readonly caller: Caller
  readonly conversations: Conversations
  readonly forwarder: Forwarder
  readonly route: Route
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

/** Answers the client in any case; does not reject. */
export async function passThrough(passing: Passing): Promise<void> {
  const { response } = passing
  const gone = new AbortController()
  response.on('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  try {
    await exchange(passing, gone.signal)
  } catch (error) {
    if (gone.signal.aborted) return
    const { route } = passing
    if (response.headersSent) return breakOff(response, route, error)
    const status = error instanceof BodyError ? error.status : 502
    const text = error instanceof BodyError ? messageOf(error) : `${serverOf(route)} did not answer as expected (${messageOf(error)})`
    refuse(response, { status, text: `${text}; nothing of this request ran. Assize goes on deciding.`, dialect: route.dialect })
  }
}

function serverOf({ origin }: Route): string {
  return `The model server behind ${origin.origin}`
}

/** A broken-off answer must not look like a whole one: its last event says what happened, and its end stays open. */
function breakOff(response: ServerResponse, route: Route, error: unknown): void {
  const { dialect } = route
  if (dialect === undefined || response.writableEnded) return void response.destroy()
  const text = `Assize: the answer of ${serverOf(route)} broke off (${messageOf(error)}); nothing that was still held has gone out. Assize goes on deciding.`
  const problem = JSON.stringify(dialect.problem(502, text))
  const event =
    dialect.framing === 'ndjson' ? `${problem}\n` : `${problem.startsWith('{"type":"error"') ? 'event: error\n' : ''}data: ${problem}\n\n`
  response.write(event, () => response.destroy())
}

interface Problem {
  readonly status: number
  readonly text: string
  readonly dialect: Dialect | undefined
}

/** Clients show the text of an error that has the shape of their API. */
export function refuse(response: ServerResponse, { status, text, dialect }: Problem): void {
  const body = JSON.stringify((dialect?.problem ?? anyProblem)(status, `Assize: ${text}`))
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body)
}

async function exchange(passing: Passing, abandoned: AbortSignal): Promise<void> {
  const { route, request, response, forwarder } = passing
  const { dialect, origin, target } = route
  const method = request.method ?? 'GET'
  const head = {
    method,
    origin,
    target,
    headers: request.headers,
    abandoned: (listener: () => void) => void response.on('close', listener),
  }
  if (dialect === undefined) {
    const answer = await forwarder.open({ ...head, body: request })
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers))
    answer.on('error', () => response.destroy()).pipe(response)
    await once(response, 'close')
    return
  }
  const entering = { ...passing, abandoned, asked: () => keepOpen(response, dialect) }
  const body = await readBody(request)
  if (route.kept !== undefined) {
    const exchanging = enterKept(entering, dialect, route.kept)
    return ask(passing, { ...head, body }, { dialect, exchanging })
  }
  const plain = decoded(body, request.headers['content-encoding'])
  const { exchanging, preparing } = enter(entering, dialect, plain)
  const preparation = prepare(exchanging, preparing)
  const { text, withheld } = preparation instanceof Promise ? await preparation : preparation
  if (withheld.length > 0)
    response.setHeader(
      'assize-withheld',
      withheld
        .join(', ')
        .replaceAll(/[^\x20-\x7e]/g, '?')
        .slice(0, 1000),
    )
  const { 'content-encoding': _packed, ...plainHeaders } = request.headers
  const sent = text === undefined ? { body } : { body: Buffer.from(text), headers: plainHeaders }
  await ask(passing, { ...head, ...sent }, { dialect, exchanging })
}

/** A comment keeps the connection from being given up while a person thinks; streams of lines have none. */
function keepOpen(response: ServerResponse, { framing }: Dialect): void {
  if (response.headersSent && framing === 'sse') response.write(': a person is being asked\n\n')
}

interface Asked {
  readonly dialect: Dialect
  readonly exchanging: Exchanging
}

/** Resolves when everything is with the client. */
function ask({ response, forwarder }: Passing, question: Forwarding<Buffer>, asked: Asked): Promise<void> {
  return new Promise((resolve, reject) => {
    forwarder.ask(question, {
      fail: reject,
      head(answer) {
        const { statusCode } = answer
        const headers = endToEnd(answer.headers)
        const { 'content-encoding': encoding, 'content-type': type = '' } = answer.headers
        if (!isStream(type, asked.dialect) || encoding !== undefined || statusCode >= 300)
          return wholeBody((body) => void bringBack(response, { ...asked, answer, headers, body }).then(resolve, reject), reject)
        delete headers['content-length']
        response.writeHead(statusCode, headers)
        response.flushHeaders()
        return new StreamBack(response, { ...asked, answer, resolve, reject })
      },
    })
  })
}

interface Answered extends Asked {
  readonly answer: AnswerHead
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer
}

async function bringBack(response: ServerResponse, { dialect, exchanging, answer, headers, body }: Answered): Promise<void> {
  const { statusCode } = answer
  if (statusCode >= 300) return void response.writeHead(statusCode, headers).end(body)
  // An upstream that packs its answer although it was asked not to is unpacked here.
  const plain = decoded(body, answer.headers['content-encoding'])
  const settled = await settledWhole(dialect, plain, (calls) => judgeCalls(exchanging, calls))
  exchanging.conversations.answered(exchanging.conversation, settled.id)
  if (settled.body === plain) return void response.writeHead(statusCode, headers).end(body)
  delete headers['content-encoding']
  response.writeHead(statusCode, { ...headers, 'content-length': settled.body.length }).end(settled.body)
}

function isStream(type: string, { framing }: Dialect): boolean {
  return framing === 'sse' ? /^text\/event-stream\b/i.test(type) : /\bndjson\b/i.test(type)
}

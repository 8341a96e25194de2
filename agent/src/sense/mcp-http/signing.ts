/** Requests about signing in: answered from what server and issuer publish, and passed on to the issuer. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { GateHost } from '../gate.ts'
import { BodyError, readBody, type Room, wholeBody } from '../http-bodies.ts'
import { GATE } from './conversations.ts'
import { endToEnd, type Forwarder } from '../http-forward.ts'
import { refuse } from './refuse.ts'
import type { Seen, SignIn, SignInRoute } from './sign-in.ts'
import { isSafe } from './sign-in-metadata.ts'

const MOST_FORM_BYTES = 64 * 1024

export interface Signing {
  readonly host: GateHost
  readonly signIn: SignIn
  readonly forwarder: Forwarder
  readonly room: Room
  readonly route: SignInRoute
  readonly seen: Seen
  readonly request: IncomingMessage
  readonly response: ServerResponse
}

export async function answerSigning(signing: Signing): Promise<void> {
  const { route, seen, request, response, signIn } = signing
  const method = request.method ?? 'GET'
  if (route.kind === 'token')
    return method === 'POST' ? passToken(signing, route.index) : refuse(response, 405, 'Tokens are asked for by POST.')
  if (method !== 'GET' && method !== 'HEAD') return refuse(response, 405, 'This can only be read.')
  if (route.kind === 'authorize') {
    const place = await signIn.authorize(seen, route.index, request.url?.split('?').slice(1).join('?') ?? '')
    if (place === undefined) return unknown(response)
    return void response.writeHead(302, { location: place, 'cache-control': 'no-store' }).end()
  }
  const said = route.kind === 'resource' ? await signIn.resource(seen) : await signIn.issuer(seen, route.index)
  if (said === undefined) return unknown(response)
  const body = JSON.stringify(said)
  response
    .writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), 'cache-control': 'no-store' })
    .end(body)
}

function unknown(response: ServerResponse): void {
  refuse(response, 404, 'The server publishes nothing about signing in there.')
}

async function passToken({ host, signIn, forwarder, room, seen, request, response }: Signing, index: number): Promise<void> {
  const form = await readBody(request, room)
  if (form.length > MOST_FORM_BYTES) throw new BodyError(413, 'The question for a token is too long')
  const asked = await signIn.token(seen, index, form.toString('utf8'))
  if (asked === undefined || !isSafe(asked.url)) return unknown(response)
  host.note('gate.sign-in', { gate: GATE, server: seen.server.name, issuer: asked.url.host })
  const question = {
    method: 'POST',
    origin: asked.url,
    target: `${asked.url.pathname}${asked.url.search}`,
    headers: endToEnd(request.headers),
    body: Buffer.from(asked.body),
    abandoned: (listener: () => void) => void response.once('close', listener),
  }
  await new Promise<void>((resolve, reject) => {
    forwarder.ask(question, {
      fail: reject,
      head({ statusCode, headers }) {
        const done = (body: Buffer) => {
          response.writeHead(statusCode, { ...endToEnd(headers), 'content-length': body.length }).end(body)
          resolve()
        }
        return wholeBody(room, done, reject)
      },
    })
  })
}

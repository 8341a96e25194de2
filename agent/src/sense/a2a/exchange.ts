/** One request through the gate: what hands on a task, stops one, has news sent somewhere or brings something back is held until it is judged. */
import { isUtf8 } from 'node:buffer'
import type { ServerResponse } from 'node:http'
import type { Json, JsonObject, ToolCall } from '@assize/kernel'
import { messageOf } from '../../platform/errors.ts'
import { type Scan, scan } from '../../platform/json-scan.ts'
import { newTraceParent, traceOf } from '../../platform/trace-parent.ts'
import type { Ruling } from '../gate.ts'
import { readBody } from '../http-bodies.ts'
import { endToEnd } from '../http-forward.ts'
import { splice } from '../json-splice.ts'
import { objectOf } from '../mcp-protocol.ts'
import { heldProblem } from '../mcp-refusal.ts'
import { bringBack } from './answers.ts'
import { fingerprintOf } from './card-pins.ts'
import { SEND } from './card-reading.ts'
import { type Exchange, GATE, segments, serverOf } from './passing.ts'
import { type Asked, denial, failure, tell, UNKNOWN_METHOD } from './refusals.ts'
import { callbacksIn, type Want, type Wanted, wantedByMethod, wantedByPath, wordsIn } from './requests.ts'

const SIGN_MS = 5000

/** A request that was read. */
interface Read {
  readonly wanted: Wanted
  readonly asked: Asked
  readonly body: Buffer | undefined
  /** What it says, without the envelope. */
  readonly params: JsonObject
}

let calls = 0

/** Answers the client in any case but for what breaks on the way. */
export async function exchange(ex: Exchange): Promise<void> {
  const read = await readRequest(ex)
  if (read === undefined) return
  const { wanted } = read
  const traceparent = traceParentOf(ex.request.headers['traceparent'], read.params)
  if (wanted.want === 'card') return forward(ex, read, { body: read.body, traceparent })
  const held = await hold(ex, read, traceOf(traceparent))
  if (held !== undefined) await forward(ex, read, { ...held, traceparent })
}

/** Where the request came with no trace, its metadata may name one; otherwise it begins one. */
function traceParentOf(header: string | string[] | undefined, params: JsonObject): string {
  const within = [params, objectOf(params['message'])].map((part) => objectOf(part['metadata'])['traceparent'])
  const named = [header, ...within].find((value) => traceOf(value) !== undefined)
  return named === undefined ? newTraceParent() : String(named)
}

/** `undefined` when it was refused. */
async function readRequest(ex: Exchange): Promise<Read | undefined> {
  const { request, at, path } = ex
  const verb = request.method ?? 'GET'
  const packed = request.headers['content-encoding']
  const type = request.headers['content-type'] ?? ''
  const nobody: Asked = { binding: at.binding, id: undefined }
  if ((packed !== undefined && packed !== 'identity') || /charset\s*=\s*"?(?!utf-?8)/i.test(type))
    return refuse(ex, nobody, {
      status: 415,
      text: 'The message is packed or not written in UTF-8, so it was not passed on and nothing ran.',
    })
  const body = await readBody(request, ex.room)
  const scanned: Scan = body.length === 0 ? { shape: 'object' } : isUtf8(body) ? scan(body) : { shape: 'scalar', problem: 'not-utf8' }
  const asked: Asked = { binding: at.binding, id: scanned.id }
  const problem = heldProblem(scanned) ?? (scanned.shape === 'array' ? BATCH : undefined)
  if (problem !== undefined) return refuse(ex, asked, { status: 400, text: problem })
  const message = body.length === 0 ? {} : objectOf(JSON.parse(body.toString('utf8')) as Json)
  const wanted =
    at.binding === 'rest' ? wantedByPath(verb, path) : verb === 'POST' && path === '' ? wantedByMethod(scanned.method ?? '') : undefined
  if (wanted === undefined) {
    const text = `The gate does not know what ${at.binding === 'rest' ? `${verb} ${path.slice(0, 200)}` : `\`${(scanned.method ?? verb).slice(0, 100)}\``} does, so it was not passed on and nothing ran.`
    return refuse(ex, asked, { status: at.binding === 'rest' ? 404 : 200, text, code: UNKNOWN_METHOD })
  }
  return {
    wanted,
    asked,
    body: body.length === 0 ? undefined : body,
    params: at.binding === 'rest' ? message : objectOf(message['params']),
  }
}

const BATCH = 'Requests in batches cannot be held apart, so none was passed on and nothing ran. Send each by itself.'

function refuse(
  { host, name, response }: Exchange,
  asked: Asked,
  { status, text, code }: { readonly status: number; readonly text: string; readonly code?: number },
): undefined {
  host.note('gate.refused', { gate: GATE, server: serverOf(name), why: text.slice(0, 300) })
  tell(response, code === undefined ? failure(asked, status, text) : failure(asked, status, text, code))
}

/** What goes on, once it may; `undefined` when the client was told that it does not. */
async function hold(
  ex: Exchange,
  read: Read,
  trace: string | undefined,
): Promise<{ readonly body: Buffer | undefined; readonly call: ToolCall; readonly decision: string | undefined } | undefined> {
  const { host, caller, response, known, name, pins } = ex
  const { wanted, params, asked } = read
  const news = TELLS_WHERE.has(wanted.want) ? callbacksIn({ want: wanted.want, request: params }) : []
  if (news === undefined) return refuse(ex, asked, { status: 400, text: TOO_MANY })
  introduce(ex)
  const call = callOf(ex, read, news)
  const waiting = new Waiting(response, wanted.streams)
  const interception = {
    gate: GATE,
    caller,
    chain: [],
    asks: 'held',
    call,
    ...(trace === undefined ? {} : { trace }),
    ...(wanted.want === 'send' ? { handsTo: name } : {}),
  } as const
  const ruling = await host.judge(interception, () => waiting.begin(), waiting.gone.signal)
  waiting.stop()
  if (ruling.action !== 'release') return turnDown(ex, read, ruling.text)
  const body = masked(read, ruling)
  if (body === undefined && read.body !== undefined)
    return turnDown(ex, read, 'Assize could not mask what had to be masked, so the message was not passed on.')
  if (wanted.want === 'send') {
    pins.accept(name, known.definition)
    ex.echoes.keep(caller, name, params['message'])
    handOn(ex, params)
  }
  return { body, call, decision: ruling.followed ? ruling.decision : undefined }
}

function turnDown({ response }: Exchange, { asked, wanted, params }: Read, text: string): undefined {
  if (response.destroyed) return
  const told = denial(asked, wanted, params, text)
  if (!wanted.streams || response.headersSent) {
    tell(response, told)
    return
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
  response.end(`data: ${told.body.toString('utf8')}\n\n`)
}

/** What its card says is known before anything is handed over, and what it said when something last was. */
function introduce({ host, caller, known, name, pins, introduced }: Exchange): void {
  const told = introduced.get(caller) ?? new Set<string>()
  introduced.set(caller, told)
  const now = fingerprintOf(known.definition)
  const key = `card ${name} ${now}`
  if (told.has(key)) return
  told.add(key)
  const pinned = pins.get(name)
  for (const definition of pinned === undefined || fingerprintOf(pinned) === now ? [known.definition] : [pinned, known.definition])
    host.observe({ gate: GATE, caller, event: { type: 'tools.offered', server: serverOf(name), tools: [definition] } })
}

/** Told once: every further message to the same agent goes on with the same work. */
function handOn({ host, caller, name, introduced }: Exchange, params: JsonObject): void {
  const told = introduced.get(caller)
  if (told?.has(`handed ${name}`) === true) return
  told?.add(`handed ${name}`)
  host.observe({ gate: GATE, caller, event: { type: 'delegation', to: name, task: wordsIn(params['message']).text.slice(0, 10_000) } })
}

const TELLS_WHERE: ReadonlySet<Want> = new Set(['send', 'notify'])
const TOOLS = {
  send: SEND,
  cancel: 'tasks/cancel',
  notify: 'tasks/pushNotificationConfig/set',
  quiet: 'tasks/pushNotificationConfig/delete',
  read: 'tasks/get',
} as const

const TOO_MANY =
  'The request names more addresses for news, or more beside them, than can be looked at, so it was not passed on and nothing ran.'

function callOf({ at, caller, known, name, path }: Exchange, { wanted, params }: Read, news: readonly string[]): ToolCall {
  const want = wanted.want as keyof typeof TOOLS
  const places = [...news, ...(want === 'send' ? [at.url.href] : [])]
  const args: JsonObject = {
    agent: name,
    ...(places.length === 0 ? {} : { url: places }),
    ...(at.binding === 'rest' && want !== 'send' ? { task: path } : {}),
    request: params,
  }
  return {
    type: 'tool.call',
    callId: `${GATE}-${(calls += 1)}`,
    tool: TOOLS[want],
    server: serverOf(name),
    args,
    cwd: caller.cwd,
    ...(want === 'send' ? { definition: known.definition } : {}),
  }
}

/** The body with what had to be masked in it; `undefined` when that cannot be done. */
function masked({ asked, body }: Read, { edits }: Ruling): Buffer | undefined {
  if (body === undefined || edits.length === 0) return edits.length === 0 ? body : undefined
  if (!edits.every(({ pointer }) => pointer.startsWith('/request/'))) return undefined
  const above = asked.binding === 'rpc' ? ['params'] : []
  return splice(
    body,
    edits.map(({ pointer, value }) => ({ path: [...above, ...segments(pointer).slice(1)], value })),
  )
}

async function forward(
  ex: Exchange,
  { wanted, asked, params }: Read,
  going: {
    readonly body: Buffer | undefined
    readonly traceparent: string
    readonly call?: ToolCall
    readonly decision?: string | undefined
  },
): Promise<void> {
  const { forwarder, at, path, question, request, response, host, name } = ex
  const { body, traceparent, call, decision } = going
  const started = host.now()
  const settle = (outcome: 'released' | 'failed'): void => {
    if (decision === undefined) return
    host.settled(decision, outcome, { result: outcome === 'failed' ? 'error' : 'ok', millis: Math.max(0, host.now() - started) })
  }
  // Who is gone by now does not know that it went on.
  if (response.destroyed) return settle('failed')
  try {
    const answer = await forwarder.open({
      method: request.method ?? 'POST',
      origin: at.url,
      target: `${at.url.pathname.replace(/\/$/, path === '' ? '/' : '')}${path}${at.url.search === '' ? question : at.url.search}`,
      headers: { ...endToEnd(request.headers), traceparent },
      body,
      abandoned: (listener) => void response.once('close', listener),
    })
    await bringBack(ex, { wanted, asked, params, call, answer, settle })
  } catch (error) {
    settle('failed')
    if (response.destroyed) return
    const text = `The agent ${name} at ${at.url.host} did not answer as expected (${messageOf(error)}).`
    if (response.headersSent && !wanted.streams) return void response.destroy()
    tell(response, failure(asked, 502, text))
  }
}

/** Keeps a client that takes a stream waiting while a person is asked; notices when it does not wait any more. */
class Waiting {
  readonly gone = new AbortController()
  private readonly response: ServerResponse
  private readonly streams: boolean
  private timer: NodeJS.Timeout | undefined
  private readonly left = (): void => this.gone.abort()

  constructor(response: ServerResponse, streams: boolean) {
    this.response = response
    this.streams = streams
    response.once('close', this.left)
  }

  begin(): void {
    if (!this.streams || this.response.headersSent || this.response.destroyed) return
    this.response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
    const sign = () => void this.response.write(': a person is being asked\n\n')
    sign()
    this.timer = setInterval(sign, SIGN_MS)
  }

  stop(): void {
    clearInterval(this.timer)
    this.response.off('close', this.left)
  }
}

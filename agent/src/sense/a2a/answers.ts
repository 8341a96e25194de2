/** What an agent answers, brought back to the client as it came and taken in on the way. */
import { once } from 'node:events'
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Json, JsonObject, ToolCall } from '@assize/kernel'
import type { GateHost } from '../gate.ts'
import { EventReader, type RawEvent } from '../event-reader.ts'
import { withData } from '../event-text.ts'
import { MOST_BYTES, readBody } from '../http-bodies.ts'
import { endToEnd } from '../http-forward.ts'
import { splice } from '../json-splice.ts'
import { objectOf } from '../mcp-protocol.ts'
import { mayHoldUnseen } from '../unseen-bytes.ts'
import { shownCard } from './agent-cards.ts'
import { GATE, segments, serverOf, type Exchange } from './passing.ts'
import { type Asked, dataOf, denial } from './refusals.ts'
import { type Wanted, wordsIn } from './requests.ts'

export interface Coming {
  readonly wanted: Wanted
  readonly asked: Asked
  /** Of the request. */
  readonly params: JsonObject
  /** Absent: the request was not judged. */
  readonly call: ToolCall | undefined
  readonly answer: IncomingMessage
  /** Says what became of the call. */
  readonly settle: (outcome: 'released' | 'failed') => void
}

/** Resolves when everything is with the client. Rejects while nothing of the answer has gone out. */
export async function bringBack(ex: Exchange, coming: Coming): Promise<void> {
  const { response, room } = ex
  const { answer, wanted, settle } = coming
  const status = answer.statusCode ?? 502
  const headers = headersBack(answer)
  if (/^text\/event-stream\b/i.test(answer.headers['content-type'] ?? '') && status < 300) return streamBack(ex, coming, headers)
  const came = await readBody(answer, room)
  const body = wanted.want === 'card' && status < 300 ? await cardBack(ex, coming, came) : (left(ex, coming, came) ?? came)
  settle(status < 300 && !isError(body) ? 'released' : 'failed')
  if (response.headersSent) response.end(body.length === 0 ? undefined : dataOf(body))
  else if (body.length === 0) response.writeHead(status, headers).end()
  else response.writeHead(status, { ...headers, 'content-length': body.length }).end(body)
  take(ex, coming, body)
}

/** Throws for an answer that would lead the client past the gate, or that cannot be read here. */
function headersBack(answer: IncomingMessage): OutgoingHttpHeaders {
  const { 'content-encoding': packed, 'content-type': type } = answer.headers
  const status = answer.statusCode ?? 502
  if (packed !== undefined && packed !== 'identity') throw new Error(`its answer is packed as ${packed}, although that was not wanted`)
  if (status >= 300 && status < 400 && status !== 304)
    throw new Error('it sends its client to another address, which would not stand behind the gate')
  const headers = endToEnd(answer.headers)
  // What an agent says is shown by clients; in a browser it would run in the gate's own name.
  if (!/^(?:application\/(?:[\w.-]+\+)?json|text\/event-stream|text\/plain)\b/i.test(type ?? 'text/plain')) {
    headers['content-security-policy'] = "sandbox; default-src 'none'"
    headers['x-content-type-options'] = 'nosniff'
  }
  return headers
}

/** A card for clients that have signed in leads to the gate like the other. */
async function cardBack({ cards, name, base }: Exchange, { asked }: Coming, came: Buffer): Promise<Buffer> {
  const message = parsed(came)
  const card = asked.binding === 'rpc' ? message['result'] : message
  if (card === undefined) return came
  const shown = shownCard(await cards.check(name, objectOf(card)), base)
  return Buffer.from(JSON.stringify(asked.binding === 'rpc' ? { ...message, result: shown } : shown))
}

function parsed(body: Buffer): JsonObject {
  try {
    return objectOf(JSON.parse(body.toString('utf8')) as Json)
  } catch {
    return {}
  }
}

function isError(body: Buffer): boolean {
  return parsed(body)['error'] !== undefined
}

/** What a policy leaves of an answer; nothing when it goes on as it came. */
function left(ex: Exchange, coming: Coming, message: Buffer): Buffer | undefined {
  const { host, caller, name } = ex
  const { asked, wanted, params } = coming
  const held: ReturnType<GateHost['heldResults']> = host.heldResults()
  if (held === 'nothing' || (held === 'unseen' && !mayHoldUnseen(message))) return undefined
  const answer = parsed(message)
  const result = asked.binding === 'rpc' ? answer['result'] : answer
  if (typeof result !== 'object' || result === null) return undefined
  const call: ToolCall = coming.call ?? {
    type: 'tool.call',
    callId: '',
    tool: 'tasks/get',
    server: serverOf(name),
    args: params,
    cwd: caller.cwd,
  }
  const ruling = host.judgeResult({ gate: GATE, caller, chain: [], call, result: { result } })
  if (ruling === undefined) return undefined
  const changed =
    ruling.action === 'release'
      ? splice(
          message,
          ruling.edits.map(({ pointer, value }) => ({ path: segments(pointer).slice(asked.binding === 'rpc' ? 0 : 1), value })),
        )
      : undefined
  return changed ?? denial(asked, { want: 'send', version: wanted.version }, params, ruling.text).body
}

/** Everything an agent says is text from outside; what nobody can read here counts as text that nobody saw. */
function take({ host, caller, name, echoes }: Exchange, { asked, call }: Coming, message: Buffer): void {
  const answer = parsed(message)
  const error = answer['error']
  const said = asked.binding === 'rpc' ? (error ?? answer['result']) : answer
  const readable = Object.keys(answer).length > 0
  const { text, unseen } = readable
    ? wordsIn(said, echoes.of(caller, name))
    : { text: message.toString('utf8', 0, 1_000_000), unseen: message.length > 1_000_000 }
  const about = { type: 'context', channel: 'tool_result', server: serverOf(name), origin: `the agent ${name}` } as const
  const of = call === undefined ? {} : { tool: call.tool, callId: call.callId }
  if (text !== '') host.observe({ gate: GATE, caller, event: { ...about, ...of, text, ...(error === undefined ? {} : { isError: true }) } })
  if (unseen) host.observe({ gate: GATE, caller, event: { ...about, text: '', integrity: 'untrusted' } })
}

/** Events go on whole, as they came. What they say is taken in before anything else can be asked. */
function streamBack(ex: Exchange, coming: Coming, headers: OutgoingHttpHeaders): Promise<void> {
  const { response, host, name } = ex
  const { answer, settle } = coming
  if (!response.headersSent) {
    delete headers['content-length']
    response.writeHead(answer.statusCode ?? 200, headers)
    response.flushHeaders()
  }
  const reader = new EventReader(MOST_BYTES)
  /** Read by the client, and not taken in yet. */
  const said: Buffer[] = []
  let failed = false
  const pass = (event: RawEvent): Buffer | string => {
    if (event.data.length === 0) return event.raw
    const changed = left(ex, coming, event.data)
    failed ||= isError(event.data)
    said.push(changed ?? event.data)
    return changed === undefined ? event.raw : withData(event.raw, changed)
  }
  const takeAll = () => said.splice(0).forEach((message) => take(ex, coming, message))
  answer.on('data', (chunk: Buffer) => {
    try {
      for (const event of reader.push(chunk)) response.write(pass(event))
      if (response.writableNeedDrain) {
        answer.pause()
        response.once('drain', () => answer.resume())
      }
      if (said.length > 0) process.nextTick(takeAll)
    } catch (error) {
      failed = true
      host.note('gate.withheld', { gate: GATE, server: serverOf(name), why: String(error).slice(0, 300) })
      answer.destroy()
      response.destroy()
    }
  })
  answer.once('end', () => response.end())
  answer.once('error', () => {
    failed = true
    response.destroy()
  })
  response.once('close', () => answer.destroy())
  return once(response, 'close').then(() => {
    takeAll()
    settle(failed ? 'failed' : 'released')
  })
}

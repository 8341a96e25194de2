/** Takes a request into its conversation: what it says is observed, and what came of earlier calls is told. */
import type { IncomingMessage } from 'node:http'
import type { Caller } from '../../platform/caller.ts'
import { scan } from '../../platform/json-scan.ts'
import { traceOf } from '../../platform/trace-parent.ts'
import type { GateHost } from '../gate.ts'
import { BodyError } from './bodies.ts'
import type { Conversations } from './conversations.ts'
import type { Dialect } from './dialect.ts'
import { parseObject, textOf } from './json-shape.ts'
import { type Exchanging, GATE } from './judging.ts'
import type { Preparing } from './prepare.ts'
import type { Route } from './route.ts'
import { judgedResults } from './tool-results.ts'

export interface Entering {
  readonly host: GateHost
  readonly caller: Caller
  readonly conversations: Conversations
  readonly route: Route
  readonly request: Pick<IncomingMessage, 'headers'>
  /** Called when a person is asked about a call of the answer. */
  readonly asked: () => void
  readonly abandoned: AbortSignal
}

export interface Entered {
  readonly exchanging: Exchanging
  readonly preparing: Preparing
}

/** An answer that is asked for by its name: its conversation is the one it came from, if that is known. */
export function enterKept({ host, caller, conversations, asked, abandoned }: Entering, dialect: Dialect, kept: string): Exchanging {
  const { conversation } = conversations.enter(placeOf(caller), dialect.name, { turns: [], tools: [], continues: kept })
  return { host, caller, conversations, conversation, tools: new Map(), asked, abandoned }
}

/** Two parsers that read one request differently would judge one conversation and answer another, so an odd one throws a `BodyError`. */
export function enter(
  { host, caller, conversations, route, request, asked, abandoned }: Entering,
  dialect: Dialect,
  body: Buffer,
): Entered {
  const { problem, shape } = scan(body)
  const source = problem === undefined && shape === 'object' ? body.toString('utf8') : ''
  const value = parseObject(source)
  if (value === undefined) throw new BodyError(400, `The request is no plain JSON object (${problem ?? shape})`)
  const came = dialect.read(value)
  const place = placeOf(caller)
  const judging = { host, caller, conversation: conversations.find(place, dialect.name, came).conversation, gate: GATE }
  const left = judgedResults(judging, { value, source, exchange: came })
  // What goes on is what is taken in: a secret that was masked was never read.
  const kept = left === undefined ? value : (parseObject(left) ?? value)
  const exchange = left === undefined ? came : dialect.read(kept)
  const { conversation, events, returned } = conversations.enter(place, dialect.name, exchange)
  const carried = traceOf(request.headers['traceparent'])
  const trace = carried === undefined ? {} : { trace: carried }
  for (const event of events) host.observe({ gate: GATE, caller, hostSession: conversation.key, ...trace, event })
  for (const { decision, failed, since } of returned)
    host.settled(decision, failed ? 'failed' : 'released', { result: failed ? 'error' : 'ok', millis: Math.max(0, host.now() - since) })
  const tools = new Map(exchange.tools.map((tool) => [tool.name, tool]))
  return {
    exchanging: { host, caller, conversations, conversation, tools, asked, abandoned, ...trace },
    preparing: {
      dialect,
      value: kept,
      source: left ?? source,
      changed: left !== undefined,
      exchange,
      upstream: route.upstream,
      to: route.origin.host,
      leaves: !route.local || /[:-]cloud$/.test(textOf(value['model']) ?? ''),
    },
  }
}

function placeOf({ ancestry, user }: Caller): string {
  const process = ancestry[1]
  return process === undefined ? user : `${process.pid} ${process.started}`
}

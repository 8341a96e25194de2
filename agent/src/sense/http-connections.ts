/** Requests to servers over connections that are kept open in between. */
import type { OutgoingHttpHeaders } from 'node:http'
import type { Socket } from 'node:net'
import { Connection } from './http-connection.ts'
import type { AnswerTaker, Question } from './http-exchange.ts'

export interface Asking {
  readonly method: string
  readonly origin: URL
  /** Path and question. */
  readonly target: string
  readonly headers: OutgoingHttpHeaders
  readonly body: Buffer | undefined
  /**
   * Asks once more over a new connection where a kept one turns out to be closed by the other side just when it is used again: nothing of
   * the request was read then, unless that side broke down over it.
   */
  readonly again: boolean
  /** Calls its listener when nobody waits for the answer any more: it then fails. */
  readonly abandoned: (listener: () => void) => void
}

export interface ConnectionsOptions {
  /** A server that says nothing for so long is given up; 0: never. */
  readonly silentMs: number
  readonly onConnect?: (socket: Socket) => void
}

/** Idle connections to one server that are kept. */
const MOST_IDLE = 64
const METHOD = /^[A-Z]{1,20}$/
const TARGET = /^[\x21-\x7e\x80-\xff]+$/
const NAME = /^[\w!#$%&'*+.^`|~-]+$/
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/

/** What is known of one server. */
interface Known {
  /** The one that was used last is the last. */
  readonly idle: Connection[]
  session: Buffer | undefined
}

export class Connections {
  private readonly options: ConnectionsOptions
  private readonly servers = new Map<string, Known>()
  private readonly open = new Set<Connection>()

  constructor(options: ConnectionsOptions) {
    this.options = options
  }

  /** Throws a `TypeError` for what cannot stand in a request. Follows no redirect. */
  ask(asking: Asking, taker: AnswerTaker): void {
    const question = { method: asking.method, head: headOf(asking), body: asking.body }
    let isOver = false
    let giveUp: (() => void) | undefined
    asking.abandoned(() => {
      isOver = true
      giveUp?.()
    })
    const first = asking.again
      ? {
          head: taker.head.bind(taker),
          fail: (error: Error, unread: boolean) => {
            if (!unread || isOver) return taker.fail(error, unread)
            giveUp = this.connect(asking.origin).ask(question, taker)
          },
        }
      : taker
    giveUp = this.over(asking.origin, question, first)
  }

  close(): void {
    for (const connection of this.open) connection.close()
  }

  private over(origin: URL, question: Question, taker: AnswerTaker): () => void {
    const idle = this.servers.get(origin.origin)?.idle ?? []
    for (let kept = idle.pop(); kept !== undefined; kept = idle.pop()) {
      if (kept.good) return kept.ask(question, taker)
      kept.close()
    }
    return this.connect(origin).ask(question, taker)
  }

  private connect(origin: URL): Connection {
    const known = this.servers.get(origin.origin) ?? { idle: [], session: undefined }
    this.servers.set(origin.origin, known)
    const connection = new Connection({
      origin,
      silentMs: this.options.silentMs,
      session: known.session,
      onSession: (session) => (known.session = session),
      onConnect: (socket) => this.options.onConnect?.(socket),
      onIdle: (idle) => {
        known.idle.push(idle)
        if (known.idle.length > MOST_IDLE) known.idle.shift()?.close()
      },
      onClose: (closed) => {
        this.open.delete(closed)
        const at = known.idle.indexOf(closed)
        if (at >= 0) known.idle.splice(at, 1)
      },
    })
    this.open.add(connection)
    return connection
  }
}

function headOf({ method, origin, target, headers, body }: Asking): string {
  if (!METHOD.test(method) || !TARGET.test(target)) throw new TypeError('the request cannot be written down')
  let text = `${method} ${target} HTTP/1.1\r\nhost: ${origin.host}\r\nconnection: keep-alive\r\n`
  for (const name in headers) {
    const value = headers[name]
    if (value === undefined || OWN.has(name.toLowerCase())) continue
    if (Array.isArray(value)) for (const one of value) text += line(name, one)
    else text += line(name, String(value))
  }
  if (body !== undefined) text += `content-length: ${body.length}\r\n`
  return `${text}\r\n`
}

/** Written here, whatever was given. */
const OWN: ReadonlySet<string> = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'expect'])

function line(name: string, value: string): string {
  if (!NAME.test(name) || !VALUE.test(value)) throw new TypeError(`the header ${name.slice(0, 100)} cannot be written down`)
  return `${name}: ${value}\r\n`
}

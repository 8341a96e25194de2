/** One connection to a server, for one request at a time: what comes is handed on as it is read, with nothing in between. */
import { connect as connectPlain, isIP, type Socket } from 'node:net'
import { connect as connectSecure } from 'node:tls'
import { systemCode } from '../platform/errors.ts'
import { type AnswerTaker, Exchange, type Question } from './http-exchange.ts'

export interface ConnectionOptions {
  readonly origin: URL
  /** A server that says nothing for so long while it is listened to is given up; 0: never. */
  readonly silentMs: number
  /** A session of an earlier connection to the same server. */
  readonly session: Buffer | undefined
  /** Nothing: the one it began with may be what broke it. */
  readonly onSession: (session: Buffer | undefined) => void
  readonly onConnect: (socket: Socket) => void
  /** It can take another request. */
  readonly onIdle: (connection: Connection) => void
  readonly onClose: (connection: Connection) => void
}

const READ_BYTES = 64 * 1024
const MOST_JOINED = 64 * 1024
const KEEP_ALIVE_MS = 1000
/** The other side does not know this connection any more. */
const CLOSED: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE'])

export class Connection {
  private readonly options: ConnectionOptions
  private readonly socket: Socket
  private ready: boolean
  private used = 0
  private current: Exchange | undefined
  /** What came although it was to wait. */
  private waiting: Buffer[] = []
  private paused = false
  private catchingUp = false
  /** The other side has said all. */
  private ended = false
  /** When its server gives it up, milliseconds of a monotonic clock. */
  private goodUntil: number | undefined

  constructor(options: ConnectionOptions) {
    this.options = options
    const { origin, session, silentMs } = options
    const isSecure = origin.protocol === 'https:'
    const host = origin.hostname.replace(/^\[|\]$/g, '')
    const port = Number(origin.port) || (isSecure ? 443 : 80)
    const buffer = Buffer.allocUnsafeSlow(READ_BYTES)
    const callback = (length: number): boolean => {
      this.came(buffer, length)
      return true
    }
    const common = { host, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_MS, onread: { buffer, callback } }
    const named = isIP(host) === 0 ? { servername: host } : {}
    const known = session === undefined ? {} : { session }
    this.socket = isSecure ? connectSecure({ ...common, ...named, ...known, ALPNProtocols: ['http/1.1'] }) : connectPlain(common)
    // Nothing is said to a server before it has shown who it is.
    this.ready = !isSecure
    if (isSecure) {
      this.socket.on('session', options.onSession)
      this.socket.once('secureConnect', () => this.isReady())
    }
    this.socket.once('connect', () => options.onConnect(this.socket))
    if (silentMs > 0) this.socket.setTimeout(silentMs, () => this.silent())
    this.socket.on('end', () => this.over())
    this.socket.on('error', (error) => this.fail(error, CLOSED.has(systemCode(error))))
    this.socket.on('close', () => {
      // All of an answer can have come before it, and wait for who reads it.
      if (this.ended && this.paused && this.current !== undefined) return
      this.fail(new Error('it broke off'), true)
      options.onClose(this)
    })
  }

  /** Whether its server should still be there. */
  get good(): boolean {
    return !this.socket.destroyed && this.current === undefined && (this.goodUntil === undefined || performance.now() < this.goodUntil)
  }

  /** Gives what gives the request up. */
  ask(question: Question, taker: AnswerTaker): () => void {
    const exchange = new Exchange(this, question, taker)
    this.current = exchange
    this.used += 1
    if (this.used > 1) this.socket.ref()
    if (this.ready) this.send(question)
    return () => this.giveUp(exchange)
  }

  /** What is under way is told. */
  close(): void {
    this.fail(new Error('the gate closed'))
    this.shut()
  }

  /** Of the exchange that is under way. */
  pause(exchange: Exchange): void {
    if (this.current !== exchange) return
    this.paused = true
    this.socket.pause()
  }

  resume(exchange: Exchange): void {
    if (this.current !== exchange || !this.paused) return
    this.paused = false
    // Who is handed a piece may pause and go on within it: the pieces still come one after the other.
    if (this.catchingUp) return
    this.catchingUp = true
    try {
      for (let bytes = this.next(); bytes !== undefined; bytes = this.next()) this.came(bytes, bytes.length)
    } finally {
      this.catchingUp = false
    }
    // What was read of it may have paused it again, or ended it.
    if (this.isPaused()) return
    this.socket.resume()
    if (this.ended) this.over()
  }

  private next(): Buffer | undefined {
    return this.paused ? undefined : this.waiting.shift()
  }

  destroy(exchange: Exchange): void {
    if (this.current !== exchange) return
    this.current = undefined
    this.shut()
  }

  private giveUp(exchange: Exchange): void {
    if (this.current === exchange) this.fail(new Error('nobody waits for the answer any more'))
  }

  private isPaused(): boolean {
    return this.paused
  }

  private isReady(): void {
    this.ready = true
    if (this.current !== undefined) this.send(this.current.question)
  }

  private send({ head, body }: Question): void {
    if (body === undefined) return void this.socket.write(head, 'latin1')
    if (body.length > MOST_JOINED) {
      this.socket.cork()
      this.socket.write(head, 'latin1')
      this.socket.write(body)
      return this.socket.uncork()
    }
    const bytes = Buffer.allocUnsafe(head.length + body.length)
    bytes.write(head, 0, 'latin1')
    body.copy(bytes, head.length)
    this.socket.write(bytes)
  }

  private came(bytes: Buffer, length: number): void {
    if (this.paused) return void this.waiting.push(Buffer.from(bytes.subarray(0, length)))
    const { current } = this
    // Who speaks without being asked might be answering an earlier question twice.
    if (current === undefined) return this.shut()
    try {
      current.take(bytes, length)
    } catch (error) {
      return this.fail(error instanceof Error ? error : new Error(String(error)))
    }
    if (current.finished && this.current === current) this.finish(current)
  }

  /** The other side has said all. */
  private over(): void {
    this.ended = true
    const { current } = this
    if (current === undefined) return this.shut()
    if (this.paused || this.waiting.length > 0) return
    if (!current.endsWithConnection) return this.fail(new Error('it broke off'), true)
    this.current = undefined
    this.shut()
    current.end()
  }

  private finish(exchange: Exchange): void {
    this.current = undefined
    const { keeps, goodMs } = exchange
    if (this.paused) this.socket.resume()
    this.paused = false
    if (keeps && this.waiting.length === 0 && this.socket.writableLength === 0 && !this.socket.destroyed && !this.ended) {
      this.goodUntil = goodMs === undefined ? undefined : performance.now() + goodMs
      this.socket.unref()
      this.options.onIdle(this)
    } else this.shut()
    exchange.end()
  }

  private fail(error: Error, closed = false): void {
    const { current, options } = this
    if (!this.ready && options.session !== undefined) options.onSession(undefined)
    this.current = undefined
    this.shut()
    current?.fail(error, closed && this.used > 1)
  }

  private silent(): void {
    const { silentMs } = this.options
    // A server that is kept waiting may well say nothing.
    if (this.paused) this.socket.setTimeout(silentMs)
    else this.fail(new Error(`it said nothing for ${Math.round(silentMs / 1000)} s`))
  }

  private shut(): void {
    this.socket.destroy()
    // It was closed while its answer waited.
    if (this.socket.closed) this.options.onClose(this)
  }
}

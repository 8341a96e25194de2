/** A request over a connection and its answer: finds head and body in what comes, and hands them on. */
import { type AnswerBody, ChunkedBody, CountedBody } from './http-answer-body.ts'
import { AnswerError, type AnswerHead, headOf, mayBecomeHead, MOST_HEAD_BYTES } from './http-answer-head.ts'

export interface Question {
  readonly method: string
  /** With the empty line behind it. */
  readonly head: string
  readonly body: Buffer | undefined
}

/** An answer whose body is on its way. Once it has ended, nothing here has an effect any more. */
export interface Answer extends AnswerHead {
  /** Nothing more is handed over until `resume`. */
  pause(): void
  resume(): void
  /** The rest is not wanted. Nothing is told any more. */
  destroy(): void
}

export interface BodyTaker {
  /** The bytes are there until it returns: what is to be kept must be copied. What it throws comes back as `fail`. */
  piece(bytes: Buffer): void
  end(): void
  fail(error: Error): void
}

export interface AnswerTaker {
  /** The head is there. Gives what takes the body. */
  head(answer: Answer): BodyTaker
  /** There will be no answer. `unread`: the connection had been used before, and its other side closed it without a word. */
  fail(error: Error, unread: boolean): void
}

/** The connection that an exchange goes over. What it is asked about an exchange that is over has no effect. */
export interface Carrier {
  pause(exchange: Exchange): void
  resume(exchange: Exchange): void
  destroy(exchange: Exchange): void
}

/** Heads before the real one. */
const MOST_PRELIMINARY = 16
const HEAD_END = '\r\n\r\n'
/** All heads that may come together, and the end of the last. */
const MOST_LOOKED_AT = (MOST_PRELIMINARY + 1) * (MOST_HEAD_BYTES + HEAD_END.length)

/** A request and its answer. */
export class Exchange {
  readonly question: Question
  private readonly connection: Carrier
  private readonly taker: AnswerTaker
  private head: ReturnType<typeof headOf> | undefined
  /** The beginning of a head that is not all there. */
  private rest: Buffer | undefined
  private preliminary = 0
  private body: AnswerBody | undefined
  private bodyTaker: BodyTaker | undefined
  private begun = false
  private dropped = false

  constructor(connection: Carrier, question: Question, taker: AnswerTaker) {
    this.connection = connection
    this.question = question
    this.taker = taker
  }

  get finished(): boolean {
    return this.body?.done ?? false
  }

  get endsWithConnection(): boolean {
    return typeof this.head?.framing === 'object' && this.head.framing.length === Number.POSITIVE_INFINITY
  }

  get keeps(): boolean {
    return this.head?.keeps === true && this.body?.behind === 0
  }

  /** How long its server says that it keeps the connection, less a second for the way. */
  get goodMs(): number | undefined {
    const hint = this.head?.headers['keep-alive']
    const seconds = /\btimeout=(\d{1,9})/i.exec(String(hint ?? ''))?.[1]
    return seconds === undefined ? undefined : Math.max(0, Number(seconds) - 1) * 1000
  }

  take(came: Buffer, length: number): void {
    this.begun = true
    if (this.body !== undefined) return this.takeBody(came, 0, length)
    let bytes = came.subarray(0, length)
    if (this.rest !== undefined) bytes = Buffer.concat([this.rest, bytes])
    this.rest = undefined
    // As a string it is searched without a call into native code.
    const text = bytes.toString('latin1', 0, MOST_LOOKED_AT)
    for (let from = 0; ; ) {
      const end = text.indexOf(HEAD_END, from)
      if ((end < 0 ? text.length : end) - from > MOST_HEAD_BYTES) throw new AnswerError('the head of its answer is too long')
      if (end < 0) {
        if (!mayBecomeHead(text.slice(from))) throw new AnswerError('its answer does not begin as HTTP does')
        this.rest = Buffer.from(bytes.subarray(from))
        return
      }
      const head = headOf(text.slice(from, end), this.question.method)
      from = end + HEAD_END.length
      if (head.statusCode >= 200) return this.begin(head, bytes, from)
      this.preliminary += 1
      if (head.statusCode === 101 || this.preliminary > MOST_PRELIMINARY) throw new AnswerError('it answers what it was not asked')
    }
  }

  private begin(head: ReturnType<typeof headOf>, bytes: Buffer, from: number): void {
    this.head = head
    this.body = head.framing === 'chunked' ? new ChunkedBody() : new CountedBody(head.framing.length)
    const { statusCode, statusMessage, headers } = head
    this.bodyTaker = this.taker.head({
      statusCode,
      statusMessage,
      headers,
      pause: () => this.connection.pause(this),
      resume: () => this.connection.resume(this),
      destroy: () => this.destroy(),
    })
    this.takeBody(bytes, from, bytes.length)
  }

  private takeBody(bytes: Buffer, from: number, to: number): void {
    const end = (this.body as AnswerBody).read(bytes, from, to)
    if (end > from && !this.dropped) this.bodyTaker?.piece(bytes.subarray(from, end))
  }

  end(): void {
    try {
      this.bodyTaker?.end()
    } catch (error) {
      this.bodyTaker?.fail(error instanceof Error ? error : new Error(String(error)))
    }
  }

  fail(error: Error, closed: boolean): void {
    this.dropped = true
    if (this.bodyTaker === undefined) this.taker.fail(error, closed && !this.begun)
    else this.bodyTaker.fail(error)
  }

  destroy(): void {
    this.dropped = true
    this.connection.destroy(this)
  }
}

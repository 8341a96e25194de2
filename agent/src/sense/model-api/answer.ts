/** Carries a model's answer to the client, with every tool call held until it is judged. */
import { type AnswerReader, changes, type Dialect, type Held, type HeldCall, type Settlement } from './dialect.ts'
import { objectOf } from './json-shape.ts'
import { EventSplitter, MOST_EVENT_BYTES, type StreamEvent } from './stream-events.ts'

/** Judges calls in their order; the answers are in the same order. */
export type Judge = (calls: readonly HeldCall[]) => Promise<readonly Settlement[]>

/** Where bytes for the client go. */
export type Send = (bytes: readonly Buffer[]) => void

/** A whole answer as it may go to the client. What cannot be read cannot hold a call a client would read either, but is not believed: it throws. */
export async function settledWhole(
  dialect: Dialect,
  body: Buffer,
  judge: Judge,
): Promise<{ readonly body: Buffer; readonly id: string | undefined }> {
  const value: unknown = JSON.parse(body.toString('utf8'))
  const answers = Array.isArray(value) ? value : [value]
  const held = answers.map((answer) => dialect.whole(objectOf(answer) ?? {}))
  const settlements = await judge(held.flatMap(({ calls }) => calls))
  const first = objectOf(answers[0])
  const id = first && dialect.answerId(first)
  if (!changes(settlements)) return { body, id }
  let next = 0
  const rewritten = held.map(({ calls, rewrite }) => rewrite(settlements.slice(next, (next += calls.length))))
  return { body: Buffer.from(JSON.stringify(Array.isArray(value) ? rewritten : rewritten[0])), id }
}

/** Events of one answer, as they come. Everything that is no tool call goes on at once, to the byte. */
export class HeldAnswer {
  private readonly reader: AnswerReader
  private readonly judge: Judge
  private readonly send: Send
  private held: StreamEvent[] = []
  private heldBytes = 0

  constructor(dialect: Dialect, judge: Judge, send: Send) {
    this.reader = dialect.reader()
    this.judge = judge
    this.send = send
  }

  get answerId(): string | undefined {
    return this.reader.answerId
  }

  /** How many bytes from the beginning of an event on need not be looked into. */
  calm(bytes: Buffer): number {
    return this.held.length > 0 ? 0 : this.reader.calm(bytes.toString('latin1'))
  }

  /** Passes bytes on that need not be looked into. */
  pass(bytes: Buffer): void {
    this.send([bytes])
  }

  /**
   * Gives a promise only where something must be waited for; no further event may come before it settles.
   * Throws a `SyntaxError` for what cannot be read, and a `RangeError` when a call grows beyond all bounds: nothing of it has gone out then.
   */
  take(events: readonly StreamEvent[], from = 0): Promise<void> | undefined {
    const out: Buffer[] = []
    for (let at = from; at < events.length; at += 1) {
      const event = events[at] as StreamEvent
      const step = this.reader.take(event, this.held)
      if (step.kind === 'judge') {
        // What is ahead of the call need not wait for it.
        if (out.length > 0) this.send(out)
        return this.release(step, event).then(() => this.take(events, at + 1))
      }
      if (step.kind === 'hold' || this.held.length > 0) this.hold(event)
      else out.push(step.kind === 'replace' ? step.bytes : event.raw)
    }
    if (out.length > 0) this.send(out)
    return undefined
  }

  async end(): Promise<void> {
    if (this.held.length === 0) return
    const open = this.reader.end(this.held)
    // What cannot be judged does not go out.
    if (open === undefined) throw new SyntaxError('the answer ends within a tool call')
    const bytes = await this.settled(open, this.held)
    this.held = []
    if (bytes.length > 0) this.send(bytes)
  }

  private async release(held: Held<readonly Buffer[]>, last: StreamEvent): Promise<void> {
    const waiting = [...this.held, last]
    this.held = []
    this.heldBytes = 0
    const bytes = await this.settled(held, waiting)
    if (bytes.length > 0) this.send(bytes)
  }

  private hold(event: StreamEvent): void {
    this.held.push(event)
    this.heldBytes += event.raw.length
    if (this.heldBytes > MOST_EVENT_BYTES) throw new RangeError('a tool call in the answer is larger than 16 MiB')
  }

  private async settled({ calls, rewrite }: Held<readonly Buffer[]>, waiting: readonly StreamEvent[]): Promise<readonly Buffer[]> {
    const settlements = await this.judge(calls)
    return changes(settlements) ? rewrite(settlements) : waiting.map(({ raw }) => raw)
  }
}

const MOST_REST = 65_536

/** An answer that comes as bytes. */
export class StreamedAnswer {
  private readonly splitter: EventSplitter
  private readonly answer: HeldAnswer

  constructor(dialect: Dialect, judge: Judge, send: Send) {
    this.splitter = new EventSplitter(dialect.framing)
    this.answer = new HeldAnswer(dialect, judge, send)
  }

  get answerId(): string | undefined {
    return this.answer.answerId
  }

  /** As `HeldAnswer.take`, for whatever is complete. The bytes of the chunk are there until it returns. */
  push(chunk: Buffer): Promise<void> | undefined {
    const bytes = this.splitter.joined(chunk)
    // An event that is long in coming is not looked at anew with every piece of it.
    const calm = bytes.length - chunk.length > MOST_REST ? 0 : this.answer.calm(bytes)
    if (calm > 0) this.answer.pass(calm === bytes.length ? bytes : bytes.subarray(0, calm))
    if (calm === bytes.length) return undefined
    const rest = bytes.subarray(calm)
    return this.answer.take(this.splitter.push(bytes === chunk ? Buffer.from(rest) : rest, calm > 0))
  }

  async end(): Promise<void> {
    const last = this.splitter.end()
    if (last !== undefined) await this.answer.take([last])
    await this.answer.end()
  }
}

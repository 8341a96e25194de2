/** Answers that come beside each other over one connection, each held by itself. */
import { HeldAnswer } from './answer.ts'
import type { Dialect } from './dialect.ts'
import { textOf } from './json-shape.ts'
import { type Exchanging, judgeCalls } from './judging.ts'
import { dataOf, MOST_EVENT_BYTES, StreamEvent } from './stream-events.ts'

export interface LaneEnds {
  readonly send: (text: string) => void
  /** Called once; nothing more is sent after it. */
  readonly fail: (error: unknown) => void
}

interface Lane {
  /** Requests whose answers have not begun, oldest first. */
  readonly expected: Exchanging[]
  answering: { readonly exchanging: Exchanging; readonly answer: HeldAnswer } | undefined
  /** The last one, which a successor of its answer belongs to. */
  last: Exchanging | undefined
  before: Promise<void>
}

const MOST_LANES = 256

export class SocketLanes {
  private readonly dialect: Dialect
  private readonly ends: LaneEnds
  private readonly lanes = new Map<string, Lane>()
  private failed = false

  constructor(dialect: Dialect, ends: LaneEnds) {
    this.dialect = dialect
    this.ends = ends
  }

  /** A request goes out, and its answer will come in this lane. */
  expect(lane: string | undefined, exchanging: Exchanging): void {
    this.lane(lane).expected.push(exchanging)
  }

  /** A message of the model server. */
  take(bytes: Buffer): void {
    if (this.failed) return
    if (bytes.length > MOST_EVENT_BYTES) return this.refuse(new RangeError('one event of the answer is larger than 16 MiB'))
    try {
      const event = new StreamEvent(bytes, bytes.toString('utf8'))
      const lane = this.lane(textOf(event.body?.['stream_id']))
      lane.before = lane.before.then(() => this.pass(lane, event)).catch((error: unknown) => this.refuse(error))
    } catch (error) {
      this.refuse(error)
    }
  }

  refuse(error: unknown): void {
    if (this.failed) return
    this.failed = true
    this.ends.fail(error)
  }

  /** Settles when what came so far has gone on. */
  async settled(): Promise<void> {
    await Promise.all([...this.lanes.values()].map(({ before }) => before))
  }

  private async pass(lane: Lane, event: StreamEvent): Promise<void> {
    if (this.failed) return
    const type = event.body?.['type']
    if (type === 'response.created') this.begin(lane)
    // Nothing comes of an answer that nobody asked for but what is no call.
    lane.answering ??= this.begin(lane)
    if (lane.answering === undefined) throw new SyntaxError('an answer came that nobody asked for')
    const { answer, exchanging } = lane.answering
    await answer.take([event])
    if (!CLOSING.test(String(type))) return
    await answer.end()
    exchanging.conversations.answered(exchanging.conversation, answer.answerId)
    lane.answering = undefined
  }

  private begin(lane: Lane): Lane['answering'] {
    const exchanging = lane.expected.shift() ?? lane.last
    if (exchanging === undefined) return undefined
    const send = (parts: readonly Buffer[]): void => {
      if (!this.failed) for (const part of parts) this.ends.send(dataOf(part))
    }
    lane.last = exchanging
    lane.answering = { exchanging, answer: new HeldAnswer(this.dialect, (calls) => judgeCalls(exchanging, calls), send) }
    return lane.answering
  }

  private lane(name = ''): Lane {
    const found = this.lanes.get(name)
    if (found !== undefined) return found
    if (this.lanes.size >= MOST_LANES) throw new RangeError('more answers at once than anybody asks for')
    const lane: Lane = { expected: [], answering: undefined, last: undefined, before: Promise.resolve() }
    this.lanes.set(name, lane)
    return lane
  }
}

const CLOSING = /^response\.(?:completed|incomplete|failed)$|^error$/

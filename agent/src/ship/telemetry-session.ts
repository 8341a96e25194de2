import type { Health } from '../platform/health.ts'
import type { HubAccess } from '../platform/hub-access.ts'
import { BATCH_BYTES, makeBatch } from './batch.ts'
import type { EntrySource } from './entry-source.ts'
import { type FromHub, openTelemetry, type TelemetryStream } from './wire.ts'

export interface SessionOptions {
  readonly access: HubAccess
  readonly journal: EntrySource
  readonly agentVersion: string
  readonly health: () => Health
  /** Most bytes without an acknowledgement, whatever the hub allows. */
  readonly windowBytes: number
  readonly now: () => number
  readonly onWelcome: (skewMs: number) => void
}

/** How a session ended. */
export interface SessionEnd {
  /** Empty when it ended in order. */
  readonly problem: string
  /** The hub asked to stay away for so long. */
  readonly stayAwayMs: number
}

/** Commits closer together than this share a batch. */
const GATHER_MS = 5
/** Without an acknowledgement for so long the stream counts as dead. */
const SILENCE_MS = 60_000

/** One telemetry stream from hello to its end: sends what the journal holds, in order, never more than the window unacknowledged. */
export class TelemetrySession {
  readonly ended: Promise<SessionEnd>
  readonly #options: SessionOptions
  readonly #stream: TelemetryStream
  readonly #unsubscribe: () => void
  readonly #inFlight: { readonly lastSeq: number; readonly bytes: number }[] = []
  readonly #watchdog: NodeJS.Timeout
  #finish!: (end: SessionEnd) => void
  #gather: NodeJS.Timeout | undefined
  #epoch = 0
  #cursor = 0
  #inFlightBytes = 0
  #window = 0
  #welcomed = false
  #blocked = false
  #draining = false
  #stayAwayMs = 0
  #problem = ''
  #lastHeard: number

  constructor(options: SessionOptions) {
    this.#options = options
    this.#lastHeard = options.now()
    this.ended = new Promise((resolve) => {
      this.#finish = resolve
    })
    this.#stream = openTelemetry(options.access, {
      message: (message) => this.#hear(message),
      drain: () => {
        this.#blocked = false
        this.#pump()
      },
      end: (problem) => this.#end(problem),
    })
    this.#unsubscribe = options.journal.subscribe(() => this.#pumpSoon())
    this.#watchdog = setInterval(() => this.#watch(), 5_000).unref()
    const { journal, agentVersion } = options
    this.#epoch = journal.epoch()
    this.#stream.write({ type: 'hello', epoch: this.#epoch, lastSeq: journal.head().seq, agentVersion })
  }

  /** Reports how the machine is. Left out while the stream is congested: the next one says it all again. */
  reportHealth(): void {
    if (this.#welcomed && !this.#blocked) this.#blocked = !this.#stream.write({ type: 'health', health: this.#options.health() })
  }

  /** Ends in order: what is on the wire may still be acknowledged. */
  close(): void {
    this.#drainAway()
  }

  #hear(message: FromHub): void {
    this.#lastHeard = this.#options.now()
    switch (message.type) {
      case 'welcome':
        return void this.#welcome(message).catch((error: unknown) => this.#abort(String(error)))
      case 'ack':
        return this.#acknowledge(message.epoch, message.ackedSeq)
      case 'drain':
        this.#stayAwayMs = Math.min(Math.max(0, message.reconnectAfterMs), 3_600_000)
        return this.#drainAway()
    }
  }

  async #welcome(message: Extract<FromHub, { type: 'welcome' }>): Promise<void> {
    const { journal, now } = this.#options
    if (message.ackedSeq > journal.head().seq) {
      // The hub remembers entries that this journal does not have: it was restored from an older copy.
      await journal.renew('restored')
      return this.#abort('The journal was older than what the hub holds, so a new epoch begins.')
    }
    if (message.ackedSeq < journal.prunedSeq()) {
      await journal.renew('forgotten')
      return this.#abort('The hub no longer holds entries that were acknowledged and pruned here, so a new epoch begins.')
    }
    journal.acknowledge(message.ackedSeq)
    this.#cursor = message.ackedSeq
    this.#window = Math.min(Math.max(message.windowBytes, BATCH_BYTES), this.#options.windowBytes)
    this.#welcomed = true
    this.#options.onWelcome(message.hubTime - now())
    this.reportHealth()
    this.#pump()
  }

  #acknowledge(epoch: number, seq: number): void {
    if (epoch !== this.#epoch || this.#options.journal.epoch() !== epoch) return
    if (seq > this.#cursor) return this.#abort('The hub acknowledged entries that were never sent.')
    while (this.#inFlight[0] && this.#inFlight[0].lastSeq <= seq) this.#inFlightBytes -= this.#inFlight.shift()?.bytes ?? 0
    this.#options.journal.acknowledge(seq)
    if (this.#draining && this.#inFlight.length === 0) this.#stream.finish()
    this.#pump()
  }

  #pumpSoon(): void {
    if (this.#gather || !this.#welcomed) return
    this.#gather = setTimeout(() => {
      this.#gather = undefined
      this.#pump()
    }, GATHER_MS)
  }

  #pump(): void {
    const { journal, access } = this.#options
    if (!this.#welcomed || this.#draining) return
    if (journal.epoch() !== this.#epoch) return this.#abort('A new epoch began.')
    while (!this.#blocked && this.#inFlightBytes < this.#window) {
      const batch = makeBatch(this.#epoch, journal.readAfter(this.#cursor, BATCH_BYTES), access.sign)
      if (!batch) return
      if (this.#inFlight.length === 0) this.#lastHeard = this.#options.now()
      this.#cursor = batch.entries.at(-1)?.seq ?? this.#cursor
      this.#inFlight.push({ lastSeq: this.#cursor, bytes: batch.bytes })
      this.#inFlightBytes += batch.bytes
      this.#blocked = !this.#stream.write({ type: 'batch', batch })
    }
  }

  #drainAway(): void {
    if (this.#draining) return
    this.#draining = true
    if (this.#inFlight.length === 0) this.#stream.finish()
    setTimeout(() => this.#stream.cancel(), 2_000).unref()
  }

  #watch(): void {
    const waiting = !this.#welcomed || this.#inFlight.length > 0
    if (waiting && this.#options.now() - this.#lastHeard > SILENCE_MS) this.#abort('The hub has not answered for a minute.')
  }

  #abort(problem: string): void {
    this.#problem = problem
    this.#stream.cancel()
  }

  #end(problem: string): void {
    clearTimeout(this.#gather)
    clearInterval(this.#watchdog)
    this.#unsubscribe()
    this.#finish({ problem: this.#problem || (this.#draining ? '' : problem), stayAwayMs: this.#stayAwayMs })
  }
}

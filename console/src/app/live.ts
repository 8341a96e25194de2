import type { QueryClient } from '@tanstack/react-query'
import type { DecisionSummary } from '../api/types.ts'
import { ANSWER_WORD, isVerdict } from '../design/verdict.tsx'

/** The live stream from the hub: decisions as they arrive, and a nudge for whatever else changed. */

export type LiveState = 'connecting' | 'live' | 'lost'

const FLUSH_EVERY = 250
const REFRESH_EVERY = 2_000
const BUFFER = 500

/** One connection for the whole page. Everything it keeps is bounded; what does not fit is fetched again instead. */
export class LiveStream {
  readonly #client: QueryClient
  readonly #onDecisions = new Set<(decisions: readonly DecisionSummary[]) => void>()
  readonly #onState = new Set<() => void>()
  readonly #stale = new Set<string>()
  #buffer: DecisionSummary[] = []
  #source: EventSource | undefined
  #state: LiveState = 'connecting'
  #flush: ReturnType<typeof setTimeout> | undefined
  #refresh: ReturnType<typeof setTimeout> | undefined

  constructor(client: QueryClient) {
    this.#client = client
  }

  get state(): LiveState {
    return this.#state
  }

  open(): void {
    if (this.#source !== undefined) return
    const source = new EventSource('/api/v1/events')
    this.#source = source
    source.addEventListener('open', () => this.#opened())
    source.addEventListener('error', () => this.#failed(source))
    source.addEventListener('decision', (event) => this.#decision(event))
    for (const subject of ['agent', 'policy', 'model', 'approval'] as const)
      source.addEventListener(subject, () => this.#touch(TOUCHED[subject]))
    source.addEventListener('resync', () => void this.#client.invalidateQueries())
  }

  close(): void {
    this.#source?.close()
    this.#source = undefined
    clearTimeout(this.#flush)
    clearTimeout(this.#refresh)
    this.#flush = undefined
    this.#refresh = undefined
    this.#set('connecting')
  }

  onDecisions(listener: (decisions: readonly DecisionSummary[]) => void): () => void {
    this.#onDecisions.add(listener)
    return () => this.#onDecisions.delete(listener)
  }

  readonly onState = (listener: () => void): (() => void) => {
    this.#onState.add(listener)
    return () => this.#onState.delete(listener)
  }

  #opened(): void {
    const wasLost = this.#state === 'lost'
    this.#set('live')
    if (wasLost) void this.#client.invalidateQueries()
  }

  #failed(source: EventSource): void {
    this.#set('lost')
    if (source.readyState !== EventSource.CLOSED || this.#source !== source) return
    // The browser gave up: signed out, or the hub refused. Asking who we are tells which.
    this.#source = undefined
    void this.#client.invalidateQueries({ queryKey: ['me'] })
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined
      this.open()
    }, 5_000)
  }

  #decision(event: MessageEvent): void {
    const decision = readSummary(event.data)
    if (decision !== undefined && this.#buffer.length < BUFFER) this.#buffer.push(decision)
    this.#flush ??= setTimeout(() => {
      this.#flush = undefined
      const arrived = this.#buffer.toReversed()
      this.#buffer = []
      for (const listener of this.#onDecisions) listener(arrived)
    }, FLUSH_EVERY)
    this.#touch(TOUCHED.decision)
  }

  #touch(keys: readonly string[]): void {
    for (const key of keys) this.#stale.add(key)
    this.#refresh ??= setTimeout(() => {
      this.#refresh = undefined
      const stale = [...this.#stale]
      this.#stale.clear()
      for (const key of stale) void this.#client.invalidateQueries({ queryKey: [key] })
    }, REFRESH_EVERY)
  }

  #set(state: LiveState): void {
    if (this.#state === state) return
    this.#state = state
    for (const listener of this.#onState) listener()
  }
}

const TOUCHED = {
  decision: ['overview', 'session'],
  agent: ['agents', 'agent', 'overview'],
  policy: ['policies', 'agents', 'overview'],
  model: ['models', 'agent'],
  approval: ['approvals', 'overview', 'decisions', 'session'],
} as const

/** Takes one event's data only when it has the shape the list draws. */
export function readSummary(data: unknown): DecisionSummary | undefined {
  if (typeof data !== 'string' || data.length > 100_000) return undefined
  try {
    const value: unknown = JSON.parse(data)
    if (typeof value !== 'object' || value === null) return undefined
    const told = value as Record<string, unknown>
    const texts = ['id', 'title', 'policy', 'at', 'agent', 'hostname', 'session', 'gate', 'app', 'user', 'tool', 'server']
    const whole =
      texts.every((name) => typeof told[name] === 'string') && isVerdict(told['verdict']) && Array.isArray(told['effectClasses'])
    const answer = told['answer']
    const answered = answer === undefined || (typeof answer === 'string' && Object.hasOwn(ANSWER_WORD, answer))
    return whole && answered && typeof told['micros'] === 'number' ? (value as DecisionSummary) : undefined
  } catch {
    return undefined
  }
}

import { fullJitter, pause } from '../platform/full-jitter.ts'
import type { Health } from '../platform/health.ts'
import type { HubAccess, HubAccessSource } from '../platform/hub-access.ts'
import type { EntrySource } from './entry-source.ts'
import type { ShipConfig } from './config.ts'
import { TelemetrySession } from './telemetry-session.ts'

export interface UplinkOptions {
  readonly access: HubAccessSource
  readonly journal: EntrySource
  readonly agentVersion: string
  /** The full picture, asked for whenever a report is due. */
  readonly health: () => Health
  readonly config: ShipConfig
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** 0 to 1. */
  readonly random: () => number
  /** For the log. */
  readonly onProblem?: (problem: string) => void
}

export type LinkState = 'not-enrolled' | 'connecting' | 'connected' | 'waiting'

export interface UplinkState {
  readonly link: LinkState
  readonly hub: string
  /** Why the last connection ended or failed; empty when nothing is wrong. */
  readonly problem: string
  /** Hub clock minus agent clock at the last welcome, milliseconds. */
  readonly skewMs: number
}

/** Clocks further apart than this are a problem to be shown. */
const SKEW_MS = 5 * 60_000
const HEALTH_EVERY_MS = 15_000
const HEALTH_AT_MOST_EVERY_MS = 1_000

/** Keeps one telemetry stream to the hub open for as long as the agent lives. Nothing ever waits for it. */
export class Uplink {
  readonly #options: UplinkOptions
  readonly #stopping = new AbortController()
  readonly #health: NodeJS.Timeout
  readonly #done: Promise<void>
  readonly #unsubscribe: () => void
  #session: TelemetrySession | undefined
  #wake = new AbortController()
  #state: UplinkState = { link: 'not-enrolled', hub: '', problem: '', skewMs: 0 }
  #healthSoon: NodeJS.Timeout | undefined

  constructor(options: UplinkOptions) {
    this.#options = options
    this.#health = setInterval(() => this.#session?.reportHealth(), HEALTH_EVERY_MS).unref()
    this.#unsubscribe = options.access.subscribe(() => this.#reconnect())
    this.#done = this.#run()
  }

  state(): UplinkState {
    return this.#state
  }

  /** Plain sentences that belong into the health report; empty when nothing is wrong. */
  problems(): readonly string[] {
    const minutes = Math.round(Math.abs(this.#state.skewMs) / 60_000)
    if (Math.abs(this.#state.skewMs) < SKEW_MS) return []
    return [
      `The clock of this machine is ${minutes} minutes ${this.#state.skewMs > 0 ? 'behind' : 'ahead of'} the hub's. Decisions are not affected, but times in the records are off; set the clock.`,
    ]
  }

  /** Something that people should know of changed: reports within a second. */
  healthChanged(): void {
    this.#healthSoon ??= setTimeout(() => {
      this.#healthSoon = undefined
      this.#session?.reportHealth()
    }, HEALTH_AT_MOST_EVERY_MS).unref()
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    this.#wake.abort()
    this.#unsubscribe()
    clearInterval(this.#health)
    clearTimeout(this.#healthSoon)
    this.#session?.close()
    await this.#done
  }

  #reconnect(): void {
    this.#wake.abort()
    this.#session?.close()
  }

  async #run(): Promise<void> {
    let attempt = 0
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController()
      const access = this.#options.access.current()
      if (!access) {
        this.#state = { ...this.#state, link: 'not-enrolled', hub: '', problem: '' }
        await pause(3_600_000, this.#wake.signal)
        continue
      }
      const { welcomed, stayAwayMs } = await this.#connect(access)
      if (this.#stopping.signal.aborted) return
      attempt = welcomed ? 0 : attempt + 1
      await pause(stayAwayMs + fullJitter(attempt, this.#options.random), this.#wake.signal)
    }
  }

  async #connect(access: HubAccess): Promise<{ welcomed: boolean; stayAwayMs: number }> {
    const { journal, config, now, agentVersion, health } = this.#options
    let welcomed = false
    this.#state = { ...this.#state, link: 'connecting', hub: access.address }
    try {
      if (!(await journal.bindAgent(access.agentId))) {
        await journal.renew('other-agent')
        await journal.bindAgent(access.agentId)
      }
      const onWelcome = (skewMs: number) => {
        welcomed = true
        this.#state = { link: 'connected', hub: access.address, problem: '', skewMs }
      }
      this.#session = new TelemetrySession({ access, journal, agentVersion, health, windowBytes: config.windowBytes, now, onWelcome })
      const end = await this.#session.ended
      this.#note(access, end.problem)
      return { welcomed, stayAwayMs: end.stayAwayMs }
    } catch (error) {
      this.#note(access, error instanceof Error ? error.message : String(error))
      return { welcomed, stayAwayMs: 0 }
    } finally {
      this.#session = undefined
    }
  }

  #note(access: HubAccess, cause: string): void {
    const problem =
      cause === ''
        ? ''
        : `The hub at ${access.address} cannot be reached (${cause}). This machine is still protected by its own policy; records wait here until the hub is back.`
    if (problem !== '' && problem !== this.#state.problem) this.#options.onProblem?.(problem)
    this.#state = { ...this.#state, link: 'waiting', problem }
  }
}

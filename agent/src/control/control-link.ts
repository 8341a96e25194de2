import { fullJitter, pause } from '../platform/full-jitter.ts'
import type { HubAccess, HubAccessSource } from '../platform/hub-access.ts'
import type { ApprovalAnswer, ApprovalQuestion, ApprovalResolution, BundleReport } from './control-messages.ts'
import type { ModelHolder } from './models/model-holder.ts'
import type { PolicyHolder } from './policy-holder.ts'
import { type ControlStream, fetchBundle, type FromHub, openControl } from './wire.ts'

export interface ControlLinkOptions {
  readonly access: HubAccessSource
  readonly policies: PolicyHolder
  /** One for each task that models have here. */
  readonly models: readonly ModelHolder[]
  /** The hub asks for a new certificate. */
  readonly rotate: () => Promise<boolean>
  /** A person at the hub answered a question. */
  readonly onAnswer: (answer: ApprovalAnswer) => void
  /** A bundle came into force, was refused or taken back. */
  readonly onBundle?: (report: BundleReport) => void
  /** 0 to 1. */
  readonly random: () => number
}

const MOST_QUESTIONS = 200
/** How often the hub hears how models fare, where that changed. */
const FIGURES_MS = 30_000

/** Keeps one control stream to the hub open: the only way in, and everything that comes through it is checked. */
export class ControlLink {
  readonly #options: ControlLinkOptions
  readonly #stopping = new AbortController()
  readonly #questions = new Map<string, ApprovalQuestion>()
  readonly #unsubscribe: readonly (() => void)[]
  readonly #figures: NodeJS.Timeout
  readonly #told = new Map<string, string>()
  readonly #done: Promise<void>
  #wake = new AbortController()
  #stream: ControlStream | undefined
  #stayAwayMs = 0

  constructor(options: ControlLinkOptions) {
    this.#options = options
    this.#unsubscribe = [
      options.access.subscribe(() => this.#reconnect()),
      ...options.models.map((holder) => holder.subscribe(() => this.#tellModels(holder))),
    ]
    this.#figures = setInterval(() => {
      for (const holder of options.models) this.#tellModels(holder)
    }, FIGURES_MS).unref()
    this.#done = this.#run()
  }

  /** Asks people at the hub. Asked again after a reconnection, until it is resolved. */
  ask(question: ApprovalQuestion): void {
    if (this.#questions.size >= MOST_QUESTIONS) return
    this.#questions.set(question.approvalId, question)
    this.#stream?.write({ type: 'question', question })
  }

  /** A question needs no answer any more. */
  resolved(resolution: ApprovalResolution): void {
    this.#questions.delete(resolution.approvalId)
    this.#stream?.write({ type: 'resolved', resolution })
  }

  /** Tells the hub what became of a bundle. */
  reportBundle(report: BundleReport): void {
    this.#stream?.write({ type: 'state', report })
  }

  /** Which models run and how they fare; once, until it changes. */
  #tellModels(holder: ModelHolder): void {
    const report = holder.report()
    const { at: _at, ...said } = report
    const key = JSON.stringify(said)
    if (this.#stream === undefined || this.#told.get(holder.task) === key) return
    this.#told.set(holder.task, key)
    const taken = holder.takenBackReport()
    if (taken !== undefined) this.reportBundle(taken)
    this.#stream.write({ type: 'models', report })
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    for (const unsubscribe of this.#unsubscribe) unsubscribe()
    clearInterval(this.#figures)
    this.#reconnect()
    await this.#done
  }

  #reconnect(): void {
    this.#wake.abort()
    this.#stream?.cancel()
  }

  async #run(): Promise<void> {
    let attempt = 0
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController()
      const access = this.#options.access.current()
      if (!access) {
        await pause(3_600_000, this.#wake.signal)
        continue
      }
      this.#stayAwayMs = 0
      const heard = await this.#connect(access)
      if (this.#stopping.signal.aborted) return
      attempt = heard ? 0 : attempt + 1
      await pause(this.#stayAwayMs + fullJitter(attempt, this.#options.random), this.#wake.signal)
    }
  }

  /** Resolves when the stream is over: true when the hub had said anything on it. */
  #connect(access: HubAccess): Promise<boolean> {
    let heard = false
    return new Promise<boolean>((resolve) => {
      const stream = openControl(access, {
        message: (message) => {
          heard = true
          this.#hear(access, message)
        },
        end: () => {
          this.#stream = undefined
          resolve(heard)
        },
      })
      this.#stream = stream
      stream.write({ type: 'state', report: this.#options.policies.report() })
      this.#told.clear()
      for (const holder of this.#options.models) this.#tellModels(holder)
      for (const question of this.#questions.values()) stream.write({ type: 'question', question })
    })
  }

  #hear(access: HubAccess, message: FromHub): void {
    switch (message.type) {
      case 'offer':
        return void this.#consider(access, message)
      case 'withdrawal':
        return void this.#options.models.find(({ task }) => task === message.withdrawal.task)?.withdraw(message.withdrawal.manifestHash)
      case 'answer':
        return this.#options.onAnswer(message.answer)
      case 'drain':
        this.#stayAwayMs = Math.min(Math.max(0, message.reconnectAfterMs), 3_600_000)
        return this.#stream?.finish()
      case 'rotate':
        return void this.#options.rotate()
    }
  }

  async #consider(access: HubAccess, { offer }: Extract<FromHub, { type: 'offer' }>): Promise<void> {
    const models = offer.kind === 'model' ? this.#options.models.find(({ task }) => task === offer.task) : undefined
    const report = await (models ?? this.#options.policies).install(offer, (hash, limit) => fetchBundle(access, hash, limit))
    this.#options.onBundle?.(report)
    this.reportBundle(report)
  }
}

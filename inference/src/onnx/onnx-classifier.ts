import type { ModelFiles } from '../bundle/check-bundle.ts'
import {
  type Classification,
  type Classifier,
  ClassifierError,
  type ClassifierState,
  type ClassifierText,
  type ModelIdentity,
} from '../port.ts'
import { ModelFailed, ModelThread } from './model-thread.ts'
import { cacheKey, ScoreCache } from './score-cache.ts'

export interface OnnxClassifierOptions {
  readonly model: ModelIdentity
  /** The bundle, already found worthy by `trialOf` or shipped with the product. */
  readonly files: ModelFiles
  /** 0 to 1. */
  readonly random?: () => number
  readonly log?: (text: string) => void
}

/** After this many lives in a row that ended by themselves, the model is given up. */
const MOST_CRASHES = 5
/** A life this long wipes earlier crashes out, milliseconds. */
const GOOD_LIFE_MS = 600_000
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 60_000

/** Runs a model in a thread and starts it again when it ends; gives it up when it keeps ending. */
export class OnnxClassifier implements Classifier {
  readonly model: ModelIdentity
  readonly #options: OnnxClassifierOptions
  readonly #cache = new ScoreCache()
  #thread: ModelThread | undefined
  #starting: Promise<ModelThread> | undefined
  #says = ''
  #crashes = 0
  #born = 0
  #retry: NodeJS.Timeout | undefined
  #closed = false

  private constructor(options: OnnxClassifierOptions) {
    this.#options = options
    this.model = options.model
  }

  /** Starts loading at once; texts that come before that are waited with. Nothing is thrown: a model that does not come up is off. */
  static start(options: OnnxClassifierOptions): OnnxClassifier {
    const classifier = new OnnxClassifier(options)
    classifier.#begin()
    return classifier
  }

  state(): ClassifierState {
    return { on: !this.#closed && this.#says === '', says: this.#says }
  }

  async classify(texts: readonly ClassifierText[], signal?: AbortSignal): Promise<readonly Classification[]> {
    if (this.#closed) throw new ClassifierError('closed', 'The classifier is closed, so the text was not scored.')
    const keys = texts.map(cacheKey)
    const known = keys.map((key) => this.#cache.get(key))
    const missing = texts.filter((_, index) => known[index] === undefined)
    if (missing.length === 0) return known.filter((classification) => classification !== undefined)
    const scored = await (await this.#running(signal)).score(missing, signal)
    let next = 0
    return known.map((classification, index) => {
      if (classification !== undefined) return classification
      const fresh = scored[next]
      next += 1
      if (fresh === undefined)
        throw new ClassifierError('unavailable', 'The model answered fewer texts than it was asked about; rules alone decide.')
      this.#cache.set(keys[index] ?? '', fresh)
      return fresh
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    clearTimeout(this.#retry)
    await this.#starting?.catch(() => undefined)
    await this.#thread?.end()
  }

  async #running(signal: AbortSignal | undefined): Promise<ModelThread> {
    if (this.#thread !== undefined) return this.#thread
    if (this.#starting === undefined) throw new ClassifierError('unavailable', this.#says)
    const gaveUp = Promise.withResolvers<never>()
    const abort = () =>
      gaveUp.reject(new ClassifierError('cancelled', 'The time for scoring ran out while the model was loading; rules alone decide.'))
    signal?.addEventListener('abort', abort, { once: true })
    if (signal?.aborted) abort()
    try {
      return await Promise.race([this.#starting, gaveUp.promise])
    } catch (error) {
      throw error instanceof ClassifierError ? error : new ClassifierError('unavailable', this.#says)
    } finally {
      signal?.removeEventListener('abort', abort)
    }
  }

  #begin(): void {
    const starting = ModelThread.start(this.#options.files)
    this.#starting = starting
    starting.then(
      (thread) => {
        this.#starting = undefined
        this.#thread = thread
        this.#born = Date.now()
        this.#says = ''
        if (this.#closed) void thread.end()
        void thread.ended.then((why) => this.#ended(why))
      },
      (error: unknown) => {
        this.#starting = undefined
        if (error instanceof ModelFailed && error.reason !== 'failed') this.#giveUp(error.message)
        else this.#ended(error instanceof Error ? error.message : String(error))
      },
    )
  }

  #ended(why: string): void {
    this.#thread = undefined
    if (this.#closed) return
    this.#crashes = Date.now() - this.#born > GOOD_LIFE_MS ? 1 : this.#crashes + 1
    if (this.#crashes >= MOST_CRASHES) return this.#giveUp(`The model ended ${this.#crashes} times (${why})`)
    const pause =
      (0.5 + (this.#options.random ?? Math.random)() / 2) * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (this.#crashes - 1))
    this.#says = `The model ended (${why}) and starts again in a moment; until then rules alone decide.`
    this.#options.log?.(this.#says)
    this.#retry = setTimeout(() => this.#begin(), pause)
    this.#retry.unref()
  }

  #giveUp(why: string): void {
    this.#says = `${why.replace(/[.]$/, '')}. The model is off until the agent starts again; rules alone decide.`
    this.#options.log?.(this.#says)
  }
}

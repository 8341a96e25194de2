/** A classifier in use: watched for slowness and drift, compared with a challenger, and left for another when it fails. */
import type { ModelCard } from '../bundle/card.ts'
import {
  type Classification,
  type Classifier,
  ClassifierError,
  type ClassifierState,
  type ClassifierText,
  type ModelIdentity,
} from '../port.ts'
import { ScoreTally } from './drift.ts'

export interface WatchedOptions {
  readonly champion: Classifier
  readonly card: ModelCard
  /** Scores the same texts; its scores are counted and used for nothing. */
  readonly challenger?: Classifier
  /** Gives the next best classifier once this one cannot be used; nothing when there is none. */
  readonly next?: (why: string) => { readonly classifier: Classifier; readonly card: ModelCard } | undefined
  /** The slowest that one text in a hundred may be, milliseconds per thousand characters. */
  readonly slowest?: number
  /** Monotonic milliseconds. */
  readonly clock: () => number
}

/** How champion and challenger judged the same texts. */
export interface Comparison {
  readonly texts: number
  readonly both: number
  readonly onlyChampion: number
  readonly onlyChallenger: number
  /** Texts that the challenger did not score. */
  readonly missed: number
}

export interface WatchedFigures {
  readonly model: ModelIdentity
  readonly texts: number
  readonly flagged: number
  /** Milliseconds per thousand characters, of the last texts. */
  readonly p50: number
  readonly p99: number
  /** Channels whose texts are not those the model was measured on. */
  readonly drifted: readonly string[]
  readonly challenger: (Comparison & { readonly model: ModelIdentity }) | undefined
}

const THRESHOLD = 0.5
const REMEMBERED = 500
const LEAST_FOR_SLOW = 100
const SLOWEST = 100
/** Texts that may wait for the challenger; beyond, they are counted as missed. */
const MOST_CHALLENGED = 64
const SHORTEST = 1000

export class WatchedClassifier implements Classifier {
  readonly #options: WatchedOptions
  #champion: Classifier
  #card: ModelCard
  #tally = new ScoreTally()
  #paces: number[] = []
  #texts = 0
  #flagged = 0
  #underWay = 0
  #comparison = { texts: 0, both: 0, onlyChampion: 0, onlyChallenger: 0, missed: 0 }
  #left = ''

  constructor(options: WatchedOptions) {
    this.#options = options
    this.#champion = options.champion
    this.#card = options.card
  }

  get model(): ModelIdentity {
    return this.#champion.model
  }

  /** Also says when another model than the chosen one is in use. */
  state(): ClassifierState {
    const { on, says } = this.#champion.state()
    return { on, says: [this.#left, says].filter((text) => text !== '').join(' ') }
  }

  async classify(texts: readonly ClassifierText[], signal?: AbortSignal): Promise<readonly Classification[]> {
    const champion = this.#champion
    const started = this.#options.clock()
    try {
      const scored = await champion.classify(texts, signal)
      if (champion === this.#champion) this.#note(texts, scored, this.#options.clock() - started)
      this.#challenge(texts, scored)
      return scored
    } catch (error) {
      if (!this.#leave(champion, error)) throw error
      return this.#champion.classify(texts, signal)
    }
  }

  figures(): WatchedFigures {
    const sorted = this.#paces.toSorted((left, right) => left - right)
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
    const { challenger } = this.#options
    return {
      model: this.model,
      texts: this.#texts,
      flagged: this.#flagged,
      p50: at(0.5),
      p99: at(0.99),
      drifted: [...this.#tally.drifted(this.#card.expected ?? {}).keys()],
      challenger: challenger && { ...this.#comparison, model: challenger.model },
    }
  }

  async close(): Promise<void> {
    await Promise.all([this.#champion.close(), this.#options.challenger?.close()])
  }

  #note(texts: readonly ClassifierText[], scored: readonly Classification[], millis: number): void {
    const characters = texts.reduce((sum, { text }) => sum + Math.max(text.length, SHORTEST), 0)
    this.#paces = [...this.#paces, (millis / Math.max(characters, SHORTEST)) * SHORTEST].slice(-REMEMBERED)
    for (const [index, { injection }] of scored.entries()) {
      this.#tally.add(texts[index]?.kind, injection)
      this.#texts += 1
      if (injection >= THRESHOLD) this.#flagged += 1
    }
    if (this.#paces.length < LEAST_FOR_SLOW || this.#paces.length % 50 > 0) return
    const { p99 } = this.figures()
    if (p99 > (this.#options.slowest ?? SLOWEST)) this.#replace(`it takes ${p99.toFixed(0)} ms for a thousand characters`)
  }

  /** True when another classifier has taken over. A text that ran out of time is nobody's fault. */
  #leave(champion: Classifier, error: unknown): boolean {
    if (champion !== this.#champion) return true
    const code = error instanceof ClassifierError ? error.code : 'crashed'
    if (code === 'cancelled' || code === 'busy' || code === 'closed' || champion.state().on) return false
    return this.#replace(champion.state().says)
  }

  #replace(why: string): boolean {
    const failed = this.#champion
    const next = this.#options.next?.(why)
    if (next === undefined) return false
    this.#left = `The model ${failed.model.name} ${failed.model.version} was left (${why.replace(/[.]$/, '')}); ${next.classifier.model.name} ${next.classifier.model.version} is used instead.`
    this.#champion = next.classifier
    this.#card = next.card
    this.#paces = []
    this.#tally = new ScoreTally()
    void failed.close()
    return true
  }

  #challenge(texts: readonly ClassifierText[], scored: readonly Classification[]): void {
    const { challenger } = this.#options
    if (challenger === undefined) return
    if (this.#underWay + texts.length > MOST_CHALLENGED) return void (this.#comparison.missed += texts.length)
    this.#underWay += texts.length
    challenger
      .classify(texts)
      .then(
        (others) => this.#compare(scored, others),
        () => void (this.#comparison.missed += texts.length),
      )
      .finally(() => {
        this.#underWay -= texts.length
      })
  }

  #compare(scored: readonly Classification[], others: readonly Classification[]): void {
    const counts = this.#comparison
    for (const [index, { injection }] of scored.entries()) {
      const [mine, other] = [injection >= THRESHOLD, (others[index]?.injection ?? 0) >= THRESHOLD]
      counts.texts += 1
      if (mine && other) counts.both += 1
      else if (mine) counts.onlyChampion += 1
      else if (other) counts.onlyChallenger += 1
    }
  }
}

import { OnnxClassifier, WatchedClassifier, type WatchedFigures } from '@assize/inference'
import type { ModelKeeper, ReadyModel } from './model-keeper.ts'

/** A text that a model reads when another takes its place may be read to its end. */
const LAST_TEXTS_MS = 10_000

export interface ModelRunnerOptions {
  readonly keeper: ModelKeeper
  readonly log: (text: string) => void
  /** A model failed here and gave way to the one before it. */
  readonly onTakenBack?: (why: string) => void
}

/** The models in use, started when a text first needs one: an agent that reads nothing from outside holds no model in memory. */
export class ModelRunner {
  readonly #options: ModelRunnerOptions
  readonly #leaving = new Set<{ readonly classifier: WatchedClassifier; readonly timer: NodeJS.Timeout }>()
  #running: WatchedClassifier | undefined
  #tried = false

  constructor(options: ModelRunnerOptions) {
    this.#options = options
  }

  /** The model whose scores count; nothing where there is none. */
  classifier(): WatchedClassifier | undefined {
    if (!this.#tried) this.#running = this.#start()
    this.#tried = true
    return this.#running
  }

  /** Other models are in use now: those that run finish what they read, the next text goes to the new ones. */
  reload(): void {
    const classifier = this.#running
    this.#running = undefined
    this.#tried = false
    if (classifier === undefined) return
    const leaving = {
      classifier,
      timer: setTimeout(() => {
        this.#leaving.delete(leaving)
        void classifier.close()
      }, LAST_TEXTS_MS).unref(),
    }
    this.#leaving.add(leaving)
  }

  /** How the models that run fared; nothing before a text needed one. */
  figures(): WatchedFigures | undefined {
    return this.#running?.figures()
  }

  /** Plain sentences about the models; empty when nothing is wrong. */
  problems(): readonly string[] {
    const { says } = this.#running?.state() ?? { says: '' }
    return [...(this.#tried ? this.#options.keeper.problems() : []), ...(says === '' ? [] : [says])]
  }

  async close(): Promise<void> {
    for (const { timer } of this.#leaving) clearTimeout(timer)
    await Promise.all([this.#running?.close(), ...[...this.#leaving].map(({ classifier }) => classifier.close())])
    this.#leaving.clear()
  }

  #start(): WatchedClassifier | undefined {
    const { keeper } = this.#options
    const active = keeper.active()
    if (active === undefined) return undefined
    const shadow = keeper.shadow()
    return new WatchedClassifier({
      champion: this.#run(active),
      card: active.card,
      ...(shadow === undefined ? {} : { challenger: this.#run(shadow) }),
      next: (why) => this.#next(active, why),
      clock: () => performance.now(),
    })
  }

  /** A model that fails gives way to the one before it, down to the one that ships, and stays given up after the next start. */
  #next(failed: ReadyModel, why: string) {
    const { keeper, log, onTakenBack } = this.#options
    if (failed.stored === undefined || keeper.builtIn() === undefined) return undefined
    log(`The model ${failed.card.name} ${failed.card.version} is taken back: ${why}`)
    // Another may have been put in its place while it failed.
    if (keeper.use().active === failed.stored) keeper.rollBack(why)
    onTakenBack?.(why)
    const ready = keeper.active()
    return ready === undefined ? undefined : { classifier: this.#run(ready), card: ready.card }
  }

  #run({ card, files }: ReadyModel): OnnxClassifier {
    return OnnxClassifier.start({ model: { name: card.name, version: card.version }, files, log: this.#options.log })
  }
}

import { OnnxClassifier, WatchedClassifier } from '@assize/inference'
import type { ModelKeeper, ReadyModel } from './model-keeper.ts'

/** The models in use, started when a text first needs one: an agent that reads nothing from outside holds no model in memory. */
export class ModelRunner {
  readonly #keeper: ModelKeeper
  readonly #log: (text: string) => void
  #running: WatchedClassifier | undefined
  #tried = false

  constructor(keeper: ModelKeeper, log: (text: string) => void) {
    this.#keeper = keeper
    this.#log = log
  }

  /** The model whose scores count; nothing where there is none. */
  classifier(): WatchedClassifier | undefined {
    if (!this.#tried) this.#running = this.#start()
    this.#tried = true
    return this.#running
  }

  /** Plain sentences about the models; empty when nothing is wrong. */
  problems(): readonly string[] {
    const { says } = this.#running?.state() ?? { says: '' }
    return [...(this.#tried ? this.#keeper.problems() : []), ...(says === '' ? [] : [says])]
  }

  async close(): Promise<void> {
    await this.#running?.close()
  }

  #start(): WatchedClassifier | undefined {
    const active = this.#keeper.active()
    if (active === undefined) return undefined
    const shadow = this.#keeper.shadow()
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
    if (failed.stored === undefined || this.#keeper.builtIn() === undefined) return undefined
    this.#log(`The model ${failed.card.name} ${failed.card.version} is taken back: ${why}`)
    this.#keeper.rollBack()
    const ready = this.#keeper.active()
    return ready === undefined ? undefined : { classifier: this.#run(ready), card: ready.card }
  }

  #run({ card, files }: ReadyModel): OnnxClassifier {
    return OnnxClassifier.start({ model: { name: card.name, version: card.version }, files, log: this.#log })
  }
}

/** Bundles on their way to agents: read once for all who fetch the same one at the same time. A model is large, and a fleet fetches at once. */
import type { BundleFile, Store } from '../store/index.ts'

interface Shared {
  readonly files: Promise<readonly BundleFile[]>
  readers: number
}

export class SharedBundles {
  readonly #store: Pick<Store, 'read'>
  readonly #all = new Map<string, Shared>()

  constructor(store: Pick<Store, 'read'>) {
    this.#store = store
  }

  /** Holds the files as long as `send` or another one needs them; none when there is no such bundle. */
  async use(tenant: string, hash: string, send: (files: readonly BundleFile[]) => Promise<void>): Promise<void> {
    const key = `${tenant}\n${hash}`
    const shared = this.#all.get(key) ?? { files: this.#store.read.bundleFiles(tenant, hash), readers: 0 }
    this.#all.set(key, shared)
    shared.readers += 1
    try {
      await send(await shared.files)
    } finally {
      shared.readers -= 1
      if (shared.readers === 0) this.#all.delete(key)
    }
  }
}

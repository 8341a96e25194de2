import { createHash } from 'node:crypto'
import { checkModelFiles, type ModelCard, type ModelFiles, trialOf } from '@assize/inference'
import type { BundleKey } from '../bundle-signature.ts'
import { builtInModel, readModelFolder } from './model-folder.ts'
import { checkSignedModel, MANIFEST } from './model-signature.ts'
import { ModelStore, type ModelUse, storedName } from './model-store.ts'

export interface ModelKeeperOptions {
  /** `models` of the state directory. */
  readonly directory: string
  readonly agentVersion: string
  /** What its models read. A model for the other is refused. */
  readonly task?: ModelTask
  /** Keys pinned at enrolment. */
  readonly keys: () => readonly BundleKey[]
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/** `texts`: what comes in from outside. `calls`: questions about tool calls. */
export type ModelTask = 'texts' | 'calls'

/** The model of each task that ships with the agent. */
const BUILT_IN: Readonly<Record<ModelTask, string>> = { texts: 'injection', calls: 'alignment' }

/** A model ready to be run. */
export interface ReadyModel {
  readonly card: ModelCard
  readonly files: ModelFiles
  /** Name in the store; nothing for the one that ships with the agent. */
  readonly stored: string | undefined
}

export type Activation =
  | { readonly ok: true; readonly name: string; readonly card: ModelCard }
  | { readonly ok: false; readonly code: string; readonly detail: string }

const REMEDY: Readonly<Record<ModelTask, string>> = {
  calls: 'Name the place with `--for calls`.',
  texts: 'Leave `--for` out.',
}
const SHIPPED = 'The model that ships with the agent'

/** Decides which model may run here. Nothing comes into use that is not signed, whole, allowed and proven. */
export class ModelKeeper {
  readonly #options: ModelKeeperOptions
  readonly #store: ModelStore
  #problems: readonly string[] = []

  constructor(options: ModelKeeperOptions) {
    this.#options = options
    this.#store = new ModelStore(options.directory)
  }

  use(): ModelUse {
    return this.#store.use()
  }

  stored(): readonly string[] {
    return this.#store.stored()
  }

  /** What was wrong with the models last loaded; empty when nothing was. */
  problems(): readonly string[] {
    return this.#problems
  }

  /** The model whose scores count: the active one, or the one before it, or the one that ships. */
  active(): ReadyModel | undefined {
    this.#problems = []
    const { active, previous } = this.#store.use()
    for (const name of [active, previous]) {
      const loaded = name === null ? undefined : this.load(name)
      if (loaded !== undefined) return loaded
    }
    const folder = this.builtIn()
    if (folder === undefined) return undefined
    const files = readModelFolder(folder)
    const bundle = checkModelFiles(files)
    if (bundle.ok) return { card: bundle.card, files, stored: undefined }
    this.#problem(`${SHIPPED} is not used: ${bundle.detail}`)
    return undefined
  }

  /** Folder of the model that ships with the agent; nothing where it was left out. */
  builtIn(): string | undefined {
    return builtInModel(BUILT_IN[this.#options.task ?? 'texts'])
  }

  /** The model that is tried beside the active one. */
  shadow(): ReadyModel | undefined {
    const { shadow } = this.#store.use()
    return shadow === null ? undefined : this.load(shadow)
  }

  /** A stored model, checked once more: what lies on disk may have been changed since. */
  load(name: string): ReadyModel | undefined {
    try {
      // A model in use goes on after its date: what is expired is no longer taken, but better than none.
      const circumstances = { ...this.#circumstances(this.#store.use().keys), now: 0 }
      const signed = checkSignedModel(readModelFolder(this.#store.path(name)), circumstances)
      const bundle = signed.ok ? checkModelFiles(signed.files) : signed
      if (signed.ok && bundle.ok) return { card: bundle.card, files: signed.files, stored: name }
      this.#problem(`The stored model ${name} is not used: ${'detail' in bundle ? bundle.detail : ''}`)
    } catch (error) {
      this.#problem(`The stored model ${name} is not used: ${error instanceof Error ? error.message : String(error)}`)
    }
    return undefined
  }

  /** Brings a bundle into use, or into the shadow. One key more may be named; it is remembered when the bundle is taken. */
  async activate(folder: string, how: { readonly shadow: boolean; readonly key?: BundleKey | undefined }): Promise<Activation> {
    const all = readModelFolder(folder)
    const use = this.#store.use()
    const keys = how.key === undefined ? use.keys : [...use.keys.filter((key) => key.keyId !== how.key?.keyId), how.key]
    const signed = checkSignedModel(all, this.#circumstances(keys))
    if (!signed.ok) return signed
    const bundle = await trialOf(signed.files)
    if (!bundle.ok) return bundle
    const { name, version } = bundle.card
    const [task, wanted] = [bundle.card.reads === 'questions-1' ? 'calls' : 'texts', this.#options.task ?? 'texts'] as const
    if (task !== wanted)
      return {
        ok: false,
        code: 'wrong-task',
        detail: `The model reads ${task}, and this is the place of models that read ${wanted}. Nothing changes on this machine. ${REMEDY[task]}`,
      }
    if (name !== signed.manifest.name || version !== signed.manifest.version)
      return {
        ok: false,
        code: 'wrong-content',
        detail: `The card says ${name} ${version}, the signature ${signed.manifest.name} ${signed.manifest.version}. Nothing changes on this machine. Sign the bundle again.`,
      }
    const stored = storedName(
      name,
      version,
      createHash('sha256')
        .update(all.get(MANIFEST) ?? '')
        .digest('hex'),
    )
    this.#store.write(stored, all)
    const next: ModelUse = how.shadow
      ? { ...use, keys, shadow: stored }
      : {
          keys,
          active: stored,
          previous: use.active === stored ? use.previous : use.active,
          shadow: use.shadow === stored ? null : use.shadow,
        }
    this.#store.commit(next)
    return { ok: true, name: stored, card: bundle.card }
  }

  /** Makes the model in the shadow the active one. */
  promote(): string | undefined {
    const use = this.#store.use()
    if (use.shadow === null || this.load(use.shadow) === undefined) return undefined
    this.#store.commit({ ...use, active: use.shadow, previous: use.active, shadow: null })
    return use.shadow
  }

  /** Back to the model before, or the one that ships. Answers what was taken back; nothing when none was active. */
  rollBack(): string | undefined {
    const use = this.#store.use()
    if (use.active === null) return undefined
    this.#store.commit({ ...use, active: use.previous, previous: null })
    return use.active
  }

  #circumstances(keys: readonly BundleKey[]) {
    return { keys: [...this.#options.keys(), ...keys], now: this.#options.now(), agentVersion: this.#options.agentVersion }
  }

  #problem(text: string): void {
    this.#problems = [...this.#problems, text]
  }
}

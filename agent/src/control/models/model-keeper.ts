import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { BundleManifest } from '@assize/kernel'
import { checkModelFiles, type ModelCard, type ModelFiles, readCard, trialOf } from '@assize/inference'
import type { BundleKey } from '../bundle-signature.ts'
import type { ModelPlace } from '../control-messages.ts'
import { builtInModel, readModelFolder } from './model-folder.ts'
import { checkSignedModel, MANIFEST, type ModelCircumstances } from './model-signature.ts'
import { ModelStore, type ModelUse, storedName } from './model-store.ts'
import { activated, fromHub, rolledBack, shadowed, without } from './model-use.ts'

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

type Proven =
  | { readonly ok: true; readonly name: string; readonly card: ModelCard; readonly manifest: BundleManifest }
  | { readonly ok: false; readonly code: string; readonly detail: string }

const REMEDY: Readonly<Record<ModelTask, string>> = {
  calls: 'Name the place with `--for calls`.',
  texts: 'Leave `--for` out.',
}
const MEANING = 'Nothing changes on this machine; the model before, or the rules alone, stay in use.'
const CARD_BYTES = 256 * 1024
const SHIPPED = 'The model that ships with the agent'

/** Decides which model may run here. Nothing comes into use that is not signed, whole, allowed and proven. */
export class ModelKeeper {
  readonly #options: ModelKeeperOptions
  readonly #store: ModelStore
  readonly #cards = new Map<string, ModelCard>()
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

  /** What is wrong with the record of what is used, whether or not a model was loaded by it; empty when nothing is. */
  recordProblem(): string {
    return this.#store.problem()
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

  /** The card of a stored model, or of the one that ships; nothing where it cannot be read. */
  cardOf(name: string | null): ModelCard | undefined {
    const key = name ?? ''
    const folder = name === null ? this.builtIn() : this.#store.path(name)
    const known = this.#cards.get(key) ?? (folder === undefined ? undefined : cardIn(folder))
    if (known !== undefined) this.#cards.set(key, known)
    return known
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
    const proven = await this.#proven(all, this.#circumstances(keys))
    if (!proven.ok) return proven
    const { name, card, manifest } = proven
    if (card.version !== manifest.version)
      return {
        ok: false,
        code: 'wrong-content',
        detail: `The card says ${card.name} ${card.version}, the signature ${manifest.name} ${manifest.version}. ${MEANING} Sign the bundle again.`,
      }
    this.#store.write(name, all)
    const changed = { ...this.#store.use(), keys }
    this.#store.commit(how.shadow ? shadowed(changed, name) : activated(changed, name, this.#options.now()))
    return { ok: true, name, card }
  }

  /** Takes a release of the hub's: signed with a key pinned at enrolment, newer than what was active, proven here. */
  async accept(all: ModelFiles, place: ModelPlace): Promise<Activation> {
    const circumstances = { ...this.#circumstances([]), highest: this.#store.use().highest }
    const proven = await this.#proven(all, circumstances)
    if (!proven.ok) return proven
    this.#store.write(proven.name, all)
    this.#settle(proven.name, place, proven.manifest.version)
    return { ok: true, name: proven.name, card: proven.card }
  }

  /** Name and place of the release with this manifest, where it is in use. */
  placeOf(manifestHash: string): { readonly name: string; readonly place: ModelPlace } | undefined {
    const { active, shadow } = this.#store.use()
    if (active !== null && this.manifestHash(active) === manifestHash) return { name: active, place: 'active' }
    return shadow !== null && this.manifestHash(shadow) === manifestHash ? { name: shadow, place: 'shadow' } : undefined
  }

  /** A release that is here already changes its place. */
  move(name: string, place: ModelPlace, version: number): void {
    this.#settle(name, place, version)
  }

  /** Takes a release of the hub's out of use; false when it is not in use, or came from somebody else. */
  withdraw(manifestHash: string): boolean {
    const use = this.#store.use()
    const name = this.placeOf(manifestHash)?.name
    if (name === undefined || !use.fromHub.includes(name)) return false
    this.#store.commit(without(use, name))
    return true
  }

  /** SHA-256 of the manifest of a stored model; empty when it cannot be read. */
  manifestHash(name: string): string {
    try {
      return sha256(readFileSync(join(this.#store.path(name), MANIFEST)))
    } catch {
      return ''
    }
  }

  #settle(name: string, place: ModelPlace, version: number): void {
    const use = this.#store.use()
    const moved = place === 'active' ? activated(use, name, this.#options.now()) : shadowed(use, name)
    this.#store.commit(fromHub(moved, name, { version, active: place === 'active' }))
  }

  /** Signed, whole, of this place's task, and run once. */
  async #proven(all: ModelFiles, circumstances: ModelCircumstances): Promise<Proven> {
    const signed = checkSignedModel(all, circumstances)
    if (!signed.ok) return signed
    const read = readCard(signed.files)
    if (!('heads' in read)) return read
    const [task, wanted] = [read.reads === 'questions-1' ? 'calls' : 'texts', this.#options.task ?? 'texts'] as const
    if (task !== wanted)
      return {
        ok: false,
        code: 'wrong-task',
        detail: `The model reads ${task}, and this is the place of models that read ${wanted}. ${MEANING} ${REMEDY[task]}`,
      }
    const bundle = await trialOf(signed.files)
    if (!bundle.ok) return bundle
    const { card } = bundle
    const { manifest } = signed
    if (card.name !== manifest.name)
      return {
        ok: false,
        code: 'wrong-content',
        detail: `The card says ${card.name}, the signature ${manifest.name}. ${MEANING} Sign the bundle again.`,
      }
    return { ok: true, name: storedName(card.name, manifest.version, sha256(all.get(MANIFEST) ?? new Uint8Array())), card, manifest }
  }

  /** Makes the model in the shadow the active one. */
  promote(): string | undefined {
    const use = this.#store.use()
    if (use.shadow === null || this.load(use.shadow) === undefined) return undefined
    this.#store.commit(activated(use, use.shadow, this.#options.now()))
    return use.shadow
  }

  /**
   * Back to the model before, or the one that ships. Answers what was taken back; nothing when none was active. With a reason,
   * the release is remembered and not taken again.
   */
  rollBack(reason?: string): string | undefined {
    const use = this.#store.use()
    if (use.active === null) return undefined
    const [name = '', version = ''] = /^(.*)-([0-9]+)-[0-9a-f]{16}$/.exec(use.active)?.slice(1) ?? []
    const taken =
      reason === undefined
        ? use.takenBack
        : { hash: this.manifestHash(use.active), name, version: Number(version), detail: reason.slice(0, 1000) }
    this.#store.commit({ ...rolledBack(use), takenBack: taken })
    return use.active
  }

  #circumstances(keys: readonly BundleKey[]) {
    return { keys: [...this.#options.keys(), ...keys], now: this.#options.now(), agentVersion: this.#options.agentVersion }
  }

  #problem(text: string): void {
    this.#problems = [...this.#problems, text]
  }
}

function cardIn(folder: string): ModelCard | undefined {
  try {
    const path = join(folder, 'card.yaml')
    if (statSync(path).size > CARD_BYTES) return undefined
    const card = readCard(new Map([['card.yaml', new Uint8Array(readFileSync(path))]]))
    return 'heads' in card ? card : undefined
  } catch {
    return undefined
  }
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

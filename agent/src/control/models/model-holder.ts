import { type BundleManifest, MODEL_OFFER_BYTES, type StateEntry } from '@assize/kernel'
import type { BundleKey } from '../bundle-signature.ts'
import { checkOffer, claimed, manifestHash } from '../check-bundle.ts'
import type { BundleOffer, BundleReport, ModelInUse, ModelPlace, ModelReport } from '../control-messages.ts'
import type { FetchFiles } from '../policy-holder.ts'
import type { Activation, ModelKeeper, ModelTask } from './model-keeper.ts'
import type { ModelRunner } from './model-runner.ts'
import { MANIFEST, SIGNATURES } from './model-signature.ts'

export type ModelMode = 'off' | 'shadow' | 'on'

export interface ModelHolderOptions {
  readonly task: ModelTask
  readonly keeper: ModelKeeper
  readonly runner: ModelRunner
  /** What the configuration of this machine says; `hub` leaves it to the hub. */
  readonly mode: ModelMode | 'hub'
  /** Keys pinned at enrolment. */
  readonly keys: () => readonly BundleKey[]
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly agentVersion: string
  /** Keeps what happened to models in the journal. */
  readonly record: (entry: StateEntry) => void
}

type Refusal = Activation & { readonly ok: false }

/** Takes the models of one task that the hub offers. Each comes into use whole and proven or not at all; the last good one stays. */
export class ModelHolder {
  readonly #options: ModelHolderOptions
  readonly #listeners = new Set<() => void>()
  #working: Promise<unknown> = Promise.resolve()
  #placed: ModelMode
  #lastRefusal = ''
  #refused = ''

  constructor(options: ModelHolderOptions) {
    this.#options = options
    this.#placed = this.#placedByHub()
  }

  get task(): ModelTask {
    return this.#options.task
  }

  /** What models of this task may do here, now. */
  mode(): ModelMode {
    return this.#options.mode === 'hub' ? this.#placed : this.#options.mode
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Plain sentences; empty when nothing is wrong. */
  problems(): readonly string[] {
    const { keeper, runner } = this.#options
    return [keeper.recordProblem(), ...runner.problems(), this.#refused].filter((text) => text !== '')
  }

  /** Considers an offer. One at a time; never throws. */
  install(offer: BundleOffer, fetch: FetchFiles): Promise<BundleReport> {
    const done = this.#working
      .then(() => this.#install(offer, fetch))
      .catch((error: unknown) =>
        this.#refuse(
          offer,
          refusal('internal', `the model could not be taken (${error instanceof Error ? error.message : String(error)})`),
        ),
      )
    this.#working = done
    return done
  }

  /** Takes a release out of use; nothing to say when it was not in use. Never throws: what stays in use is a problem in words. */
  withdraw(hash: string): Promise<void> {
    const taking = this.#working.then(() => {
      // What the hub no longer wants need not be mended.
      if (this.#lastRefusal.startsWith(hash)) this.#settled()
      const stored = this.#options.keeper.placeOf(hash)?.name
      if (!this.#options.keeper.withdraw(hash)) return
      this.#record('bundle-rolled-back', { stored: stored ?? '', hash, reason: 'the hub took it back' })
      this.#changed()
    })
    const done = taking.catch((error: unknown) => {
      const why = error instanceof Error ? error.message : String(error)
      this.#refused = `A model that the hub took back could not be taken out of use here (${why}). It stays in use on this machine. Make room or repair the folder of models; the hub says it again at the next connection.`
      this.#tell()
    })
    this.#working = done
    return done
  }

  /** The model in use failed: it gave way already, the hub and the journal are told. */
  takenBack(why: string): void {
    const { takenBack } = this.#options.keeper.use()
    if (takenBack !== null) this.#record('bundle-rolled-back', { ...takenBack, reason: why })
    this.#placed = this.#placedByHub()
    this.#tell()
  }

  /** When the active release came into use, milliseconds since 1970. */
  activatedAt(): number | undefined {
    return this.#options.keeper.use().activatedAt ?? undefined
  }

  /** Takes the active model back because of what happened on this machine. */
  rollBack(reason: string): void {
    if (this.#options.keeper.rollBack(reason) === undefined) return
    this.takenBack(reason)
    this.#options.runner.reload()
  }

  /** What runs, as the hub is told. */
  report(): ModelReport {
    const { keeper, runner, task, now } = this.#options
    const { active, shadow } = keeper.use()
    const figures = runner.figures()
    const challenger = figures?.challenger
    const inUse = active === null && keeper.builtIn() === undefined ? undefined : this.#identity(active)
    const fared = figures && {
      scored: figures.texts,
      flagged: figures.flagged,
      p50Ms: figures.p50,
      p99Ms: figures.p99,
      drifted: figures.drifted,
    }
    return {
      task,
      mode: this.mode(),
      active: inUse && { ...NOTHING_YET, ...inUse, ...fared },
      shadow: shadow === null ? undefined : { ...NOTHING_YET, ...this.#identity(shadow), scored: challenger?.texts ?? 0 },
      comparison: challenger && {
        compared: challenger.texts,
        both: challenger.both,
        onlyActive: challenger.onlyChampion,
        onlyShadow: challenger.onlyChallenger,
        missed: challenger.missed,
      },
      problems: this.problems(),
      at: now(),
    }
  }

  /** What became of the release that this machine took back by itself; nothing when there is none. */
  takenBackReport(): BundleReport | undefined {
    const { takenBack } = this.#options.keeper.use()
    if (takenBack === null) return undefined
    const { hash, name, version, detail } = takenBack
    return this.#fate({ hash, name, version }, { status: 'rolled-back', code: 'rolled-back', detail: whyTakenBack(detail) })
  }

  async #install(offer: BundleOffer, fetch: FetchFiles): Promise<BundleReport> {
    const { keeper, keys, now, agentVersion } = this.#options
    const place = offer.use ?? 'shadow'
    const hash = manifestHash(offer.manifest)
    const check = checkOffer(offer, { keys: keys(), now: now(), highest: 0, agentVersion, kind: 'model' })
    if (!check.ok) return this.#refuse(offer, about(check))
    const { manifest } = check
    const use = keeper.use()
    if (use.takenBack?.hash === hash) return this.takenBackReport() ?? this.#taken(manifest, hash, place)
    const here = keeper.placeOf(hash)
    if (here?.place === place) return this.#taken(manifest, hash, place)
    const older = here === undefined ? manifest.version <= use.highest : place === 'active' && manifest.version < use.highest
    if (older)
      return this.#refuse(offer, refusal('not-newer', `release ${manifest.version} of ${manifest.name} is not newer than ${use.highest}`))
    if (here !== undefined) keeper.move(here.name, place, manifest.version)
    else {
      const taken = await this.#bring(offer, manifest, fetch)
      if (!taken.ok) return this.#refuse(offer, taken)
    }
    this.#settled()
    this.#record('bundle-activated', { name: manifest.name, version: manifest.version, hash, use: place })
    this.#changed()
    return this.#taken(manifest, hash, place)
  }

  async #bring(offer: BundleOffer, manifest: BundleManifest, fetch: FetchFiles): Promise<Activation> {
    const bytes = manifest.files.reduce((sum, file) => sum + Math.max(file.length, 1), 0)
    if (bytes > MODEL_OFFER_BYTES) return refusal('too-large', `${manifest.name} has ${bytes} bytes, more than ${MODEL_OFFER_BYTES}`)
    const odd = manifest.files.find(({ path }) => path.includes('/') || path === MANIFEST || path === SIGNATURES)
    if (odd !== undefined) return refusal('extra-file', `${manifest.name} names a file that does not belong there: ${odd.path}`)
    const files = await fetch(manifestHash(offer.manifest), { maxBytes: bytes }).catch((error: unknown) =>
      refusal(
        'fetch-failed',
        `the files of ${manifest.name} could not be fetched (${error instanceof Error ? error.message : String(error)})`,
      ),
    )
    if ('ok' in files) return files
    const signatures = offer.signatures.map(({ keyId, signature }) => ({ keyId, signature: Buffer.from(signature).toString('base64') }))
    const all = new Map([...files, [MANIFEST, offer.manifest], [SIGNATURES, new Uint8Array(Buffer.from(JSON.stringify(signatures)))]])
    const accepted = await this.#options.keeper.accept(all, offer.use ?? 'shadow')
    return accepted.ok ? accepted : about(accepted)
  }

  #refuse(offer: BundleOffer, { code, detail }: Refusal): BundleReport {
    const hash = manifestHash(offer.manifest)
    const { name, version } = claimed(offer.manifest)
    // The hub offers again at every connection; once in the journal is enough.
    const key = `${hash} ${code}`
    if (this.#lastRefusal !== key) this.#record('bundle-refused', { name, version, hash, code, detail })
    this.#lastRefusal = key
    this.#refused = `The model ${name} in release ${version} was refused: ${detail}`
    this.#tell()
    return this.#fate({ hash, name, version }, { status: 'refused', code, detail })
  }

  #taken({ name, version }: BundleManifest, hash: string, place: ModelPlace): BundleReport {
    return this.#fate({ hash, name, version }, { status: place, code: '', detail: '' })
  }

  #fate(
    { hash, name, version }: { readonly hash: string; readonly name: string; readonly version: number },
    said: Pick<BundleReport, 'status' | 'code' | 'detail'>,
  ): BundleReport {
    const { active } = this.#options.keeper.use()
    const activeVersion = active === null ? 0 : Number(active.split('-').at(-2))
    return { kind: 'model', ...said, task: this.task, name, version, manifestHash: hash, activeVersion, at: this.#options.now() }
  }

  /** Name and version as on the card, where the stored model can be read. */
  #identity(stored: string | null): Pick<ModelInUse, 'name' | 'version' | 'manifestHash'> {
    const { keeper } = this.#options
    const card = keeper.cardOf(stored)
    return {
      name: card?.name ?? stored ?? '',
      version: card?.version ?? 0,
      manifestHash: stored === null ? '' : keeper.manifestHash(stored),
    }
  }

  #placedByHub(): ModelMode {
    const { active, shadow, fromHub } = this.#options.keeper.use()
    if (active !== null && fromHub.includes(active)) return 'on'
    return shadow !== null && fromHub.includes(shadow) ? 'shadow' : 'off'
  }

  #settled(): void {
    this.#lastRefusal = ''
    this.#refused = ''
  }

  #changed(): void {
    this.#placed = this.#placedByHub()
    this.#options.runner.reload()
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }

  #record(change: string, detail: Readonly<Record<string, string | number>>): void {
    this.#options.record({ kind: 'state', change, detail: { kind: 'model', task: this.task, ...detail } })
  }
}

const NOTHING_YET = { scored: 0, flagged: 0, p50Ms: 0, p99Ms: 0, drifted: [] }
const MEANING = 'Nothing changes on this machine; the model before, or the rules alone, stay in use.'
const REMEDIES: Readonly<Record<string, string>> = {
  'not-newer': 'To go back to an older model, roll back at the hub: it publishes it as a new release.',
  'too-large': 'Bring a smaller model, or bring it by hand with `assize model activate`.',
  'fetch-failed': 'The hub offers it again at the next connection.',
  'bad-signature': 'Add it again at the hub this machine is enrolled to.',
  'agent-too-old': 'Update the agent on this machine.',
  expired: 'Add it to the hub again, and check the clock of this machine.',
}

/** `happened` is a sentence without its full stop. */
function refusal(code: string, happened: string): Refusal {
  return { ok: false, code, detail: `${happened}. ${MEANING} ${REMEDIES[code] ?? 'Add it to the hub again.'}` }
}

/** What was said of a bundle in general, said of a model: what happened stays, what it means and what to do is ours. */
function about({ code, detail }: { readonly code: string; readonly detail: string }): Refusal {
  const end = detail.indexOf('. Nothing changes on this machine; the rules before')
  return end < 0 ? { ok: false, code, detail } : refusal(code, detail.slice(0, end))
}

function whyTakenBack(why: string): string {
  return `${why.replace(/[.]$/, '')}, so the model was taken back. The one before it is in use again. Bring a better one as a new release.`
}

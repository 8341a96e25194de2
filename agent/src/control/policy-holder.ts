import { createHash } from 'node:crypto'
import { type BundleManifest, canonicalJson, compilePolicy, type Policy, type PolicyFiles, type StateEntry } from '@assize/kernel'
import { AgentError } from '../platform/errors.ts'
import type { Health } from '../platform/health.ts'
import { bundleName, BundleStore, type StoredBundle, type Versions } from './bundle-store.ts'
import type { BundleKey } from './bundle-signature.ts'
import { type BundleRefusal, checkContent, checkOffer, checkSigned, claimed, manifestHash } from './check-bundle.ts'
import type { BundleOffer, BundleReport } from './control-messages.ts'
import { engineOf, type Transcript } from './engine-transcript.ts'
import { type LoadPolicy, policyLoader } from './load-policy.ts'

export interface PolicyHolderOptions {
  /** `policy/` of the state directory. */
  readonly directory: string
  /** The pack in force while no bundle is; see `readPolicyFolder` and `builtInPack`. */
  readonly builtIn: PolicyFiles
  /** Where that pack lies, when it is a folder of this machine's own and none that ships. */
  readonly ownFolder?: string | undefined
  /** What the engine said of that pack when it passed its own tests; see `keptOf`. */
  readonly kept?: Transcript | undefined
  readonly agentVersion: string
  /** Keys pinned at enrolment; none while the machine is not enrolled. */
  readonly keys: () => readonly BundleKey[]
  /** Wall clock, milliseconds since 1970. */
  readonly now: () => number
  /** Keeps what happened to bundles in the journal. */
  readonly record: (entry: StateEntry) => void
  /** In a process of its own unless told. */
  readonly load?: LoadPolicy
  /** Where that process keeps what it compiled for the next one; nowhere unless told. */
  readonly compileCache?: string
}

/** Fetches the files of an offered bundle, never more than `maxBytes`. */
export type FetchFiles = (manifestHash: string, limit: { readonly maxBytes: number }) => Promise<ReadonlyMap<string, Uint8Array>>

interface InForce {
  readonly policy: Policy
  /** Absent for the built-in pack. */
  readonly manifest: BundleManifest | undefined
}

/** Holds the policy in force. It is replaced whole or not at all; whatever goes wrong, the last good one stays. */
export class PolicyHolder {
  readonly #options: PolicyHolderOptions
  readonly #store: BundleStore
  readonly #listeners = new Set<() => void>()
  #inForce!: InForce
  #installing: Promise<unknown> = Promise.resolve()
  #problem = ''
  #lastRefusal = ''
  /** What a person who looks at this machine is told of it. */
  #refused = ''

  /** Loads the last good bundle, else the one before it, else the built-in pack. Throws an `AgentError` when even that fails. */
  static async open(options: PolicyHolderOptions): Promise<PolicyHolder> {
    const store = new BundleStore(options.directory)
    const holder = new PolicyHolder(options, store)
    await holder.#load()
    return holder
  }

  private constructor(options: PolicyHolderOptions, store: BundleStore) {
    this.#options = options
    this.#store = store
  }

  /** The policy to decide by, now. */
  current(): Policy {
    return this.#inForce.policy
  }

  /** How the policy in force is named to people. */
  named(): Health['policy'] {
    const { policy, manifest } = this.#inForce
    const { ownFolder } = this.#options
    return manifest === undefined && ownFolder !== undefined ? { ...policy.version, folder: ownFolder } : policy.version
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Plain sentences about the policy; empty when nothing is wrong. */
  problems(): readonly string[] {
    const { manifest } = this.#inForce
    const expired = manifest !== undefined && Date.parse(manifest.expires) <= this.#options.now()
    return [
      ...[this.#problem, this.#refused].filter((text) => text !== ''),
      ...(expired
        ? [
            `The policy ${manifest.name} ${manifest.version} expired on ${manifest.expires}. It stays in force; publish it again to show that somebody still looks after it.`,
          ]
        : []),
    ]
  }

  /** What is in force, as the hub is told. The built-in pack has version 0 there. */
  report(): BundleReport {
    const { policy, manifest } = this.#inForce
    const version = manifest?.version ?? 0
    return {
      kind: 'policy',
      status: 'active',
      name: policy.version.name,
      version,
      manifestHash: manifest ? policy.version.hash : '',
      code: '',
      detail: '',
      activeVersion: version,
      at: this.#options.now(),
    }
  }

  /** Considers an offer. One at a time; never throws. */
  install(offer: BundleOffer, fetch: FetchFiles): Promise<BundleReport> {
    const installed = this.#installing
      .then(() => this.#install(offer, fetch))
      .catch((error: unknown) =>
        this.#refuse(offer, {
          ok: false,
          code: 'internal',
          detail: `The bundle could not be put in force (${error instanceof Error ? error.message : String(error)}). Nothing changes on this machine; the rules before stay in force. Publish it again.`,
        }),
      )
    this.#installing = installed
    return installed
  }

  /** When the bundle in force was activated, milliseconds since 1970; nothing for the built-in pack. */
  activatedAt(): number | undefined {
    return this.#inForce.manifest ? this.#store.versions().activatedAt : undefined
  }

  /** Takes the bundle in force back, in favour of the one before it or the built-in pack. Nothing when none is in force. */
  async rollBack(reason: string): Promise<BundleReport | undefined> {
    const { manifest, policy } = this.#inForce
    if (!manifest) return undefined
    const { highest, previous } = this.#store.versions()
    const { name, version } = manifest
    const { hash } = policy.version
    const detail = `${reason}, so the policy ${name} ${version} was taken back. The rules before it are in force again. Correct the policy and publish it as a new version.`
    this.#store.commit({ highest, active: previous, previous: null, takenBack: { hash, name, version, detail } })
    await this.#load()
    this.#options.record({ kind: 'state', change: 'bundle-rolled-back', detail: { name, version, hash, reason } })
    this.#tell()
    return this.#rolledBack({ hash, name, version, detail })
  }

  #rolledBack({ hash, name, version, detail }: NonNullable<Versions['takenBack']>): BundleReport {
    return { ...this.report(), status: 'rolled-back', name, version, manifestHash: hash, code: 'rolled-back', detail }
  }

  async #load(): Promise<void> {
    const { active, previous } = this.#store.versions()
    for (const name of [active, previous]) {
      const loaded = name === null ? undefined : await this.#loadStored(name)
      if (loaded?.ok) return void (this.#inForce = loaded)
      if (loaded)
        this.#problem = `The stored policy bundle ${name ?? ''} cannot be used (${loaded.detail}) The agent decides by an older one; publish the policy again.`
    }
    this.#inForce = { policy: await this.#loadBuiltIn(), manifest: undefined }
  }

  async #loadBuiltIn(): Promise<Policy> {
    const { builtIn } = this.#options
    const policy = this.#compiledAsKept() ?? (await this.#compiledAnew())
    const hash = createHash('sha256')
      .update(canonicalJson(Object.fromEntries(builtIn)))
      .digest('hex')
    return { ...policy, version: { ...policy.version, version: 0, hash } }
  }

  /** Neither the engine nor the pack's tests are needed for what both agreed to when the product was built. */
  #compiledAsKept(): Policy | undefined {
    const { builtIn, kept } = this.#options
    if (kept === undefined) return undefined
    const compiled = compilePolicy(builtIn, engineOf(kept))
    return compiled.ok ? compiled.policy : undefined
  }

  async #compiledAnew(): Promise<Policy> {
    const loading = await this.#loader(this.#options.builtIn)
    if (loading.ok) return loading.policy
    throw new AgentError(
      'usage',
      `The policy pack that this agent starts with cannot be used, so the agent did not start. ${loading.detail}`,
    )
  }

  get #loader(): LoadPolicy {
    return this.#options.load ?? policyLoader(this.#options.compileCache)
  }

  async #loadStored(name: string): Promise<({ readonly ok: true } & InForce) | BundleRefusal> {
    const stored = this.#store.read(name)
    if (!stored) return { ok: false, code: 'missing', detail: 'it is not whole.' }
    const signed = checkSigned(stored, this.#options.keys())
    if (!signed.ok) return signed
    const content = await checkContent(signed.manifest, stored, this.#loader)
    return content.ok ? { ok: true, policy: content.policy, manifest: signed.manifest } : content
  }

  async #install(offer: BundleOffer, fetch: FetchFiles): Promise<BundleReport> {
    const hash = manifestHash(offer.manifest)
    if (this.#inForce.manifest && this.#inForce.policy.version.hash === hash) return this.report()
    if (offer.kind !== 'policy')
      return this.#refuse(offer, {
        ok: false,
        code: 'wrong-kind',
        detail: `This agent takes no ${offer.kind} bundles yet. Nothing changes on this machine; the rules before stay in force. Update the agent.`,
      })
    const { keys, now, agentVersion } = this.#options
    const versions = this.#store.versions()
    if (versions.takenBack?.hash === hash) return this.#rolledBack(versions.takenBack)
    const check = checkOffer(offer, { keys: keys(), now: now(), highest: versions.highest, agentVersion })
    if (!check.ok) return this.#refuse(offer, check)
    const { manifest } = check
    const files = await fetchOrWhy(fetch, hash, manifest)
    if ('code' in files) return this.#refuse(offer, files)
    const bundle: StoredBundle = { manifest: offer.manifest, signatures: offer.signatures, files }
    const content = await checkContent(manifest, bundle, this.#loader)
    if (!content.ok) return this.#refuse(offer, content)
    const name = bundleName(manifest.version, hash)
    this.#store.write(name, bundle)
    this.#store.commit({
      highest: manifest.version,
      active: name,
      previous: this.#inForce.manifest ? versions.active : null,
      activatedAt: now(),
    })
    this.#inForce = { policy: content.policy, manifest }
    this.#problem = ''
    this.#lastRefusal = ''
    this.#refused = ''
    this.#options.record({ kind: 'state', change: 'bundle-activated', detail: { name: manifest.name, version: manifest.version, hash } })
    this.#tell()
    return this.report()
  }

  #refuse(offer: BundleOffer, refusal: BundleRefusal): BundleReport {
    const hash = manifestHash(offer.manifest)
    const { name, version } = claimed(offer.manifest)
    // The hub offers again at every connection; once in the journal is enough.
    const key = `${hash} ${refusal.code}`
    if (this.#lastRefusal !== key)
      this.#options.record({
        kind: 'state',
        change: 'bundle-refused',
        detail: { name, version, hash, code: refusal.code, detail: refusal.detail },
      })
    this.#lastRefusal = key
    this.#refused = `The policy bundle ${name} ${version} was refused: ${refusal.detail}`
    return {
      ...this.report(),
      kind: offer.kind,
      status: 'refused',
      name,
      version,
      manifestHash: hash,
      code: refusal.code,
      detail: refusal.detail,
    }
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

async function fetchOrWhy(
  fetch: FetchFiles,
  hash: string,
  manifest: BundleManifest,
): Promise<ReadonlyMap<string, Uint8Array> | BundleRefusal> {
  const maxBytes = manifest.files.reduce((sum, file) => sum + Math.max(file.length, 1), 0)
  try {
    return await fetch(hash, { maxBytes })
  } catch (error) {
    return {
      ok: false,
      code: 'fetch-failed',
      detail: `The files of ${manifest.name} ${manifest.version} could not be fetched (${error instanceof Error ? error.message : String(error)}). Nothing changes on this machine; the rules before stay in force. The hub offers it again at the next connection.`,
    }
  }
}

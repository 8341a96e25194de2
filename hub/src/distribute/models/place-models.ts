/** Which model agents run: promoted into the shadow or into use, and back again. */
import { HubError } from '../../platform/errors.ts'
import type { ModelPlace, ModelPlacing, ModelReleaseRow, ModelTask } from '../../store/index.ts'
import type { PublishOptions } from '../release/release.ts'
import { note, restoreModel, subjectOf } from './model-releases.ts'
import { beforeActive, wishOf } from './placement.ts'

export interface Promotion {
  readonly task: ModelTask
  readonly version: number
  readonly place: ModelPlace
  readonly by: string
}

/** What agents are to be told: what to run, and what to take back. */
export interface ModelMove {
  readonly offer?: ModelReleaseRow
  readonly place: ModelPlace
  readonly withdrawn?: ModelReleaseRow
}

/** Puts a release into a place. Throws a `HubError`; then nothing has changed. */
export async function promoteModel(
  options: PublishOptions,
  tenant: string,
  { task, version, place, by }: Promotion,
): Promise<ModelMove & { readonly offer: ModelReleaseRow }> {
  const found = await options.store.read.modelRelease(tenant, task, version)
  if (found === undefined) throw refused('not-found', `there is no release ${version} of a model that reads ${task}`)
  if (found.expires <= options.clock.now()) throw refused('expired', `${subjectOf(found)} has expired`)
  const placings = await options.store.read.modelPlacings(tenant, task)
  const wish = wishOf(placings)
  if (place === 'shadow' && wish.active === found.hash) throw refused('in-use', `${subjectOf(found)} is the active model`)
  // Agents take nothing that is older than what was active: an older model comes as a new release.
  const isPlaced = wish.active === found.hash || wish.shadow === found.hash
  const old = !isPlaced && found.version <= (await newestActive(options, tenant, placings))
  const release = old ? await restoreModel(options, tenant, { release: found, by }) : found
  await put(options, tenant, { task, place, hash: release.hash, by })
  if (place === 'active' && wish.shadow === release.hash) await put(options, tenant, { task, place: 'shadow', hash: '', by })
  await note(options, tenant, { by, action: `model.${place}`, subject: subjectOf(release), detail: { hash: release.hash } })
  return { offer: release, place }
}

/**
 * Back to what was active before, as a new release with the old content, or to the model that ships; of the shadow: nothing in it
 * any more. Throws a `HubError`.
 */
export async function rollBackModel(
  options: PublishOptions,
  tenant: string,
  { task, place, by }: Omit<Promotion, 'version'>,
): Promise<ModelMove> {
  const placings = await options.store.read.modelPlacings(tenant, task)
  const current = await options.store.read.modelReleaseByHash(tenant, wishOf(placings)[place])
  if (current === undefined)
    throw refused('nothing-placed', `no model that reads ${task} is ${place === 'active' ? 'active' : 'in the shadow'} by this hub`)
  const before = place === 'active' ? beforeActive(placings, await restoresOf(options, tenant, placings)) : undefined
  const old = before === undefined ? undefined : await options.store.read.modelReleaseByHash(tenant, before)
  const offer = old === undefined ? undefined : await restoreModel(options, tenant, { release: old, by })
  await put(options, tenant, { task, place, hash: offer?.hash ?? '', by })
  await note(options, tenant, {
    by,
    action: 'model.rolled-back',
    subject: subjectOf(current),
    detail: { place, to: offer === undefined ? 'the model that ships' : subjectOf(offer) },
  })
  return offer === undefined ? { place, withdrawn: current } : { offer, place }
}

function put(options: PublishOptions, tenant: string, placing: Omit<ModelPlacing, 'at'>): Promise<void> {
  return options.store.write.placeModel(tenant, { ...placing, at: options.clock.now() })
}

async function restoresOf(
  options: PublishOptions,
  tenant: string,
  placings: readonly ModelPlacing[],
): Promise<ReadonlyMap<string, string>> {
  const hashes = [...new Set(placings.map(({ hash }) => hash))].filter((hash) => hash !== '')
  const releases = await Promise.all(hashes.map((hash) => options.store.read.modelReleaseByHash(tenant, hash)))
  return new Map(releases.flatMap((release) => (release === undefined ? [] : [[release.hash, release.restores]])))
}

async function newestActive(options: PublishOptions, tenant: string, placings: readonly ModelPlacing[]): Promise<number> {
  const hashes = [...new Set(placings.filter(({ place, hash }) => place === 'active' && hash !== '').map(({ hash }) => hash))]
  const releases = await Promise.all(hashes.map((hash) => options.store.read.modelReleaseByHash(tenant, hash)))
  return Math.max(0, ...releases.map((release) => release?.version ?? 0))
}

function refused(code: string, why: string): HubError {
  return new HubError({
    code,
    status: code === 'not-found' ? 404 : 409,
    detail: `Nothing was changed: ${why}.`,
    protection: 'The models in use stay in use on every agent.',
    remedy: REMEDIES[code] ?? '',
  })
}

const REMEDIES: Readonly<Record<string, string>> = {
  'not-found': 'Look at `assize-hub model list`.',
  expired: 'Add the model again.',
  'in-use': 'Roll it back first, with `assize-hub model rollback`.',
  'nothing-placed': 'Agents run the model that ships, or what their administrators chose; look at `assize-hub model list`.',
}

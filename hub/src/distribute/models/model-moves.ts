import type { ModelPlace, ModelReleaseRow, Store } from '../../store/index.ts'
import type { ToAgent } from '../wire.ts'
import { wishOf } from './placement.ts'
import type { ModelStateSaid } from './wire.ts'

/** What an agent that runs this has to be told, so that it runs what it is meant to. What its own administrator chose is left alone. */
export async function modelMoves(
  store: Pick<Store, 'read'>,
  tenant: string,
  { said, now }: { readonly said: ModelStateSaid; readonly now: number },
): Promise<readonly ToAgent[]> {
  const { task } = said
  const wish = wishOf(await store.read.modelPlacings(tenant, task))
  const moves: ToAgent[] = []
  // The active one first: a release is taken into the shadow only where it is newer than that.
  for (const place of ['active', 'shadow'] as const) {
    const running = said[place]?.manifestHash ?? ''
    if (wish[place] === running) continue
    const wanted = wish[place] === '' ? undefined : await store.read.modelReleaseByHash(tenant, wish[place])
    if (wanted !== undefined && wanted.expires > now) moves.push(modelOffer(wanted, place))
    else if (wish[place] === '' && running !== '' && (await store.read.modelReleaseByHash(tenant, running)) !== undefined)
      moves.push({ type: 'withdrawal', task, manifestHash: running })
  }
  return moves
}

export function modelOffer(release: ModelReleaseRow, place: ModelPlace): ToAgent {
  return { type: 'offer', kind: 'model', manifest: release.manifest, signatures: release.signatures, task: release.task, use: place }
}

import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ModelRelease } from '../../api/types.ts'
import { Id } from '../../design/copy.tsx'
import { Facts, Section } from '../../design/design.tsx'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { bytes } from '../../design/format.ts'
import { Refusals } from '../../design/refusals.tsx'
import { Time } from '../../design/time.tsx'
import { visible } from '../../design/visible.ts'
import { Figures } from './figures.tsx'
import { ModelReach } from './model-reach.tsx'

const PLACES = { active: 'Active: its scores count', shadow: 'In the shadow: its scores are counted and used for nothing' } as const

/** One release in full: what it is for and not for first, then where it runs and what was measured. */
export function Release({ release }: { readonly release: ModelRelease }): ReactNode {
  const { card } = release
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Section title={`${visible(release.name)} ${release.modelVersion}`} aside={`release ${release.version}, reads ${release.task}`}>
        <p className="mb-4 max-w-prose">
          <Prose text={card.purpose} />
        </p>
        <NotFor reasons={card.notFor} />
        <div className="my-4">
          <ModelReach agents={release.agents} />
        </div>
        <Identity release={release} />
      </Section>
      {release.refusals.length === 0 ? null : (
        <Refusals title="Refused or taken back by" aside="Each keeps its last good model" refusals={release.refusals} />
      )}
      {release.evaluations.map((one) => (
        <Section key={one.at} flush title="Evaluated here" aside={<Time at={one.at} />}>
          <Figures rows={rowsOf(one.figures)} />
        </Section>
      ))}
      <Section flush title="Measured by its makers" aside={<span className="figures">{card.metrics.length}</span>}>
        <Figures rows={card.metrics.map(({ set, ...figures }) => ({ name: String(set), figures }))} />
      </Section>
      <Section flush title="Trained on">
        <Figures rows={card.trainedOn.map(({ source, ...rest }) => ({ name: String(source), figures: rest }))} />
      </Section>
    </div>
  )
}

function NotFor({ reasons }: { readonly reasons: readonly string[] }): ReactNode {
  return (
    <div className="flex gap-3 rounded-card border border-ask bg-ask-wash p-4 text-ask-ink">
      <CircleAlert size={18} aria-hidden="true" className="mt-0.5 shrink-0" />
      <div>
        <h3 className="font-semibold">It must not be used for</h3>
        <ul className="mt-1 flex list-disc flex-col gap-0.5 pl-4">
          {reasons.map((reason) => (
            <li key={reason}>
              <Prose text={reason} />
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

function Identity({ release }: { readonly release: ModelRelease }): ReactNode {
  return (
    <Facts
      rows={[
        ['Used as', release.place === undefined ? 'nothing: it was added and not promoted, or gone back from' : PLACES[release.place]],
        [
          'Added',
          <span key="added">
            <Time at={release.created} /> by <Foreign text={release.publishedBy} />
          </span>,
        ],
        ['Expires', <Time key="expires" at={release.expires} />],
        ...(release.restores === undefined
          ? []
          : ([['Brings back', <Id key="restores" value={release.restores} name="release hash" />]] as const)),
        ['Licence', <Foreign key="licence" text={release.card.licence} />],
        ['Size', bytes(release.bytes)],
        [
          'Signed by',
          <span key="signed">
            <Id value={release.signedBy.keyId} name="key id" />
            {release.signedBy.onHub ? ', a key kept on this hub for convenience' : ''}
          </span>,
        ],
        ['Hash', <Id key="hash" value={release.hash} name="release hash" />],
      ]}
    />
  )
}

/** An evaluation as the hub keeps it: figures of everything, then by source. */
function rowsOf(figures: Readonly<Record<string, unknown>>) {
  const { all, bySource } = figures
  const parts = typeof bySource === 'object' && bySource !== null ? Object.entries(bySource) : []
  return [['All', all] as const, ...parts].map(([name, of]) => ({ name: name === '' ? 'no source' : name, figures: recordOf(of) }))
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { RunningModel } from '../../api/types.ts'
import { Section } from '../../design/design.tsx'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { count } from '../../design/format.ts'
import { Time } from '../../design/time.tsx'

const MODES = { off: 'off', shadow: 'only counted', on: 'used' } as const

/** What each machine runs, as it last said: what it makes of it, and whether its texts are those the model knows. */
export function RunningModels({ models }: { readonly models: readonly RunningModel[] }): ReactNode {
  return (
    <Section flush title="What agents run">
      {models.length === 0 ? (
        <p className="p-4 text-soft">No agent has said yet which models it runs. Each does once it connects.</p>
      ) : (
        <ul className="divide-y divide-line">
          {models.map((one) => (
            <li
              key={`${one.agent} ${one.task}`}
              className="grid items-start gap-x-4 gap-y-0.5 px-4 py-3 sm:grid-cols-[11rem_minmax(0,1fr)_auto]"
            >
              <span>
                <Link to="/fleet/$id" params={{ id: one.agent }} className="font-medium hover:underline">
                  <Foreign text={one.hostname} />
                </Link>
                <span className="block text-small text-faint">
                  reads {one.task}, {MODES[one.mode]}
                </span>
              </span>
              <span className="min-w-0">
                {one.active === undefined ? 'no model' : <Running model={one.active} />}
                {one.shadow === undefined ? null : <Tried model={one.shadow} comparison={one.comparison} />}
                {one.problems.map((problem) => (
                  <span key={problem} className="block text-deny-ink">
                    <Prose text={problem} />
                  </span>
                ))}
              </span>
              <span className="text-small text-soft">
                <Time at={one.at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

type InUse = NonNullable<RunningModel['active']>

function Running({ model }: { readonly model: InUse }): ReactNode {
  return (
    <>
      <span className="figures block font-medium">
        <Foreign text={`${model.name} ${model.version}`} />
        {model.manifestHash === '' ? <span className="font-normal text-soft">, the one it came with</span> : null}
      </span>
      {model.scored === 0 ? null : (
        <span className="figures block text-small text-soft">
          {count(model.scored)} scored, {count(model.flagged)} flagged, {model.p50Ms.toFixed(1)} ms per thousand characters (slowest in a
          hundred {model.p99Ms.toFixed(1)} ms)
        </span>
      )}
      {model.drifted.length === 0 ? null : (
        <span className="block text-small font-semibold text-ask-ink">
          Texts here differ from those it was measured on: <Foreign text={model.drifted.join(', ')} />
        </span>
      )}
    </>
  )
}

function Tried({ model, comparison }: { readonly model: InUse; readonly comparison: RunningModel['comparison'] }): ReactNode {
  return (
    <span className="figures block text-small text-soft">
      <Foreign text={`${model.name} ${model.version}`} /> in the shadow
      {comparison === undefined
        ? ''
        : `: of ${count(comparison.compared)} texts both flagged ${count(comparison.both)}, only the active one ${count(comparison.onlyActive)}, only the shadow ${count(comparison.onlyShadow)}; ${count(comparison.missed)} missed`}
    </span>
  )
}

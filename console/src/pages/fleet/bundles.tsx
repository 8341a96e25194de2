import { CircleCheck, CircleX, Contrast, History, type LucideIcon, Undo2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AgentDetail } from '../../api/types.ts'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { Section } from '../../design/design.tsx'
import { PolicyName } from '../../design/policy-name.tsx'
import { Time } from '../../design/time.tsx'
import { replaced } from './replaced.ts'

type Report = AgentDetail['bundles'][number]

interface Face {
  readonly word: string
  readonly icon: LucideIcon
  readonly ink: string
}

const FACES: Readonly<Record<Report['status'], Face>> = {
  active: { word: 'In force', icon: CircleCheck, ink: 'text-good-ink' },
  shadow: { word: 'In the shadow', icon: Contrast, ink: 'text-soft' },
  refused: { word: 'Refused', icon: CircleX, ink: 'text-deny-ink' },
  'rolled-back': { word: 'Rolled back', icon: Undo2, ink: 'text-ask-ink' },
}

const REPLACED: Face = { word: 'Replaced', icon: History, ink: 'text-soft' }

const BUILT_WITH: Readonly<Record<Report['kind'], string>> = {
  policy: 'The pack it was built with',
  model: 'The model it came with',
  antibody: 'What it was built with',
}

/** What the agent said about each bundle it was offered. */
export function Bundles({ bundles }: { readonly bundles: readonly Report[] }): ReactNode {
  if (bundles.length === 0) return null
  return (
    <Section flush title="Bundles offered to it">
      <ul className="divide-y divide-line">
        {bundles.map((report) => (
          <li key={`${report.kind} ${report.version} ${report.at}`}>
            <Bundle report={report} face={replaced(report, bundles) ? REPLACED : (FACES[report.status] ?? FACES.refused)} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Bundle({ report, face }: { readonly report: Report; readonly face: Face }): ReactNode {
  const Icon = face.icon
  return (
    <div className="grid items-start gap-x-4 gap-y-0.5 px-4 py-3 sm:grid-cols-[8rem_minmax(0,1fr)_auto]">
      <span className={`inline-flex items-center gap-1.5 font-medium ${face.ink}`}>
        <Icon size={15} aria-hidden="true" />
        {face.word}
      </span>
      <span className="min-w-0">
        <span className="figures block font-medium">
          {report.kind} <PolicyName name={report.name} version={report.version} />
        </span>
        {report.detail === '' ? null : (
          <span className="block text-soft">
            <Prose text={report.detail} />
          </span>
        )}
        {report.status === 'active' || report.status === 'shadow' ? null : (
          <span className="figures block text-soft">
            {report.activeVersion === 0 ? BUILT_WITH[report.kind] : `Version ${report.activeVersion}`} stays in force.
          </span>
        )}
        {report.code === '' ? null : (
          <code className="text-small text-faint">
            <Foreign text={report.code} />
          </code>
        )}
      </span>
      <span className="text-small text-soft">
        <Time at={report.at} />
      </span>
    </div>
  )
}

import type { ReactNode } from 'react'
import { Foreign, ForeignBlock } from '../../design/foreign.tsx'
import { Section } from '../../design/design.tsx'
import type { DecisionRecord } from './record.ts'

/** The call as it was judged. */
export function Call({ record }: { readonly record: DecisionRecord }): ReactNode {
  const { call } = record
  return (
    <Section title="The call" aside={call.cwd === '' ? undefined : <Cwd path={call.cwd} />}>
      <ForeignBlock text={JSON.stringify(call.args, null, 2) ?? ''} label="Arguments of the call" />
    </Section>
  )
}

function Cwd({ path }: { readonly path: string }): ReactNode {
  return (
    <span>
      in{' '}
      <code>
        <Foreign text={path} />
      </code>
    </span>
  )
}

/** The journal entry, unchanged. */
export function RawRecord({ entry }: { readonly entry: unknown }): ReactNode {
  return (
    <details className="card group">
      <summary className="px-4 py-3 font-semibold select-none">Raw record</summary>
      <div className="border-t border-line p-4">
        <ForeignBlock text={JSON.stringify(entry, null, 2) ?? ''} label="Raw record" />
      </div>
    </details>
  )
}

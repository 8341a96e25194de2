import type { Finding } from '@assize/kernel'
import type { ReactNode } from 'react'
import { Foreign } from '../../design/foreign.tsx'
import { Section } from '../../design/design.tsx'
import { visible } from '../../design/visible.ts'
import { argumentWords } from './words.ts'

/** What detectors saw. Evidence, never a verdict. */
export function Findings({ findings }: { readonly findings: readonly Finding[] }): ReactNode {
  if (findings.length === 0) return null
  return (
    <Section flush title="Findings" aside="Evidence the policies weighed; no finding decides alone">
      <ul className="divide-y divide-line">
        {findings.map((finding, at) => (
          <li key={at} className="grid gap-x-4 gap-y-0.5 p-4 sm:grid-cols-[minmax(0,1fr)_auto]">
            <p>
              <Foreign text={finding.detail === '' ? finding.kind : finding.detail} />
            </p>
            <p className="figures text-soft sm:text-right">score {finding.score.toFixed(2)}</p>
            <p className="text-small text-faint">
              <code>{visible(finding.kind)}</code> in{' '}
              {finding.where.startsWith('/') ? argumentWords(finding.where) : `source ${visible(finding.where)}`}, characters{' '}
              {finding.span[0]}–{finding.span[1]}
            </p>
            <p className="text-small text-faint sm:text-right">
              {visible(finding.detector)} {visible(finding.version)}
            </p>
          </li>
        ))}
      </ul>
    </Section>
  )
}

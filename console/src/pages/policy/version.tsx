import type { ReactNode } from 'react'
import type { PolicyVersion } from '../../api/types.ts'
import { Id } from '../../design/copy.tsx'
import { Foreign } from '../../design/foreign.tsx'
import { bytes } from '../../design/format.ts'
import { Facts, Section } from '../../design/design.tsx'
import { Refusals } from '../../design/refusals.tsx'
import { Time } from '../../design/time.tsx'
import { visible } from '../../design/visible.ts'
import { Reach } from './reach.tsx'
import { Rules } from './rules.tsx'

/** One published version in full. */
export function Version({ version }: { readonly version: PolicyVersion }): ReactNode {
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Section title={`${visible(version.name)} v${version.version}`}>
        <div className="mb-4 max-w-md">
          <Reach agents={version.agents} />
        </div>
        <Facts
          rows={[
            [
              'Published',
              <span key="published">
                <Time at={version.created} /> by <Foreign text={version.publishedBy} />
              </span>,
            ],
            ['Expires', <Time key="expires" at={version.expires} />],
            [
              'Signed by',
              <span key="signed">
                <Id value={version.signedBy.keyId} name="key id" />
                {version.signedBy.onHub ? ', a key kept on this hub for convenience' : ''}
              </span>,
            ],
            ['Hash', <Id key="hash" value={version.hash} name="policy hash" />],
          ]}
        />
      </Section>
      {version.refusals.length === 0 ? null : (
        <Refusals title="Refused by" aside="Each keeps its last good policy in force" refusals={version.refusals} />
      )}
      <Rules key={version.version} version={version.version} />
      <Files version={version} />
    </div>
  )
}

function Files({ version }: { readonly version: PolicyVersion }): ReactNode {
  return (
    <Section flush title="Files" aside={<span className="figures">{version.files.length}</span>}>
      <ul className="divide-y divide-line">
        {version.files.map((file) => (
          <li key={file.path} className="flex flex-wrap items-center gap-x-4 px-4 py-2">
            <code className="min-w-0 flex-1">
              <Foreign text={file.path} />
            </code>
            <span className="figures text-small text-soft">{bytes(file.length)}</span>
            <Id value={file.sha256} name="SHA-256" />
          </li>
        ))}
      </ul>
    </Section>
  )
}

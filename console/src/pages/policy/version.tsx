import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { PolicyVersion } from '../../api/types.ts'
import { Id } from '../../design/copy.tsx'
import { Foreign, Prose } from '../../design/foreign.tsx'
import { bytes } from '../../design/format.ts'
import { Facts, Section } from '../../design/design.tsx'
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
      {version.refusals.length === 0 ? null : <Refusals version={version} />}
      <Rules key={version.version} version={version.version} />
      <Files version={version} />
    </div>
  )
}

function Refusals({ version }: { readonly version: PolicyVersion }): ReactNode {
  return (
    <Section flush title="Refused by" aside="Each keeps its last good policy in force">
      <ul className="divide-y divide-line">
        {version.refusals.map((refusal) => (
          <li key={refusal.agent} className="grid items-start gap-x-4 gap-y-0.5 px-4 py-3 sm:grid-cols-[11rem_minmax(0,1fr)_auto]">
            <Link to="/fleet/$id" params={{ id: refusal.agent }} className="font-medium hover:underline">
              <Foreign text={refusal.hostname} />
            </Link>
            <span className="min-w-0">
              <span className="block">
                <Prose text={refusal.detail} />
              </span>
              <code className="text-small text-faint">
                <Foreign text={refusal.code} />
              </code>
            </span>
            <span className="text-small text-soft">
              <Time at={refusal.at} />
            </span>
          </li>
        ))}
      </ul>
    </Section>
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

import type { ReactNode } from 'react'
import type { AgentDetail } from '../../api/types.ts'
import { Foreign } from '../../design/foreign.tsx'
import { bytes } from '../../design/format.ts'
import { Section } from '../../design/design.tsx'
import { Time } from '../../design/time.tsx'

/** AI processes now running, with what they expose. */
export function Processes({ processes }: { readonly processes: AgentDetail['processes'] }): ReactNode {
  return (
    <Section flush title="AI processes" aside={<span className="figures">{processes.length}</span>}>
      {processes.length === 0 ? (
        <p className="p-4 text-soft">No known AI runtime or agent is running there.</p>
      ) : (
        <ul className="divide-y divide-line">
          {processes.map((process) => (
            <li key={process.pid} className="flex flex-col gap-1 px-4 py-3">
              <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                <span className="font-medium">
                  <Foreign text={process.kind} />
                </span>
                <code className="min-w-0 text-soft">
                  <Foreign text={process.executable} />
                </code>
                <span className="figures ml-auto text-small text-soft">
                  pid {process.pid}, <Foreign text={process.user} />
                  {process.startedAt === undefined ? null : (
                    <>
                      , since <Time at={process.startedAt} />
                    </>
                  )}
                </span>
              </div>
              <Ports ports={process.ports} />
              {process.exposures.map((exposure) => (
                <p key={exposure} className="text-ask-ink">
                  <Foreign text={exposure} />
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function Ports({ ports }: { readonly ports: AgentDetail['processes'][number]['ports'] }): ReactNode {
  if (ports.length === 0) return null
  return (
    <p className="text-small text-soft">
      listens on{' '}
      {ports.map((port, at) => (
        <code key={at} className="mr-2">
          <Foreign text={port.address.includes(':') ? `[${port.address}]:${port.port}` : `${port.address}:${port.port}`} />
        </code>
      ))}
    </p>
  )
}

/** Model files found on the machine, read by header only. */
export function ModelFiles({ files }: { readonly files: AgentDetail['modelFiles'] }): ReactNode {
  return (
    <Section flush title="Model files" aside={<span className="figures">{files.length}</span>}>
      {files.length === 0 ? (
        <p className="p-4 text-soft">No model file has been found in the watched folders.</p>
      ) : (
        <ul className="divide-y divide-line">
          {files.map((file) => (
            <li key={file.path} className="flex flex-col gap-0.5 px-4 py-3">
              <div className="flex flex-wrap items-baseline gap-x-3">
                <span className="font-medium">
                  <Foreign text={file.name === '' ? (file.path.split(/[\\/]/).at(-1) ?? file.path) : file.name} />
                </span>
                <span className="text-soft">
                  <Foreign text={[file.format, file.architecture].filter((word) => word !== '').join(', ')} />
                </span>
                <span className="figures ml-auto text-small text-soft">
                  {bytes(file.size)}, changed <Time at={file.modifiedAt} />
                </span>
              </div>
              <code className="text-small text-faint">
                <Foreign text={file.path} />
              </code>
              {file.problems.map((problem) => (
                <p key={problem} className="text-deny-ink">
                  <Foreign text={problem} />
                </p>
              ))}
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

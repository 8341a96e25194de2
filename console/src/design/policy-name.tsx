import type { ReactNode } from 'react'
import { Foreign } from './foreign.tsx'

/** A policy's name and version; version 0 is the pack an agent was built with. */
export function PolicyName({ name, version }: { readonly name: string; readonly version: number }): ReactNode {
  return (
    <span className="figures">
      <Foreign text={name} /> {version === 0 ? '(built in)' : `v${version}`}
    </span>
  )
}

import { useQuery } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { type ReactNode, useEffect, useState } from 'react'
import { overviewQuery } from '../api/queries.ts'
import { useLiveState } from './live-context.tsx'

const PATIENCE = 3_000

/** Told only when the hub has been silent for a while; short breaks mend themselves. */
export function HubBanner(): ReactNode {
  return useLiveState() === 'lost' ? <Lost /> : null
}

function Lost(): ReactNode {
  const { isError } = useQuery(overviewQuery())
  const [late, setLate] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE)
    return () => clearTimeout(timer)
  }, [])
  if (!late) return null
  return (
    <output className="flex items-start gap-2.5 border-b border-line bg-ask-wash px-4 py-2.5 text-ask-ink sm:px-7">
      <CloudOff size={16} aria-hidden="true" className="mt-0.5 shrink-0" />
      <p>
        <strong className="font-semibold">{isError ? 'The hub does not answer.' : 'The live stream is broken.'}</strong> What you see may be
        old. Agents keep deciding on their own machines and keep every record until the hub takes it. Trying again; if this stays, check
        that <code>assize-hub serve</code> runs.
      </p>
    </output>
  )
}

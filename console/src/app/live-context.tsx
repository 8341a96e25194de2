import { useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext, useEffect, useState, useSyncExternalStore } from 'react'
import { LiveStream, type LiveState } from './live.ts'

const Context = createContext<LiveStream | undefined>(undefined)

/** Keeps the live stream open while someone is signed in. */
export function LiveProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const client = useQueryClient()
  const [stream] = useState(() => new LiveStream(client))
  useEffect(() => {
    stream.open()
    return () => stream.close()
  }, [stream])
  return <Context value={stream}>{children}</Context>
}

export function useLive(): LiveStream {
  const stream = useContext(Context)
  if (stream === undefined) throw new Error('useLive outside of LiveProvider')
  return stream
}

export function useLiveState(): LiveState {
  const stream = useLive()
  return useSyncExternalStore(stream.onState, () => stream.state)
}

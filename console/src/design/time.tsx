import { type ReactNode, useSyncExternalStore } from 'react'
import { ago, clock, exact } from './format.ts'

const TICK = 5_000
const listeners = new Set<() => void>()
let now = Date.now()
let timer: ReturnType<typeof setInterval> | undefined

/** The current moment, one clock for the whole page, moving every five seconds. */
export function useNow(): number {
  return useSyncExternalStore(listen, () => now)
}

/** How long ago, with the exact moment on hover. */
export function Time({ at, absolute = false }: { readonly at: string | number; readonly absolute?: boolean }): ReactNode {
  const moment = typeof at === 'number' ? at : Date.parse(at)
  const current = useNow()
  if (!Number.isFinite(moment)) return <span>unknown time</span>
  return (
    <time dateTime={new Date(moment).toISOString()} title={exact(moment)} className="figures whitespace-nowrap">
      {absolute ? clock(moment) : ago(moment, current)}
    </time>
  )
}

function listen(listener: () => void): () => void {
  listeners.add(listener)
  now = Date.now()
  timer ??= setInterval(() => {
    now = Date.now()
    for (const one of listeners) one()
  }, TICK)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
}

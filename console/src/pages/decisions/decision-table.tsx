import { useNavigate } from '@tanstack/react-router'
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { ArrowUp } from 'lucide-react'
import { type ReactNode, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react'
import type { DecisionSummary } from '../../api/types.ts'
import { useKeys } from '../../app/keys.ts'
import { counted } from '../../design/format.ts'
import { DecisionHeads, DecisionRow } from './decision-row.tsx'

const WIDE = 42
const NARROW = 86
const NEAR_END = 30

interface TableProps {
  readonly decisions: readonly DecisionSummary[]
  readonly held: number
  readonly more: boolean
  readonly onRelease: () => void
  /** The reader has left the top, so newcomers must not push the list about. */
  readonly onAway: (away: boolean) => void
  readonly onEnd: () => void
}

/** The rows, of which only those in sight exist. `j` and `k` move, `Enter` opens. */
export function DecisionTable({ decisions, held, more, onRelease, onAway, onEnd }: TableProps): ReactNode {
  const frame = useRef<HTMLDivElement>(null)
  const [height, setHeight] = useState(WIDE)
  // oxlint-disable-next-line react/incompatible-library -- the compiler leaves this component alone, which is what the virtualizer needs
  const rows = useVirtualizer({
    count: decisions.length,
    getScrollElement: () => frame.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (at) => decisions[at]?.id ?? at,
  })
  useRowHeight(frame, (next) => {
    setHeight(next)
    rows.measure()
  })
  const seen = rows.getVirtualItems().at(-1)?.index ?? 0
  useEffect(() => {
    if (more && seen >= decisions.length - NEAR_END) onEnd()
  }, [more, seen, decisions.length, onEnd])
  const { current, setCurrent } = useRowKeys(decisions, rows, frame)
  const toTop = (): void => {
    onRelease()
    frame.current?.scrollTo({ top: 0 })
  }
  return (
    <div className="@container relative flex min-h-0 min-w-0 flex-1 flex-col">
      <DecisionHeads />
      {held === 0 ? null : (
        <button
          type="button"
          onClick={toTop}
          className="absolute top-11 left-1/2 z-10 inline-flex -translate-x-1/2 items-center gap-1.5 rounded-full bg-accent px-3 py-1 text-small font-semibold text-on-accent shadow-raised"
        >
          <ArrowUp size={13} aria-hidden="true" /> {counted(held, 'new decision')}
        </button>
      )}
      <div
        ref={frame}
        className="min-h-0 flex-1 overflow-y-auto bg-surface"
        data-scroll-restoration-id="decisions"
        onScroll={(event) => onAway(event.currentTarget.scrollTop > height)}
      >
        <ol className="relative" style={{ height: rows.getTotalSize() }} aria-label="Decisions, newest first">
          {rows.getVirtualItems().map((item) => {
            const decision = decisions[item.index]
            if (decision === undefined) return null
            return (
              <li key={item.key} className="absolute inset-x-0" style={{ height: item.size, transform: `translateY(${item.start}px)` }}>
                <DecisionRow decision={decision} current={decision.id === current} onFocus={() => setCurrent(decision.id)} />
              </li>
            )
          })}
        </ol>
      </div>
    </div>
  )
}

/** The row a reader left the list from, so that coming back finds it. */
let left: string | undefined

/** Once, when the list is drawn again and holds it: back to the row it was left from. */
function useReturn(
  decisions: readonly DecisionSummary[],
  current: string | undefined,
  rows: Virtualizer<HTMLDivElement, Element>,
  frame: React.RefObject<HTMLDivElement | null>,
): void {
  const back = useRef(left)
  const comeBack = useEffectEvent(() => {
    const id = back.current
    const at = id === undefined ? -1 : decisions.findIndex((decision) => decision.id === id)
    // Whoever has moved on meanwhile stays there.
    if (id === undefined || id !== current || at < 0) return
    back.current = undefined
    rows.scrollToIndex(at)
    focusRow(frame, id)
  })
  useEffect(() => comeBack(), [decisions])
}

/** Five seconds of a quick machine; a slow one draws the rows late, and few frames a second. */
const MOST_FRAMES = 300
/** The row that is to have the focus next; one that was wanted before is not waited for any longer. */
let wanted: string | undefined

/** Focuses a row once the list has drawn the stretch it stands in. */
function focusRow(frame: React.RefObject<HTMLDivElement | null>, id: string): void {
  wanted = id
  const attempt = (frames: number): void => {
    if (wanted !== id || frame.current === null) return
    const row = frame.current.querySelector<HTMLElement>(`[data-decision="${CSS.escape(id)}"]`)
    if (row === null) return void (frames < MOST_FRAMES && requestAnimationFrame(() => attempt(frames + 1)))
    wanted = undefined
    row.focus({ preventScroll: true })
  }
  requestAnimationFrame(() => attempt(0))
}

/** The current row is remembered by id, so that newcomers do not move it. It holds the focus, so `Enter` opens it as a link does. */
function useRowKeys(
  decisions: readonly DecisionSummary[],
  rows: Virtualizer<HTMLDivElement, Element>,
  frame: React.RefObject<HTMLDivElement | null>,
) {
  const [current, setCurrent] = useState(left)
  const navigate = useNavigate()
  useEffect(() => {
    left = current
  }, [current])
  useReturn(decisions, current, rows, frame)
  const bindings = useMemo(() => {
    const move = (by: number): void => {
      const at = current === undefined ? -1 : decisions.findIndex((decision) => decision.id === current)
      const next = decisions[Math.min(decisions.length - 1, Math.max(0, at + by))]
      if (next === undefined) return
      setCurrent(next.id)
      rows.scrollToIndex(decisions.indexOf(next))
      focusRow(frame, next.id)
    }
    const open = (): void => {
      if (current !== undefined) void navigate({ to: '/decisions/$id', params: { id: current } })
    }
    return [
      { keys: 'j', does: 'Next decision', run: () => move(1) },
      { keys: 'k', does: 'Previous decision', run: () => move(-1) },
      { keys: 'Enter', does: 'Open it', run: open },
    ]
  }, [decisions, current, rows, frame, navigate])
  useKeys('List', bindings)
  return { current, setCurrent }
}

function useRowHeight(frame: React.RefObject<HTMLDivElement | null>, onChange: (height: number) => void): void {
  const changed = useEffectEvent(onChange)
  useEffect(() => {
    const element = frame.current
    if (element === null) return
    const observer = new ResizeObserver(() => changed(element.clientWidth < 576 ? NARROW : WIDE))
    observer.observe(element)
    return () => observer.disconnect()
  }, [frame])
}

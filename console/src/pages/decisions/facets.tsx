import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { X } from 'lucide-react'
import type { ReactNode } from 'react'
import { agentsQuery, facetsQuery } from '../../api/queries.ts'
import { count } from '../../design/format.ts'
import { VERDICT_INK, VERDICT_WORD, VERDICTS, VerdictShape } from '../../design/verdict.tsx'
import { useNow } from '../../design/time.tsx'
import { visible } from '../../design/visible.ts'
import { effectWords } from '../decision/words.ts'
import { type DecisionSearch, filterOf, isFiltered, type TextFilter, toggleText, toggleVerdict } from './search.ts'

type Change = { readonly search: DecisionSearch; readonly onChange: (next: DecisionSearch) => void }

const SHOWN = 8
const SPANS = [
  { name: '1 h', milliseconds: 3_600_000 },
  { name: '24 h', milliseconds: 86_400_000 },
  { name: '7 d', milliseconds: 604_800_000 },
] as const

/** Ways to narrow the list, each with how many decisions it holds. */
export function Facets({ search, onChange }: Change): ReactNode {
  const { data } = useQuery(facetsQuery(filterOf(search)))
  const hosts = useHostnames()
  return (
    <div className="flex flex-col gap-5">
      {isFiltered(search) ? (
        <button
          type="button"
          className="inline-flex items-center gap-1 self-start text-small text-accent-ink hover:underline"
          onClick={() => onChange({})}
        >
          <X size={13} aria-hidden="true" /> Clear all filters
        </button>
      ) : null}
      <VerdictFacet counts={data?.verdict ?? {}} search={search} onChange={onChange} />
      <TimeFacet search={search} onChange={onChange} />
      <Facet title="Effect" name="effect" counts={data?.effect ?? {}} words={effectWords} search={search} onChange={onChange} />
      <Facet title="App" name="app" counts={data?.app ?? {}} search={search} onChange={onChange} />
      <Facet title="Tool" name="tool" counts={data?.tool ?? {}} search={search} onChange={onChange} />
      <Facet
        title="Host"
        name="agent"
        counts={data?.agent ?? {}}
        words={(id) => hosts.get(id) ?? visible(id)}
        search={search}
        onChange={onChange}
      />
      <Facet title="Policy" name="policy" counts={data?.policy ?? {}} search={search} onChange={onChange} />
    </div>
  )
}

function VerdictFacet({ counts, search, onChange }: Change & { readonly counts: Readonly<Record<string, number>> }): ReactNode {
  return (
    <Group title="Verdict">
      {VERDICTS.map((verdict) => (
        <Choice
          key={verdict}
          on={search.verdict?.includes(verdict) === true}
          count={counts[verdict] ?? 0}
          onToggle={() => onChange(toggleVerdict(search, verdict))}
        >
          <span className={`inline-flex items-center gap-1.5 ${VERDICT_INK[verdict]}`}>
            <VerdictShape verdict={verdict} size={13} />
            {VERDICT_WORD[verdict]}
          </span>
        </Choice>
      ))}
    </Group>
  )
}

function TimeFacet({ search, onChange }: Change): ReactNode {
  const { since, ...rest } = search
  const now = useNow()
  const past = since === undefined ? undefined : now - Date.parse(since)
  return (
    <Group title="Time">
      <div className="grid grid-cols-4 gap-1">
        <TimeChoice on={past === undefined} name="All" onPick={() => onChange(rest)} />
        {SPANS.map((span) => (
          <TimeChoice
            key={span.name}
            name={span.name}
            on={past !== undefined && Math.abs(past - span.milliseconds) < span.milliseconds / 4}
            onPick={() => onChange({ ...rest, since: new Date(Date.now() - span.milliseconds).toISOString() })}
          />
        ))}
      </div>
    </Group>
  )
}

function TimeChoice({ name, on, onPick }: { readonly name: string; readonly on: boolean; readonly onPick: () => void }): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={on}
      className={`h-7 rounded-md border text-small ${on ? 'border-accent bg-accent-wash font-semibold text-accent-ink' : 'border-line text-soft hover:bg-hover'}`}
      onClick={onPick}
    >
      {name}
    </button>
  )
}

interface FacetProps extends Change {
  readonly title: string
  readonly name: TextFilter
  readonly counts: Readonly<Record<string, number>>
  readonly words?: (value: string) => string
}

function Facet({ title, name, counts, words = visible, search, onChange }: FacetProps): ReactNode {
  const chosen = search[name]
  const values = Object.entries(counts).toSorted((left, right) => right[1] - left[1])
  const shown = values.filter(([value], at) => value !== '' && (at < SHOWN || value === chosen))
  if (chosen !== undefined && !shown.some(([value]) => value === chosen)) shown.unshift([chosen, 0])
  if (shown.length === 0) return null
  return (
    <Group title={title}>
      {shown.map(([value, number]) => (
        <Choice key={value} on={value === chosen} count={number} onToggle={() => onChange(toggleText(search, name, value))}>
          <bdi className="truncate" title={visible(value)}>
            {words(value)}
          </bdi>
        </Choice>
      ))}
    </Group>
  )
}

function Group({ title, children }: { readonly title: string; readonly children: ReactNode }): ReactNode {
  return (
    <section>
      <h2 className="eyebrow pb-1">{title}</h2>
      <div className="flex flex-col">{children}</div>
    </section>
  )
}

function Choice({
  on,
  count: number,
  children,
  onToggle,
}: {
  readonly on: boolean
  readonly count: number
  readonly children: ReactNode
  readonly onToggle: () => void
}): ReactNode {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={onToggle}
      className={`-mx-2 flex h-7 items-center gap-2 rounded-md px-2 text-left ${on ? 'bg-accent-wash font-semibold text-accent-ink' : 'hover:bg-hover'}`}
    >
      <span className="flex min-w-0 flex-1">{children}</span>
      <span className="figures text-small text-faint">{count(number)}</span>
    </button>
  )
}

function useHostnames(): ReadonlyMap<string, string> {
  const { data } = useInfiniteQuery(agentsQuery())
  return new Map(data?.pages.flatMap((page) => page.items.map((agent) => [agent.id, visible(agent.hostname)] as const)) ?? [])
}

import { Search } from 'lucide-react'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useKeys } from '../../app/keys.ts'
import { type DecisionSearch, toggleText } from './search.ts'

const SETTLE = 250

/** Searches titles, tools, servers and apps; `/` goes there, `Esc` leaves. */
export function SearchBox({
  search,
  onChange,
}: {
  readonly search: DecisionSearch
  readonly onChange: (next: DecisionSearch) => void
}): ReactNode {
  const [words, setWords] = useState(search.search ?? '')
  const [applied, setApplied] = useState(search.search)
  const box = useRef<HTMLInputElement>(null)
  if (applied !== search.search) {
    setApplied(search.search)
    // Cleared from elsewhere. Any other change came from this box, which may already be ahead of it.
    if (search.search === undefined) setWords('')
  }

  useEffect(() => {
    if (words === (search.search ?? '')) return
    const timer = setTimeout(() => onChange(words === '' ? toggleText(search, 'search', '') : { ...search, search: words }), SETTLE)
    return () => clearTimeout(timer)
  }, [words, search, onChange])

  useKeys(
    'Search',
    useMemo(() => [{ keys: '/', does: 'Search', run: () => box.current?.focus() }], []),
  )

  return (
    <label className="relative flex min-w-40 flex-1 items-center max-sm:order-last max-sm:basis-full sm:max-w-md">
      <span className="sr-only">Search decisions</span>
      <Search size={14} aria-hidden="true" className="pointer-events-none absolute left-2.5 text-faint" />
      <input
        ref={box}
        type="search"
        value={words}
        maxLength={200}
        placeholder="Search what was said, tools, apps"
        className="h-8 w-full rounded-md border border-line-strong bg-canvas pr-2.5 pl-8 placeholder:text-faint"
        onChange={(event) => setWords(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return
          // Browsers empty a search field on Escape; here it only leaves the field.
          event.preventDefault()
          event.currentTarget.blur()
        }}
      />
    </label>
  )
}

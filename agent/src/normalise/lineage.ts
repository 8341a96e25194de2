import type { Session } from '@assize/kernel'
import { newestEntry } from './newest-entry.ts'

/** Traces and sessions remembered; who is forgotten keeps what it inherited. */
const [MOST_TRACES, MOST_SESSIONS] = [2000, 2000]
/** Others that one session works for at once, and names in a chain. */
const [MOST_PARENTS, MOST_LINKS] = [16, 16]

/** Somebody that a session works for. */
export interface Parent {
  readonly session: string
  /** As it was when it last did something in the trace. */
  readonly state: Session
  /** Agents between the parent's own and the one that handed the work on, outermost first. */
  readonly chain: readonly string[]
  /** By which name it was handed on. */
  readonly to: string
}

interface Hand {
  readonly session: string
  readonly state: Session
  readonly chain: readonly string[]
  readonly to: string | undefined
}

/**
 * Which session works for which other: the calls of both belong to one trace, and the first to speak of it is the one that hands
 * on. Traces are the callers' own word, so nothing is gained by them: whoever names another's trace takes on what that one read.
 */
export class Lineage {
  /** Who handed on last, by trace; oldest use first. */
  private readonly traces = new Map<string, Hand>()
  /** By session, and within by parent and name. */
  private readonly parents = new Map<string, Map<string, Parent>>()

  /** Whom the session works for, as far as is known. */
  parentsOf(session: string): readonly Parent[] {
    const known = this.parents.get(session)
    return known === undefined ? [] : [...known.values()]
  }

  worksForAnother(session: string): boolean {
    return this.parents.size > 0 && this.parents.has(session)
  }

  /** Agents above the session's own and itself, by the names under which its work was handed on. */
  chainOf(session: string): readonly string[] {
    if (!this.worksForAnother(session)) return []
    return [...new Set(this.parentsOf(session).flatMap(({ chain, to }) => [...chain, to]))].slice(0, MOST_LINKS)
  }

  /** The session speaks of a trace. `name` is what it is called where nobody said. */
  enter(session: string, trace: string, name: string): void {
    const hand = this.traces.get(trace)
    if (hand === undefined || hand.session === session || this.isAbove(session, hand.session)) return
    const to = hand.to ?? name
    const known = this.parents.get(session) ?? new Map<string, Parent>()
    const key = `${hand.session} ${to}`
    const value = { session: hand.session, state: hand.state, chain: hand.chain, to }
    if (known.has(key)) known.set(key, value)
    // What the oldest had read was taken over when it handed on; what the newest has is not here yet.
    else newestEntry(known, { key, value, most: MOST_PARENTS })
    newestEntry(this.parents, { key: session, value: known, most: MOST_SESSIONS })
  }

  /** The session does something in a trace: whoever comes up in it next works for it. `to` is whom the call hands work to. */
  passed(session: string, trace: string, { state, to }: { readonly state: Session; readonly to: string | undefined }): void {
    const hand = this.traces.get(trace)
    // Whoever works for others hands on what it does itself, not what those above it do meanwhile.
    if (hand !== undefined && hand.session !== session && to === undefined) return
    const value = { session, state, chain: this.chainOf(session), to: to ?? (hand?.session === session ? hand.to : undefined) }
    newestEntry(this.traces, { key: trace, value, most: MOST_TRACES })
  }

  /** Whether the one handed work on to the other, over whomever. */
  private isAbove(one: string, other: string): boolean {
    const seen = new Set<string>()
    const rest = [other]
    for (let next = rest.pop(); next !== undefined; next = rest.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      for (const { session } of this.parentsOf(next)) {
        if (session === one) return true
        rest.push(session)
      }
    }
    return false
  }
}

import { VERDICTS } from '@assize/kernel'
import type { Deciding } from './recordings/deciding.ts'
import type { JudgedCall } from './recordings/judge-recording.ts'
import { tableText } from './table.ts'

/** Calls that were decided alike. */
interface Group extends Omit<Deciding, 'reason'> {
  calls: number
  readonly sessions: Set<string>
  /** The first of them. */
  readonly example: string
}

/** Counts decisions by verdict and by what decided them. Bounded by the number of policies. */
export class DecisionTally {
  readonly #sessions = new Set<string>()
  readonly #groups = new Map<string, Group>()
  #calls = 0

  add(judged: JudgedCall, { verdict, policy, title }: Deciding): void {
    this.#calls += 1
    this.#sessions.add(judged.session)
    const key = `${verdict} ${policy}`
    const group = this.#groups.get(key) ?? { verdict, policy, title, calls: 0, sessions: new Set(), example: exampleOf(judged) }
    group.calls += 1
    group.sessions.add(judged.session)
    this.#groups.set(key, group)
  }

  /** Strictest first, then the most frequent. */
  #sorted(): readonly Group[] {
    const strictness = (group: Group): number => (VERDICTS as readonly string[]).indexOf(group.verdict)
    return [...this.#groups.values()].sort((left, right) => strictness(right) - strictness(left) || right.calls - left.calls)
  }

  toJSON(): object {
    const sums = (name: 'verdict' | 'policy'): Record<string, number> => {
      const counts: Record<string, number> = Object.create(null) as Record<string, number>
      for (const group of this.#groups.values()) if (group[name] !== '') counts[group[name]] = (counts[group[name]] ?? 0) + group.calls
      return counts
    }
    return {
      sessions: this.#sessions.size,
      calls: this.#calls,
      verdicts: sums('verdict'),
      policies: sums('policy'),
      groups: this.#sorted().map(({ sessions, ...group }) => ({ ...group, sessions: sessions.size })),
    }
  }

  text(): string {
    const share = (calls: number): string => `${((100 * calls) / Math.max(1, this.#calls)).toFixed(1)} %`
    const rows = this.#sorted().map(({ verdict, policy, title, calls, sessions, example }) => [
      calls,
      share(calls),
      sessions.size,
      verdict,
      policy || '–',
      title || 'no policy speaks against it',
      example,
    ])
    const headings = ['calls', 'share', 'sessions', 'verdict', 'decided by', 'because', 'for example']
    return `${this.#sessions.size} sessions, ${this.#calls} calls\n\n${tableText(headings, rows)}`
  }
}

export function exampleOf({ session, callId, tool }: JudgedCall): string {
  return `${session} ${callId} ${tool}`
}

import { type Policy, stricter } from '@assize/kernel'
import { EXIT } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { exampleOf } from './decision-tally.ts'
import { loadSharedPolicy } from './policy-folder.ts'
import type { Deciding } from './recordings/deciding.ts'
import type { JudgedCall } from './recordings/judge-recording.ts'
import { judgedCalls } from './recordings/judged-calls.ts'
import { tableText } from './table.ts'

/** One policy of either folder that the other does not have, or has otherwise. */
interface Difference {
  readonly policy: string
  readonly change: 'added' | 'removed' | 'verdict'
  readonly before: string
  readonly after: string
  readonly title: string
}

/** Calls that are decided otherwise in the same way, for the same reason. */
interface Shift {
  readonly before: string
  readonly after: string
  /** What makes the difference: the policy that is stricter. */
  readonly policy: string
  readonly title: string
  calls: number
  readonly sessions: Set<string>
  readonly example: string
}

/** `assize policy diff A B [--on FILE…]`: what B says otherwise than A, and on recorded sessions what it decides otherwise. */
export async function runPolicyDiff(
  context: CommandContext,
  [before = '', after = '']: readonly string[],
  files: readonly string[],
): Promise<number> {
  const policies = [await loadSharedPolicy(before), await loadSharedPolicy(after)] as const
  const differences = differencesOf(policies[0].policy, policies[1].policy)
  const shifts = new Map<string, Shift>()
  let calls = 0
  for await (const judged of judgedCalls(files, policies, context.platform)) {
    calls += 1
    count(shifts, judged)
  }
  const found = [...shifts.values()].sort((left, right) => right.calls - left.calls)
  if (context.json) {
    const told = found.map(({ sessions, ...shift }) => ({ ...shift, sessions: sessions.size }))
    await context.say(JSON.stringify({ policies: differences, calls, shifts: told }))
  } else {
    await context.say(`${policyText(differences)}${files.length === 0 ? '' : `\n\n${shiftText(found, calls)}`}`)
  }
  return differences.length === 0 && found.length === 0 ? EXIT.done : EXIT.no
}

function differencesOf(before: Policy, after: Policy): readonly Difference[] {
  const ids = [...new Set([...before.rules.keys(), ...after.rules.keys()])].sort()
  return ids.flatMap((id): readonly Difference[] => {
    const [old, now] = [before.rules.get(id), after.rules.get(id)]
    const change = old === undefined ? 'added' : now === undefined ? 'removed' : old.verdict === now.verdict ? undefined : 'verdict'
    if (change === undefined) return []
    return [{ policy: id, change, before: old?.verdict ?? '', after: now?.verdict ?? '', title: (now ?? old)?.title ?? '' }]
  })
}

function count(shifts: Map<string, Shift>, judged: JudgedCall): void {
  const [old, now] = judged.decisions as readonly [Deciding, Deciding]
  if (old.verdict === now.verdict) return
  const speaking = stricter(old.verdict, now.verdict) === now.verdict ? now : old
  const key = `${old.verdict} ${now.verdict} ${speaking.policy}`
  const shift = shifts.get(key) ?? {
    before: old.verdict,
    after: now.verdict,
    policy: speaking.policy,
    title: speaking.title,
    calls: 0,
    sessions: new Set(),
    example: exampleOf(judged),
  }
  shift.calls += 1
  shift.sessions.add(judged.session)
  shifts.set(key, shift)
}

function policyText(differences: readonly Difference[]): string {
  if (differences.length === 0) return 'The same policies with the same verdicts.'
  const rows = differences.map(({ policy, change, before, after, title }) => [change, policy, before || '–', after || '–', title])
  return tableText(['change', 'policy', 'before', 'after', 'title'], rows)
}

function shiftText(shifts: readonly Shift[], calls: number): string {
  const otherwise = shifts.reduce((sum, shift) => sum + shift.calls, 0)
  if (otherwise === 0) return `${calls} calls, all decided alike.`
  const rows = shifts.map((shift) => [
    shift.calls,
    shift.sessions.size,
    shift.before,
    shift.after,
    shift.policy || '–',
    shift.title,
    shift.example,
  ])
  const headings = ['calls', 'sessions', 'before', 'after', 'because of', 'which says', 'for example']
  return `${calls} calls, ${otherwise} decided otherwise\n\n${tableText(headings, rows)}`
}

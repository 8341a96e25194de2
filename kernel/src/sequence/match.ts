import type { Finding } from '../finding/finding.ts'
import type { Pattern, SequenceRule } from './rules.ts'
import { bitOf, type Step } from './step.ts'

/** The rules whose last step this call is, and whose other steps came before it in order and in time. */
export function sequencesEndingIn(rules: readonly SequenceRule[], steps: readonly Step[], current: Step): readonly Finding[] {
  let found: Finding[] | undefined
  for (const rule of rules) {
    // Nearly every rule ends here.
    const last = rule.patterns[rule.patterns.length - 1] as Pattern
    if (!matches(last, current)) continue
    const back = stepsBack(rule, steps, current)
    if (back !== undefined) (found ??= []).push(findingOf(rule, steps, back))
  }
  return found ?? NONE
}

const NONE: readonly Finding[] = []

function matches(pattern: Pattern, step: Step): boolean {
  if (step.refused !== pattern.refused) return false
  if (pattern.any !== 0 && (step.classes & pattern.any) === 0) return false
  if ((step.classes & pattern.all) !== pattern.all) return false
  if (pattern.outside && (step.outside & pattern.any) === 0) return false
  return !pattern.public || (step.public & pattern.any) !== 0
}

/**
 * How many calls ago the first step of the rule was; undefined when the rule does not hold. Goes back pattern by pattern and
 * keeps every place where each may have happened, so that no choice made early hides a match: at most patterns × steps².
 */
function stepsBack(rule: SequenceRule, steps: readonly Step[], current: Step): number | undefined {
  const { patterns, within } = rule
  const window = [...steps.slice(Math.max(0, steps.length - within + 1)), current]
  let ends: readonly number[] = [window.length - 1]
  for (let index = patterns.length - 1; index >= 0; index -= 1) {
    const pattern = patterns[index] as Pattern
    const starts = ends.flatMap((end) => startOf(pattern, window, end))
    if (starts.length === 0) return undefined
    if (index === 0) return window.length - 1 - Math.max(...starts)
    ends = endsBefore(starts, window, { pattern: patterns[index - 1] as Pattern, reuses: pattern.reuses })
    if (ends.length === 0) return undefined
  }
  return undefined
}

/** Where a step that ends at `end` begins: `count` such calls back. */
function startOf(pattern: Pattern, window: readonly Step[], end: number): readonly number[] {
  let missing = pattern.count
  for (let at = end; at >= 0; at -= 1) {
    if (matches(pattern, window[at] as Step)) missing -= 1
    if (missing === 0) return [at]
  }
  return []
}

function endsBefore(
  starts: readonly number[],
  window: readonly Step[],
  before: { readonly pattern: Pattern; readonly reuses: number },
): readonly number[] {
  const latest = Math.max(...starts)
  const ends: number[] = []
  for (let at = 0; at < latest; at += 1) {
    const step = window[at] as Step
    if (!matches(before.pattern, step)) continue
    if (before.reuses === 0 || starts.some((start) => start > at && isReused(step, window[start] as Step, before.reuses))) ends.push(at)
  }
  return ends
}

const WRITES = bitOf('fs.write')

/** Whether the later call does one of these to a file that the earlier one wrote. */
function isReused(earlier: Step, later: Step, classes: number): boolean {
  return earlier.targets.some(
    (target, at) =>
      earlier.done[at] === WRITES && later.targets.some((other, on) => other === target && ((later.done[on] ?? 0) & classes) !== 0),
  )
}

function findingOf(rule: SequenceRule, steps: readonly Step[], back: number): Finding {
  const first = steps[steps.length - back]
  const since = first === undefined ? '' : ` (since ${first.tool}, ${back} ${back === 1 ? 'call' : 'calls'} ago)`
  return {
    detector: 'sequence',
    version: '1',
    kind: `sequence.${rule.id}`,
    score: 1,
    where: '',
    span: [0, 0],
    detail: `${rule.title}${since}`,
  }
}

import { z } from 'zod'
import { EFFECT_CLASSES } from '../effect/effect.ts'
import { STEPS } from './history.ts'
import { bitsOf } from './step.ts'

const stepSchema = z.strictObject({
  /** The call has at least one of these effects. */
  effect: z.array(z.enum(EFFECT_CLASSES)).min(1).optional(),
  /** And all of these. */
  with: z.array(z.enum(EFFECT_CLASSES)).min(1).optional(),
  /** One of `effect` touches a path outside the working folder. */
  outside: z.literal(true).optional(),
  /** One of `effect` reaches a host that is not private. */
  public: z.literal(true).optional(),
  /** The call was stopped; without it, only calls that were let go count. */
  refused: z.literal(true).optional(),
  /** So many such calls, not necessarily one after the other. */
  count: z.int().min(1).max(STEPS).default(1),
  /** With one of these effects it touches a file that the step before wrote. */
  reuses: z.array(z.enum(EFFECT_CLASSES)).min(1).optional(),
})

const ruleSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/),
  title: z.string().min(1).max(200),
  /** Calls, the last one included, in which all steps must have happened. */
  within: z.int().min(2).max(STEPS),
  steps: z.array(stepSchema).min(1).max(6),
})

const rulesSchema = z.array(ruleSchema).max(100)

/** One step of a rule, ready to be held against calls. */
export interface Pattern {
  /** Effect classes as bits, one of which the call must have; 0 for any call. */
  readonly any: number
  /** All of which it must have. */
  readonly all: number
  readonly outside: boolean
  readonly public: boolean
  readonly refused: boolean
  readonly count: number
  /** Effect classes as bits; 0 when nothing need be reused. */
  readonly reuses: number
}

/** A rule that speaks of several calls: its last step is the call that is judged. */
export interface SequenceRule {
  readonly id: string
  readonly title: string
  readonly within: number
  readonly patterns: readonly Pattern[]
}

export type SequenceReading =
  | { readonly ok: true; readonly rules: readonly SequenceRule[] }
  | { readonly ok: false; readonly problems: readonly string[] }

/** Checks rules as they were read from YAML; the texts say what is wrong with them. */
export function readSequences(value: unknown): SequenceReading {
  const checked = rulesSchema.safeParse(value)
  if (!checked.success) {
    const issues = checked.error.issues.slice(0, 3).map((issue) => `${issue.path.map(String).join('.') || 'the file'}: ${issue.message}`)
    return { ok: false, problems: [`${issues.join('; ')}; a rule has id, title, within and steps`] }
  }
  const problems = checked.data.flatMap(({ id, steps }, index) => [
    ...(checked.data.findIndex((other) => other.id === id) === index ? [] : [`the id \`${id}\` is used twice`]),
    ...(steps.at(-1)?.refused === true ? [`the last step of \`${id}\` is the call that is judged, so it cannot be \`refused\``] : []),
    ...(steps[0]?.reuses !== undefined ? [`the first step of \`${id}\` has none before it whose files it could reuse`] : []),
    ...steps.filter(isEmpty).map(() => `a step of \`${id}\` matches every call; name an effect`),
  ])
  return problems.length > 0 ? { ok: false, problems } : { ok: true, rules: checked.data.map(compile) }
}

type StepText = z.infer<typeof stepSchema>

function isEmpty(step: StepText): boolean {
  return step.effect === undefined && step.with === undefined && step.refused === undefined
}

function compile({ id, title, within, steps }: z.infer<typeof ruleSchema>): SequenceRule {
  return { id, title, within, patterns: steps.map(patternOf) }
}

function patternOf(step: StepText): Pattern {
  return {
    any: bitsOf(step.effect ?? step.with ?? []),
    all: bitsOf(step.with ?? []),
    outside: step.outside ?? false,
    public: step.public ?? false,
    refused: step.refused ?? false,
    count: step.count,
    reuses: bitsOf(step.reuses ?? []),
  }
}

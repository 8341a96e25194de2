import { z } from 'zod'
import { CERTAINTY, EFFECT_CLASSES } from '../effect/effect.ts'
import { CONFIDENTIALITY, INTEGRITY } from '../event/labels.ts'
import { authorize, type Authorization } from './authorize.ts'
import { describeIssues, readYaml } from './description.ts'
import type { Policy, PolicyFiles, PolicyProblem } from './policy.ts'
import type { EffectContext, EffectRequest } from './request.ts'
import { VERDICTS } from './verdict.ts'

const text = z.string().max(2_000)
const names = z.array(text).max(100)

const caseSchema = z.strictObject({
  name: z.string().min(1).max(200),
  effect: z.strictObject({ class: z.enum(EFFECT_CLASSES), target: text, certainty: z.enum(CERTAINTY).default('certain') }),
  principal: z.strictObject({ app: text, user: text, host: text, tenant: text, session: text }).partial().default({}),
  context: z
    .strictObject({
      integrity: z.enum([...INTEGRITY, 'unknown']),
      confidentiality: z.enum(CONFIDENTIALITY),
      targetNamedByUser: z.boolean(),
      targetFromUntrusted: z.boolean(),
      targetVouched: z.boolean(),
      payloadFromUntrusted: z.boolean(),
      obeyedRequest: z.boolean(),
      unasked: z.boolean(),
      requestedByUser: z.boolean(),
      sessionTainted: z.boolean(),
      sessionHoldsSecrets: z.boolean(),
      insideWorkspace: z.boolean(),
      hostPrivate: z.boolean(),
      sends: z.boolean(),
      callEffects: names,
      tool: text,
      server: text,
      gate: text,
      findings: names,
      definitionChanged: z.boolean(),
      granted: names,
      delegationDepth: z.int().nonnegative(),
      chain: names,
      beyondDelegation: z.boolean(),
      trust: z.int().min(0).max(100),
      repeats: z.int().positive(),
      sessionCalls: z.int().positive(),
      sessionBytes: z.int().nonnegative(),
      sessionMoney: z.int().nonnegative(),
    })
    .partial()
    .default({}),
  expect: z.strictObject({
    verdict: z.enum(VERDICTS),
    /** A policy that must be among those with this verdict. */
    policy: z.string().optional(),
  }),
})
type Case = z.infer<typeof caseSchema>

const fileSchema = z.array(caseSchema).min(1).max(2_000)

export interface PolicyTestRun {
  /** Cases that were run. */
  readonly ran: number
  /** Cases that failed, and files that cannot be read. */
  readonly problems: readonly PolicyProblem[]
}

/** Runs the cases of `tests/*.yaml` against the policy. */
export function runPolicyTests(policy: Policy, files: PolicyFiles): PolicyTestRun {
  const runs = [...files].filter(([file]) => file.startsWith('tests/')).map(([file, content]) => runFile(policy, file, content))
  return { ran: runs.reduce((sum, run) => sum + run.ran, 0), problems: runs.flatMap((run) => run.problems) }
}

function runFile(policy: Policy, file: string, content: string): PolicyTestRun {
  const bad = (sentence: string): PolicyTestRun => ({ ran: 0, problems: [{ code: 'bad-test', file, text: sentence }] })
  const read = readYaml(content)
  if (!read.ok) return bad(read.text)
  const cases = fileSchema.safeParse(read.value)
  if (!cases.success) return bad(`${describeIssues(cases.error)}; a case has name, effect, principal?, context? and expect`)
  const failures = cases.data.flatMap((one) => runCase(policy, one).map((sentence) => failed(file, one, sentence)))
  return { ran: cases.data.length, problems: failures }
}

function failed(file: string, one: Case, sentence: string): PolicyProblem {
  return { code: 'failed-test', file, text: `"${one.name}": ${sentence}; change the policy or the test` }
}

function runCase(policy: Policy, one: Case): readonly string[] {
  const unknown = one.expect.policy !== undefined && !policy.rules.has(one.expect.policy) && one.expect.policy !== 'assize.default-deny'
  if (unknown) return [`it expects the policy \`${one.expect.policy}\`, which the folder does not have`]
  const answer = authorize(policy, requestOf(one))
  const said = answer.reasons[0]?.verdict ?? 'allow'
  const verdict = policy.enforce ? said : 'allow'
  const speakers = answer.reasons.filter((reason) => reason.verdict === said).map((reason) => reason.policy)
  if (answer.errors.length > 0) return [`a policy failed: ${answer.errors.join(', ')}`]
  if (verdict !== one.expect.verdict) return [`expected ${one.expect.verdict}, got ${verdict}${because(answer)}`]
  if (one.expect.policy !== undefined && !speakers.includes(one.expect.policy)) {
    return [`expected ${verdict} by \`${one.expect.policy}\`, got it${because(answer)}`]
  }
  return []
}

function because(answer: Authorization): string {
  return answer.reasons.length === 0 ? '' : ` by ${answer.reasons.map((reason) => `\`${reason.policy}\``).join(', ')}`
}

/** What is known of an ordinary, clean call of a new session. */
export const ORDINARY: Omit<EffectContext, 'certainty' | 'callEffects'> = {
  integrity: 'unknown',
  confidentiality: 'internal',
  targetNamedByUser: false,
  targetFromUntrusted: false,
  targetVouched: false,
  payloadFromUntrusted: false,
  obeyedRequest: false,
  unasked: false,
  requestedByUser: false,
  sessionTainted: false,
  sessionHoldsSecrets: false,
  insideWorkspace: false,
  hostPrivate: false,
  sends: false,
  tool: 'tool',
  server: '',
  gate: 'test',
  findings: [],
  definitionChanged: false,
  granted: [],
  delegationDepth: 0,
  chain: [],
  beyondDelegation: false,
  trust: 20,
  repeats: 1,
  sessionCalls: 1,
  sessionBytes: 0,
  sessionMoney: 0,
}

/** A case's request: what it leaves out is what an ordinary, clean call has. */
function requestOf({ effect, principal, context }: Case): EffectRequest {
  const { app = 'test-app', user = 'tester', host = 'test-host', tenant = 'default', session = 'test-session' } = principal
  const defaults = { ...ORDINARY, certainty: effect.certainty, callEffects: [effect.class] }
  return {
    principal: { tenant, host, user, app: { name: app }, session, chain: [] },
    effect: { ...effect, arguments: [] },
    context: { ...defaults, ...withoutAbsent(context) },
  }
}

/** Zod's optional members may be present and undefined; a default must not be overwritten by one. */
function withoutAbsent<Members extends object>(members: Members): { [Key in keyof Members]?: Exclude<Members[Key], undefined> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Key in keyof Members]?: Exclude<Members[Key], undefined>
  }
}

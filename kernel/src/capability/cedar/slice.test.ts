import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { compiledPolicy, packFiles } from '../../../pack-files.ts'
import { ORDINARY } from '../policy-tests.ts'
import type { EffectRequest } from '../request.ts'
import { authorize } from '../authorize.ts'
import { scopeOf } from '../situation.ts'
import { premiseOf } from './premise.ts'
import { evaluateRules } from './rule.ts'
import { rulesFor } from './slice.ts'

function premise(conditions: string) {
  const answer = cedar.policyToJson(`permit (principal, action, resource) ${conditions};`)
  if (answer.type === 'failure') throw new Error(JSON.stringify(answer.errors))
  return premiseOf(answer.json)
}

describe('the premise of a policy', () => {
  test.each<[string, string, string | undefined]>([
    ['alone', 'when { context.tool == "a" }', 'tool=a'],
    ['turned round', 'when { "a" == context.tool }', 'tool=a'],
    [
      'behind what cannot fail',
      'when { context.sessionTainted && context.trust < 9 && !context.hostPrivate && context.tool == "a" }',
      'tool=a',
    ],
    [
      'in a later clause',
      'when { context.findings.contains("x") } unless { context.sessionTainted } when { context.server == "s" }',
      'server=s',
    ],
    ['behind what can fail', 'when { resource.port + 1 > 0 && context.tool == "a" }', undefined],
    ['behind an attribute that may be absent', 'when { principal.version == "1" && context.tool == "a" }', undefined],
    ['as one of two', 'when { context.tool == "a" || context.tool == "b" }', undefined],
    ['denied', 'unless { context.tool == "a" }', undefined],
    ['of nothing that is always there', 'when { context.moonPhase == "a" }', undefined],
    ['of no text', 'when { context.trust == 1 }', undefined],
    ['nowhere', '', undefined],
  ])('%s', (_name, conditions, expected) => {
    const found = premise(conditions)
    expect(found === undefined ? undefined : `${found.attribute}=${found.value}`).toBe(expected)
  })
})

/** Parts of conditions, some of which fail when they are evaluated: integers that overflow, attributes that are absent. */
const parts = fc.constantFrom(
  'context.tool == "t1"',
  '"t2" == context.tool',
  'context.server == "s1"',
  'context.gate == "g"',
  'context.sessionTainted',
  '!context.hostPrivate',
  'context.trust < 50',
  'context.findings.contains("x")',
  '["t1", "t3"].contains(context.tool)',
  'resource.url like "*example*"',
  'context.sessionBytes * 9007199254740991 * 2000 > 0',
  '(principal has version && principal.version == "1")',
  '(context.tool == "t3" || context.trust > 90)',
)
const conditions = fc
  .array(fc.tuple(fc.constantFrom('when', 'when', 'unless'), fc.array(parts, { minLength: 1, maxLength: 3 })), {
    minLength: 1,
    maxLength: 2,
  })
  .map((clauses) => clauses.map(([kind, conjuncts]) => `${kind} { ${conjuncts.join(' && ')} }`).join(' '))

describe('a large slice', () => {
  const texts = fc
    .sample(conditions, { numRuns: 300, seed: 7 })
    .map(
      (text, at) =>
        `@id("r.n${at}") @title("t") @verdict("deny") @severity("low") forbid (principal, action == Assize::Action::"net.egress", resource is Assize::Endpoint) ${text};`,
    )
  const pack = packFiles('balanced')
  const policy = compiledPolicy(
    new Map([
      ['bundle.yaml', pack.get('bundle.yaml') ?? ''],
      ['schema.cedarschema', pack.get('schema.cedarschema') ?? ''],
      ['a.cedar', `@id("base") permit (principal, action, resource);\n${texts.join('\n')}`],
    ]),
  )
  const slice = policy.slices.get('net.egress') ?? []

  const request: fc.Arbitrary<EffectRequest> = fc
    .record({
      tool: fc.constantFrom('t1', 't2', 't3', 'other', '__proto__'),
      server: fc.constantFrom('s1', ''),
      gate: fc.constantFrom('g', 'h'),
      sessionTainted: fc.boolean(),
      hostPrivate: fc.boolean(),
      trust: fc.constantFrom(10, 60, 95),
      findings: fc.constantFrom([], ['x']),
      sessionBytes: fc.constantFrom(0, 5),
    })
    .map((some) => ({
      principal: { tenant: 't', host: 'h', user: 'u', app: { name: 'a', version: '1' }, session: 's', chain: [] },
      effect: { class: 'net.egress', target: 'https://example.org/', certainty: 'certain', arguments: [] },
      context: { ...ORDINARY, certainty: 'certain', callEffects: [], ...some },
    }))

  it('says the same, errors included, as when every policy is asked, and asks fewer', () => {
    let [asked, errors] = [0, 0]
    fc.assert(
      fc.property(request, (one) => {
        const scope = scopeOf(one, policy.groups.get('net.egress') ?? new Set())
        const [all, some] = [evaluateRules(slice, scope), rulesFor(slice, scope.context)]
        const answer = authorize(policy, one)
        expect(answer.reasons.map((reason) => reason.policy).sort()).toEqual(all.forbids.map(({ id }) => id).sort())
        expect([...answer.errors].sort()).toEqual(all.errors.map(({ id, message }) => `${id}: ${message}`).sort())
        asked += some.length / slice.length
        errors += all.errors.length
      }),
      { numRuns: 400 },
    )
    expect(asked / 400).toBeLessThan(0.85)
    expect(errors).toBeGreaterThan(0)
  })

  it('leaves a small one as it is', () => {
    expect(rulesFor(slice.slice(0, 10), {})).toHaveLength(10)
  })
})

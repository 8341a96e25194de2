import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { CedarValueJson, EntityJson, Expr, PolicyJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readLiteral } from './expression.ts'
import { compileRule, evaluateRules } from './rule.ts'
import type { Entities, Scope } from './scope.ts'
import { type EntityUid, entityUid, type RecordValue } from './value.ts'

const RUNS = Number(process.env['ASSIZE_PROPERTY_RUNS'] ?? 600)

const USERS = ['alice', 'bob', 'nobody'].map((id) => ({ type: 'NS::User', id }))
const GROUPS = ['staff', 'all', 'ghosts'].map((id) => ({ type: 'NS::Group', id }))
const DOCUMENTS = ['/a/b', '/a', '/'].map((id) => ({ type: 'Doc', id }))
const ACTIONS = ['read', 'write', 'any'].map((id) => ({ type: 'Action', id }))
const ATTRIBUTES = ['name', 'age', 'flag', 'tags', 'record', 'friend', '__proto__', 'two words'] as const

const uid = fc.constantFrom(...USERS, ...GROUPS, ...DOCUMENTS, ...ACTIONS)
const text = fc.constantFrom('', 'a', 'ab', 'aab', 'a*b', 'abcab', 'ünï', '😀b', 'b\\')
const integer = fc.constantFrom(0, 1, -1, 2, 7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 4503599627370496)

const { value, tree } = fc.letrec<{ value: CedarValueJson; tree: CedarValueJson }>((tie) => ({
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.boolean(),
    text,
    integer,
    uid.map((entity) => ({ __entity: entity })),
    fc.array(tie('tree'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('a', 'name', 'friend', 'b c'), tie('tree'), { maxKeys: 3 }),
  ),
  value: tie('tree'),
}))

const record = fc
  .record(
    {
      name: text,
      age: integer,
      flag: fc.boolean(),
      tags: fc.array(text, { maxLength: 3 }),
      record: fc.dictionary(fc.constantFrom('a', 'name', 'b c'), tree, { maxKeys: 3 }),
      friend: uid.map((entity) => ({ __entity: entity })),
      'two words': value,
    },
    { requiredKeys: [] },
  )
  .map((attributes) => attributes as Record<string, CedarValueJson>)

const pattern = fc.array(
  fc.oneof(
    fc.constant('Wildcard' as const),
    text.map((Literal) => ({ Literal })),
  ),
  { maxLength: 4 },
)
const attribute = fc.constantFrom(...ATTRIBUTES)

const { expression, boolean } = fc.letrec<{ expression: Expr; boolean: Expr; long: Expr; set: Expr; string: Expr; entity: Expr }>(
  (tie) => ({
    expression: fc.oneof(
      { depthSize: 'medium' },
      value.filter((json) => !Array.isArray(json) && !isPlainRecord(json)).map((json) => ({ Value: json }) as Expr),
      fc.constantFrom<Expr>({ Var: 'principal' }, { Var: 'action' }, { Var: 'resource' }, { Var: 'context' }),
      tie('boolean'),
      tie('long'),
      tie('set'),
      tie('string'),
      tie('entity'),
      fc.record({ left: tie('expression'), attr: attribute }).map((operand) => ({ '.': operand }) as Expr),
      fc
        .record({ if: tie('boolean'), then: tie('expression'), else: tie('expression') })
        .map((operand) => ({ 'if-then-else': operand }) as Expr),
      fc.dictionary(attribute, tie('expression'), { maxKeys: 3 }).map((members) => ({ Record: members }) as Expr),
      fc.record({ left: tie('entity'), right: tie('string') }).map((operand) => ({ getTag: operand }) as Expr),
    ),
    boolean: fc.oneof(
      { depthSize: 'medium' },
      fc.boolean().map((json) => ({ Value: json }) as Expr),
      contextual('flag'),
      ...pairs(['&&', '||'], tie('boolean')),
      ...pairs(['==', '!='], tie('expression')),
      ...pairs(['<', '<=', '>', '>='], tie('long')),
      ...pairs(['containsAll', 'containsAny'], tie('set')),
      fc.record({ left: tie('set'), right: tie('expression') }).map((operand) => ({ contains: operand }) as Expr),
      fc.record({ left: tie('entity'), right: fc.oneof(tie('entity'), tie('set')) }).map((operand) => ({ in: operand }) as Expr),
      tie('boolean').map((arg) => ({ '!': { arg } }) as Expr),
      tie('set').map((arg) => ({ isEmpty: { arg } }) as Expr),
      fc.record({ left: tie('expression'), attr: attribute }).map((operand) => ({ has: operand }) as Expr),
      fc
        .record({ left: tie('expression'), attr: fc.array(attribute, { minLength: 2, maxLength: 3 }).filter(areIdentifiers) })
        .map((operand) => ({ has: operand }) as Expr),
      fc.record({ left: tie('string'), pattern }).map((operand) => ({ like: operand }) as Expr),
      fc.record({ left: tie('entity'), entity_type: fc.constantFrom('NS::User', 'Doc') }).map((operand) => ({ is: operand }) as Expr),
      fc
        .record({ left: tie('entity'), entity_type: fc.constantFrom('NS::User', 'Doc'), in: tie('entity') })
        .map((operand) => ({ is: operand }) as Expr),
      fc.record({ left: tie('entity'), right: tie('string') }).map((operand) => ({ hasTag: operand }) as Expr),
      tie('expression'),
    ),
    long: fc.oneof(
      { depthSize: 'medium' },
      integer.map((json) => ({ Value: json }) as Expr),
      contextual('age'),
      ...pairs(['+', '-', '*'], tie('long')),
      tie('long').map((arg) => ({ neg: { arg } }) as Expr),
      tie('expression'),
    ),
    set: fc.oneof(
      { depthSize: 'medium' },
      fc.array(tie('expression'), { maxLength: 3 }).map((elements) => ({ Set: elements }) as Expr),
      contextual('tags'),
      tie('expression'),
    ),
    string: fc.oneof(
      { depthSize: 'medium' },
      text.map((json) => ({ Value: json }) as Expr),
      contextual('name'),
      tie('expression'),
    ),
    entity: fc.oneof(
      { depthSize: 'medium' },
      fc.constantFrom<Expr>({ Var: 'principal' }, { Var: 'action' }, { Var: 'resource' }),
      uid.map((entity) => ({ Value: { __entity: entity } }) as Expr),
      contextual('friend'),
      tie('expression'),
    ),
  }),
)

function contextual(attr: string): fc.Arbitrary<Expr> {
  return fc.constantFrom<Expr>(
    { '.': { left: { Var: 'context' }, attr } },
    { '.': { left: { Var: 'principal' }, attr } },
    { '.': { left: { Var: 'resource' }, attr } },
  )
}

function pairs(operators: readonly string[], operand: fc.Arbitrary<Expr>): fc.Arbitrary<Expr>[] {
  return operators.map((operator) =>
    fc.record({ left: operand, right: operand }).map((sides) => ({ [operator]: sides }) as unknown as Expr),
  )
}

function areIdentifiers(names: readonly string[]): boolean {
  return names.every((name) => name !== 'two words')
}

function isPlainRecord(json: CedarValueJson): boolean {
  return typeof json === 'object' && json !== null && !('__entity' in json)
}

function scopeConstraint(entities: readonly TypeAndId[], type: string) {
  const entity = fc.constantFrom(...entities)
  return fc.oneof(
    fc.constant({ op: 'All' as const }),
    entity.map((named) => ({ op: '==' as const, entity: named })),
    entity.map((named) => ({ op: 'in' as const, entity: named })),
    fc.constant({ op: 'is' as const, entity_type: type }),
    entity.map((named) => ({ op: 'is' as const, entity_type: type, in: { entity: named } })),
  )
}

const policy: fc.Arbitrary<PolicyJson> = fc.record({
  effect: fc.constantFrom('permit', 'forbid'),
  principal: scopeConstraint([...USERS, ...GROUPS], 'NS::User'),
  action: fc.oneof(
    fc.constant({ op: 'All' as const }),
    fc.constantFrom(...ACTIONS).map((entity) => ({ op: '==' as const, entity })),
    fc.constantFrom(...ACTIONS).map((entity) => ({ op: 'in' as const, entity })),
    fc.subarray(ACTIONS, { minLength: 1 }).map((entities) => ({ op: 'in' as const, entities })),
  ),
  resource: scopeConstraint(DOCUMENTS, 'Doc'),
  conditions: fc.array(fc.record({ kind: fc.constantFrom('when', 'unless'), body: fc.oneof(boolean, expression) }), { maxLength: 3 }),
})

const PARENTS: ReadonlyMap<TypeAndId, readonly TypeAndId[]> = new Map([
  [USERS[0]!, [GROUPS[0]!]],
  [USERS[1]!, [GROUPS[2]!]],
  [GROUPS[0]!, [GROUPS[1]!]],
  [GROUPS[1]!, []],
  [DOCUMENTS[0]!, [DOCUMENTS[1]!]],
  [DOCUMENTS[1]!, [DOCUMENTS[2]!]],
  [DOCUMENTS[2]!, []],
  [ACTIONS[0]!, [ACTIONS[2]!]],
  [ACTIONS[1]!, []],
  [ACTIONS[2]!, []],
])

const entities = fc.tuple(
  ...[...PARENTS].map(([entity, parents]) =>
    fc.record({
      uid: fc.constant<TypeAndId>(entity),
      attrs: entity.type === 'Action' ? fc.constant({}) : record,
      parents: fc.constant<TypeAndId[]>([...parents]),
      tags: entity.type === 'Action' ? fc.constant({}) : fc.dictionary(text, value, { maxKeys: 2 }),
    }),
  ),
)

/** The same entities for our own engine: attributes read, hierarchy closed. */
function storeOf(list: readonly EntityJson[]): Entities {
  const byName = new Map(list.map((entity) => [nameOf(entity.uid as TypeAndId), entity]))
  const ancestors = (name: string): string[] => {
    const parents = (byName.get(name)?.parents ?? []).map((parent) => nameOf(parent as TypeAndId))
    return parents.flatMap((parent) => [parent, ...ancestors(parent)])
  }
  const read = (part: 'attrs' | 'tags') => (entity: EntityUid) => {
    const found = byName.get(nameOf(entity))
    return found && (readLiteral(found[part] ?? {}) as RecordValue)
  }
  return {
    attributesOf: read('attrs'),
    tagsOf: read('tags'),
    hasAncestor: (entity, ancestor) => ancestors(nameOf(entity)).includes(nameOf(ancestor)),
  }
}

function nameOf({ type, id }: { readonly type: string; readonly id: string }): string {
  return `${type}::${id}`
}

function throughText(json: PolicyJson): PolicyJson {
  const asText = cedar.policyToText(json)
  if (asText.type === 'failure') throw new Error(asText.errors[0]?.message)
  const back = cedar.policyToJson(asText.text)
  if (back.type === 'failure') throw new Error(`${back.errors[0]?.message}: ${asText.text}`)
  return back.json
}

test('decides as cedar does, for every policy and request it can be given', () => {
  const tally = { allow: 0, deny: 0, errors: 0 }
  const request = fc.record({
    policies: fc.array(policy, { minLength: 1, maxLength: 6 }),
    entities,
    context: record,
    principal: fc.constantFrom(...USERS),
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...DOCUMENTS),
  })
  fc.assert(
    fc.property(request, (input) => {
      const policies = input.policies.map(throughText)
      const answer = cedar.isAuthorized({
        ...input,
        policies: { staticPolicies: Object.fromEntries(policies.map((json, index) => [`p${index}`, json])) },
      })
      if (answer.type === 'failure') throw new Error(answer.errors[0]?.message)
      const { decision, diagnostics } = answer.response
      const scope: Scope = {
        principal: entityUid(input.principal.type, input.principal.id),
        action: entityUid(input.action.type, input.action.id),
        resource: entityUid(input.resource.type, input.resource.id),
        context: readLiteral(input.context) as RecordValue,
        entities: storeOf(input.entities),
      }
      const ours = evaluateRules(
        policies.map((json, index) => compileRule(`p${index}`, json)),
        scope,
      )
      const determining = ours.forbids.length > 0 ? ours.forbids : ours.permits
      tally[decision] += 1
      tally.errors += diagnostics.errors.length
      expect({
        decision: ours.forbids.length === 0 && ours.permits.length > 0 ? 'allow' : 'deny',
        reason: determining.map((rule) => rule.id).sort(),
        errors: ours.errors.map((error) => error.id).sort(),
      }).toEqual({ decision, reason: [...diagnostics.reason].sort(), errors: diagnostics.errors.map((error) => error.policyId).sort() })
    }),
    { numRuns: RUNS },
  )
  // The generator must reach every kind of answer, or the comparison says little.
  expect(Math.min(tally.allow, tally.deny, tally.errors)).toBeGreaterThan(RUNS / 50)
}, 120_000)

const LITERALS: readonly CedarValueJson[] = [
  false,
  true,
  0,
  1,
  -1,
  2,
  Number.MAX_SAFE_INTEGER,
  '',
  'a',
  'ab',
  { __entity: USERS[0]! },
  { __entity: DOCUMENTS[0]! },
  { __entity: DOCUMENTS[1]! },
  [],
  [1],
  [1, 2],
  [2, 1, 2],
  ['a', 'ab'],
  [{ __entity: DOCUMENTS[1]! }, { __entity: DOCUMENTS[2]! }],
  [{ __entity: DOCUMENTS[1]! }, 1],
  {},
  { a: 1 },
  { a: 2 },
  { a: 1, b: [1] },
]

test.each([
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  '&&',
  '||',
  'contains',
  'containsAll',
  'containsAny',
  'getTag',
  'hasTag',
  '+',
  '-',
  '*',
])('%s agrees with cedar on every pair of values', (operator) => {
  const combinations = LITERALS.flatMap((left, index) => LITERALS.map((right, other) => ({ id: `${index}-${other}`, left, right })))
  const all = { op: 'All' as const }
  const isNumeric = ['+', '-', '*'].includes(operator)
  const policies = combinations.map(({ id, left, right }): [string, PolicyJson] => {
    const applied = { [operator]: { left: asExpression(left), right: asExpression(right) } } as unknown as Expr
    const body: Expr = isNumeric ? { '==': { left: applied, right: { Value: expectedSum(operator, left, right) } } } : applied
    return [id, { effect: 'permit', principal: all, action: all, resource: all, conditions: [{ kind: 'when', body }] }]
  })
  const graph: EntityJson[] = [...PARENTS].map(([named, parents]) => ({
    uid: named,
    attrs: {},
    parents: [...parents],
    tags: named.type === 'Action' ? {} : { a: 1 },
  }))
  const request = { principal: USERS[0]!, action: ACTIONS[0]!, resource: DOCUMENTS[0]!, context: {}, entities: graph }
  const answer = cedar.isAuthorized({ ...request, policies: { staticPolicies: Object.fromEntries(policies) } })
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message)
  const scope: Scope = {
    principal: uidOf(USERS[0]!),
    action: uidOf(ACTIONS[0]!),
    resource: uidOf(DOCUMENTS[0]!),
    context: {},
    entities: storeOf(graph),
  }
  const ours = evaluateRules(
    policies.map(([id, json]) => compileRule(id, json)),
    scope,
  )
  expect(ours.permits.map((rule) => rule.id).sort()).toEqual([...answer.response.diagnostics.reason].sort())
  expect(ours.errors.map((error) => error.id).sort()).toEqual(answer.response.diagnostics.errors.map((error) => error.policyId).sort())
})

function uidOf({ type, id }: TypeAndId): EntityUid {
  return entityUid(type, id)
}

function asExpression(json: CedarValueJson): Expr {
  if (Array.isArray(json)) return { Set: json.map(asExpression) }
  if (typeof json !== 'object' || json === null || '__entity' in json) return { Value: json }
  return { Record: Object.fromEntries(Object.entries(json).map(([name, member]) => [name, asExpression(member)])) }
}

/** What the operation gives, where that fits the text of a policy; 0 otherwise. */
function expectedSum(operator: string, left: CedarValueJson, right: CedarValueJson): number {
  if (typeof left !== 'number' || typeof right !== 'number') return 0
  const exact =
    operator === '+' ? BigInt(left) + BigInt(right) : operator === '-' ? BigInt(left) - BigInt(right) : BigInt(left) * BigInt(right)
  return Number.isSafeInteger(Number(exact)) ? Number(exact) : 0
}

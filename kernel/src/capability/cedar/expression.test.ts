import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { Expr } from '@cedar-policy/cedar-wasm/nodejs'
import { describe, expect, test } from 'vitest'
import { compileExpression } from './expression.ts'
import { compileRule, evaluateRules } from './rule.ts'
import { EvaluationError, type Scope, UnsupportedExpression } from './scope.ts'
import { entityUid, type RecordValue } from './value.ts'
import { processorTime } from '../../event/processor-time.fixture.ts'

const alice = entityUid('User', 'alice')

function scope(context: RecordValue = {}): Scope {
  return {
    principal: alice,
    action: entityUid('Action', 'read'),
    resource: entityUid('Doc', '/a/b'),
    context,
    entities: {
      attributesOf: (entity) => (entity.id === 'alice' ? { age: 41 } : undefined),
      tagsOf: () => undefined,
      hasAncestor: (entity, ancestor) => entity.id === '/a/b' && ancestor.id === '/a',
    },
  }
}

/** Evaluates Cedar text, through the real parser. */
function value(text: string, context: RecordValue = {}): unknown {
  const answer = cedar.policyToJson(`permit (principal, action, resource) when { ${text} };`)
  if (answer.type === 'failure') throw new Error(answer.errors[0]?.message)
  return compileExpression(answer.json.conditions[0]?.body)(scope(context))
}

describe('integers', () => {
  const most = 9007199254740991
  test.each([
    ['context.a + context.b', { a: most, b: most }, 18014398509481982n],
    ['context.a * context.b - context.c', { a: most, b: 1024, c: 1 }, 9223372036854774783n],
    ['context.a * 0', { a: -5 }, 0],
    ['-context.a', { a: 0 }, 0],
    ['context.a * 1024 == context.a * 512 * 2', { a: most }, true],
    ['context.a * 1024 > context.a', { a: most }, true],
    ['context.a * 1024 - context.a * 1023 == context.a', { a: most }, true],
  ])('%s', (text, context, expected) => {
    expect(value(text, context)).toBe(expected)
  })

  test.each(['context.a * 1025', '-(context.a * 1024) - context.a * 2', 'context.a * context.a'])('%s overflows', (text) => {
    expect(() => value(text, { a: most })).toThrow(EvaluationError)
  })

  test('beyond what a double holds are refused when they stand in the text', () => {
    expect(() => value('context.a == 9007199254740992')).toThrow(UnsupportedExpression)
    expect(() => value('context.a == -9223372036854775808')).toThrow(UnsupportedExpression)
  })
})

describe('names that every object has', () => {
  test.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('%s is an attribute only when the record has it', (name) => {
    expect(value(`context has ${name}`)).toBe(false)
    expect(() => value(`context.${name}`)).toThrow(EvaluationError)
    expect(value(`context has "${name}" && context["${name}"] == 1`, JSON.parse(`{"${name}":1}`) as RecordValue)).toBe(true)
    expect(value(`{"${name}": 1} == {"${name}": 1} && {"${name}": 1} != {"${name}": 2}`)).toBe(true)
  })
})

test('a record that looks like an entity is none', () => {
  const posing = { who: { type: 'User', id: 'alice' } }
  expect(value('context.who == principal', posing)).toBe(false)
  expect(() => value('context.who in principal', posing)).toThrow(EvaluationError)
})

test('sets are compared as sets', () => {
  expect(value('[1, 2, 2] == [2, 1] && [[1], {a: 1}].contains({a: 1}) && ![1].containsAll([1, 2]) && [].isEmpty()')).toBe(true)
})

test.each([
  ['a*b', 'ab', true],
  ['a*b', 'axxb', true],
  ['a*b', 'ba', false],
  ['*ab*ab*', 'abab', true],
  ['*ab*ab*', 'ab', false],
  ['ab*ba', 'aba', false],
  ['\\*', '*', true],
  ['\\*', 'x', false],
  ['', '', true],
  ['*', '', true],
  ['**', 'x', true],
])('like "%s" on "%s": %s', (pattern, text, expected) => {
  expect(value(`context.t like "${pattern}"`, { t: text })).toBe(expected)
})

test('a pattern made to be slow is not', () => {
  const started = processorTime()
  expect(value(`context.t like "${'*a'.repeat(200)}b"`, { t: 'a'.repeat(100_000) })).toBe(false)
  expect(processorTime() - started).toBeLessThan(1_000)
})

test('what the engine does not know is refused, never guessed', () => {
  const odd: readonly unknown[] = [
    { pow: { left: { Value: 1 }, right: { Value: 2 } } },
    { Value: null },
    { Slot: '?principal' },
    {},
    { Var: 'world' },
    { Value: 1.5 },
  ]
  for (const expression of odd) expect(() => compileExpression(expression)).toThrow(UnsupportedExpression)
})

test('a policy that fails is skipped and reported, and the others still speak', () => {
  const all = { op: 'All' as const }
  const rule = (id: string, body: Expr) =>
    compileRule(id, { effect: 'forbid', principal: all, action: all, resource: all, conditions: [{ kind: 'when', body }] })
  const rules = [
    rule('broken', { '.': { left: { Var: 'context' }, attr: 'nothing' } }),
    rule('number', { Value: 1 }),
    rule('sound', { Value: true }),
  ]
  const evaluation = evaluateRules(rules, scope())
  expect(evaluation.forbids.map(({ id }) => id)).toEqual(['sound'])
  expect(evaluation.errors).toEqual([
    { id: 'broken', message: 'the attribute nothing is missing' },
    { id: 'number', message: 'expected true or false' },
  ])
})

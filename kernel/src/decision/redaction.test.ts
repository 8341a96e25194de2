import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { packPolicy } from '../../pack-files.ts'
import { decide } from '../decide.ts'
import { findingsIn } from '../detectors/index.ts'
import type { ToolCall } from '../event/event.ts'
import type { Json, JsonObject } from '../event/json.ts'
import { leavesOf } from '../event/leaves.ts'
import { createSession } from '../session.ts'
import { demandsAt } from './argument-schema.ts'
import { maskedText, redactionOf } from './redaction.ts'

const TOKEN = `ghp_${'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17'}`
const DATABASE = `postgres://app:${'k8Jh2mPq9xZt'}@db.internal/x`

const call = (args: JsonObject, inputSchema?: Json): ToolCall => ({
  type: 'tool.call',
  callId: 'c',
  tool: 'send_email',
  args,
  ...(inputSchema === undefined ? {} : { definition: { name: 'send_email', inputSchema } }),
})

const secretsIn = (value: Json) =>
  leavesOf(value).leaves.flatMap(({ pointer, text }) =>
    findingsIn({ kind: 'text', where: pointer, text }).filter(({ kind }) => kind.startsWith('secret.')),
  )

function redacted(one: ToolCall): Json | undefined {
  const masks = redactionOf(one, secretsIn(one.args))
  if (masks === undefined) return undefined
  const masked = (value: Json, pointer: string): Json => {
    if (typeof value === 'string')
      return maskedText(
        value,
        masks.filter(({ arg }) => arg === pointer),
      )
    if (Array.isArray(value)) return value.map((item: Json, at) => masked(item, `${pointer}/${at}`))
    if (value === null || typeof value !== 'object') return value
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, masked(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`)]),
    )
  }
  return masked(one.args, '')
}

describe('redaction', () => {
  it('masks overlapping evidence once', () => {
    const text = `token=${TOKEN}`
    const finding = (start: number, end: number) => ({
      detector: 'd',
      version: '1',
      kind: 'secret.key',
      score: 1,
      where: '/b',
      span: [start, end] as const,
      detail: '',
    })
    const masks = redactionOf(call({ b: text }), [finding(6, 30), finding(10, text.length)])
    expect(maskedText(text, masks ?? [])).toBe('token=[key removed]')
  })

  it('keeps an address an address, and JSON JSON', () => {
    const uri = { type: 'object', properties: { u: { type: 'string', format: 'uri' } } }
    expect(redacted(call({ u: DATABASE }, uri))).toEqual({ u: 'postgres://app:url-password-removed@db.internal/x' })
    const body = JSON.stringify({ auth: { token: TOKEN }, n: 1 })
    expect(JSON.parse((redacted(call({ body })) as { body: string }).body)).toEqual({ auth: { token: '[github-token removed]' }, n: 1 })
  })

  it.each([
    ['a list', { enum: [TOKEN] }],
    ['a pattern', { pattern: '^ghp_' }],
    ['a constant', { const: TOKEN }],
    ['a date', { format: 'date' }],
    ['too little room', { maxLength: 2 }],
  ])('does not pretend to keep %s', (_, text) =>
    expect(redacted(call({ text: TOKEN }, { type: 'object', properties: { text } }))).toBeUndefined(),
  )

  it('keeps the length it has to keep', () => {
    const properties = { text: { type: 'string', minLength: 40, maxLength: 40 } }
    expect(redacted(call({ text: TOKEN }, { type: 'object', properties }))).toEqual({ text: '*'.repeat(40) })
  })

  it('asks where the tool would not accept what is left', () => {
    const properties = { to: { type: 'string' }, body: { type: 'string', pattern: '^token ' } }
    const about = { session: createSession(), principal, gate: 'test', policy: packPolicy('balanced'), now: 0 }
    const one = call({ to: 'ann@acme.io', body: `token ${TOKEN}` }, { type: 'object', properties })
    const { decision } = decide({ ...about, call: one })
    expect(decision.verdict).toBe('ask')
    expect(decision.obligations).toEqual([])
    expect(decision.reasons.map(({ policy }) => policy)).toContain('assize.unmaskable')
    const { decision: free } = decide({ ...about, call: call(one.args) })
    expect(free.obligations).toEqual([{ kind: 'redact', arg: '/body', span: [6, 46], mask: '[github-token removed]' }])
  })

  it('masks what the policy says, and nothing else', () => {
    const body = 'Card 4539 5787 6362 1486 of ann.lee@acme.io, IBAN DE89 3704 0044 0532 0130 00'
    const about = { session: createSession(), principal, gate: 'test', now: 0, call: call({ to: 'x', body }) }
    const { decision } = decide({ ...about, policy: packPolicy('strict') })
    expect(decision.obligations).toEqual([
      { kind: 'redact', arg: '/body', span: [5, 24], mask: '[payment-card removed]' },
      { kind: 'redact', arg: '/body', span: [50, 77], mask: '[bank-account removed]' },
    ])
    expect(decide({ ...about, policy: packPolicy('balanced') }).decision.obligations).toEqual([])
  })

  it('asks where a secret is the name of an argument', () => {
    const { decision } = decide({
      session: createSession(),
      principal,
      gate: 'test',
      policy: packPolicy('balanced'),
      now: 0,
      call: call({ to: 'ann@acme.io', headers: { [`${TOKEN} as the name of a field that is longer than most`]: 'x' } }),
    })
    expect(decision.obligations).toEqual([])
    expect(['ask', 'deny']).toContain(decision.verdict)
  })
})

const principal = { tenant: 't', host: 'h', user: 'u', app: { name: 'app' }, session: 's', chain: [] }

const SECRETS = [
  TOKEN,
  DATABASE,
  `AKIA${'Z3MQK7RTPLX5WN2J'}`,
  `{"password": "${'tR4!kx9zQm'}"}`,
  `\nAPI_TOKEN=${'9fK2mXq7Lw4Zt8Rv3Bn6Yc1H'}\n`,
]
const text = fc
  .array(fc.oneof(fc.constantFrom(...SECRETS), fc.string({ maxLength: 12 }), fc.constantFrom('"', '\\', ' ', 'https://x.io/?a=')), {
    maxLength: 6,
  })
  .map((parts) => parts.join(''))
const schemas = fc.record(
  {
    minLength: fc.nat(10),
    maxLength: fc.integer({ min: 20, max: 400 }),
    format: fc.constantFrom('uri', 'date'),
  },
  { requiredKeys: [] },
)

describe('whatever is redacted', () => {
  it('parses, validates if it did before, and holds no secret', () => {
    fc.assert(
      fc.property(text, text, schemas, (plain, inner, demands) => {
        const args = { plain, list: [{ deep: JSON.stringify({ inner, n: 1 }) }] }
        const inputSchema = {
          type: 'object',
          properties: {
            plain: { type: 'string', ...demands },
            list: { type: 'array', items: { type: 'object', properties: { deep: { type: 'string' } } } },
          },
        }
        const validator = z.fromJSONSchema(inputSchema as Parameters<typeof z.fromJSONSchema>[0])
        const left = redacted(call(args, inputSchema as Json)) as typeof args | undefined
        if (left === undefined) return
        expect(secretsIn(left).filter(({ score }) => score >= 0.8)).toEqual([])
        expect(JSON.parse((left.list[0] as { deep: string }).deep)).toMatchObject({ n: 1 })
        if (validator.safeParse(args).success) expect(validator.safeParse(left).success).toBe(true)
      }),
      { numRuns: 500 },
    )
  })
})

describe('what a schema demands', () => {
  const demands = (schema: Json, pointer: string) => demandsAt(schema, pointer)
  it('follows references, alternatives and lists', () => {
    const schema: Json = {
      properties: { a: { items: { $ref: '#/$defs/one' } }, b: { anyOf: [{ type: 'null' }, { maxLength: 5 }] } },
      additionalProperties: { format: 'uri' },
      $defs: { one: { properties: { 'x/y': { enum: ['a'] } } } },
    }
    expect(demands(schema, '/a/3/x~1y').fixed).toBe(true)
    expect(demands(schema, '/b').maxLength).toBe(5)
    expect(demands(schema, '/c').address).toBe(true)
    expect(demands(schema, '/a').fixed).toBe(false)
  })

  it('knows nothing of what it cannot follow', () => {
    expect(demands({ properties: { a: { $ref: 'https://elsewhere/x' } } }, '/a').fixed).toBe(true)
    const round: Json = { $ref: '#', properties: { a: { $ref: '#' } } }
    expect(demands(round, '/a/a/a').fixed).toBe(false)
    let deep: Json = { enum: ['x'] }
    for (let level = 0; level < 5000; level += 1) deep = { allOf: [deep] }
    expect(demands(deep, '').fixed).toBe(true)
    const wide: Json = { anyOf: Array.from({ length: 200_000 }, () => ({ type: 'string' })) }
    expect(demands(wide, '').fixed).toBe(true)
  })

  it('is total', () => {
    fc.assert(fc.property(fc.jsonValue(), fc.string(), (schema, pointer) => demands(schema as Json, `/${pointer}`) !== undefined))
  })
})

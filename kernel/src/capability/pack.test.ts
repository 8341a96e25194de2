import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import type { EntityJson } from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { PACKS, packFiles, packOwnFiles } from '../../pack-files.ts'
import { basePackOf } from '../bundle/compose-pack.ts'
import { CERTAINTY, EFFECT_CLASSES } from '../effect/effect.ts'
import { CONFIDENTIALITY, INTEGRITY } from '../event/labels.ts'
import { authorize, DEFAULT_DENY, ruleOf } from './authorize.ts'
import { compilePolicy } from './compile-policy.ts'
import type { Policy } from './policy.ts'
import { runPolicyTests } from './policy-tests.ts'
import type { EffectContext, EffectRequest } from './request.ts'
import { contextRecord } from './situation.ts'
import { stricter, type Verdict } from './verdict.ts'
import { RESOURCE_TYPES, resourceTypeOf } from './vocabulary.ts'

const RUNS = Number(process.env['ASSIZE_PROPERTY_RUNS'] ?? 500)

function compiled(name: (typeof PACKS)[number]): Policy {
  const result = compilePolicy(packFiles(name), cedar)
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2))
  return result.policy
}

const TARGETS = [
  '/',
  '/tmp',
  '/tmp/x',
  '/tmpx/y',
  '/home/ada',
  '/home/ada/.assize/journal.db',
  '/etc/assize/agent.yaml',
  '~/notes',
  'C:\\Users\\ada\\x.txt',
  '\\\\server\\share\\f',
  'https://a.b.example.com:8443/p?q#f',
  'http://[::1]:80/',
  'https://user:pw@evil.example@host.example/',
  'host.example/i.sh',
  '10.0.0.1:22',
  'EXAMPLE.com',
  'https://',
  '://',
  'grace@sub.example.com',
  'grace',
  'a@b@example.com',
  'server/tool',
  'tool',
  'server/a/b',
  'npm:zod',
  'git:origin',
  'orders',
  '',
  ' ',
  '"quoted"',
  'ünï/😀',
  '__proto__',
  '{"__entity":{"type":"T","id":"x"}}',
] as const

const context: fc.Arbitrary<EffectContext> = fc.record({
  certainty: fc.constantFrom(...CERTAINTY),
  integrity: fc.constantFrom(...INTEGRITY, 'unknown'),
  confidentiality: fc.constantFrom(...CONFIDENTIALITY),
  targetNamedByUser: fc.boolean(),
  targetFromUntrusted: fc.boolean(),
  targetVouched: fc.boolean(),
  payloadFromUntrusted: fc.boolean(),
  obeyedRequest: fc.boolean(),
  unasked: fc.boolean(),
  requestedByUser: fc.boolean(),
  sessionTainted: fc.boolean(),
  sessionHoldsSecrets: fc.boolean(),
  insideWorkspace: fc.boolean(),
  hostPrivate: fc.boolean(),
  sends: fc.boolean(),
  callEffects: fc.subarray([...EFFECT_CLASSES]),
  tool: fc.string(),
  server: fc.string(),
  gate: fc.constantFrom('mcp-stdio', 'claude-code'),
  findings: fc.subarray(['secret.aws-access-key', 'text.invisible-characters', 'pii.iban', 'odd']),
  definitionChanged: fc.boolean(),
  granted: fc.subarray(['agents.config', 'secrets.unnamed-read', 'agents.tool-changed', 'irreversible.money']),
  delegationDepth: fc.nat(8),
  chain: fc.subarray(['reviewer', 'researcher']),
  beyondDelegation: fc.boolean(),
  trust: fc.nat(100),
  repeats: fc.integer({ min: 1, max: 70 }),
  sessionCalls: fc.integer({ min: 1, max: 30_000 }),
  sessionBytes: fc.nat(200_000_000),
  sessionMoney: fc.nat(100_000_000),
})

/** Nothing that the session did before speaks against the call. */
const FRESH = {
  beyondDelegation: false,
  chain: [],
  delegationDepth: 0,
  trust: 20,
  repeats: 1,
  sessionCalls: 1,
  sessionBytes: 0,
  sessionMoney: 0,
}

const request: fc.Arbitrary<EffectRequest> = fc.record({
  principal: fc.record({
    tenant: fc.constant('default'),
    host: fc.constant('h1'),
    user: fc.constantFrom('ada', ''),
    app: fc.record(
      { name: fc.constantFrom('claude-code', 'odd "app"'), version: fc.constant('1.0'), binaryHash: fc.constant('ab') },
      { requiredKeys: ['name'] },
    ),
    session: fc.constant('s1'),
    chain: fc.constant([]),
  }),
  effect: fc.record({
    class: fc.constantFrom(...EFFECT_CLASSES),
    target: fc.oneof(fc.constantFrom(...TARGETS), fc.webUrl(), fc.emailAddress()),
    certainty: fc.constantFrom(...CERTAINTY),
    arguments: fc.constant(['/a']),
  }),
  context,
})

/** What the request is in Cedar's own terms, written down without the code under test where that is possible. */
function entitiesOf(asked: EffectRequest, policy: Policy): EntityJson[] {
  const { principal, effect } = asked
  const type = resourceTypeOf(effect)
  const uid = (name: string, id: string) => ({ type: `Assize::${name}`, id })
  const { app, user, host, tenant, session } = principal
  return [
    {
      uid: uid('App', app.name),
      attrs: { ...app, user, host, tenant, session },
      parents: [uid('User', user), uid('Host', host), uid('Tenant', tenant)],
    },
    { uid: uid(type, effect.target), attrs: oracleAttributes(type, effect.target), parents: oracleParents(type, effect.target) },
    {
      uid: uid('Action', effect.class),
      attrs: {},
      parents: [...(policy.groups.get(effect.class) ?? [])].map((group) => uid('Action', group)),
    },
  ]
}

function oracleAttributes(type: string, target: string): EntityJson['attrs'] {
  const segments = target.split(target.startsWith('/') ? '/' : /[\\/]/)
  const name = segments.at(-1) ?? ''
  const [, authority = ''] = /^(?:[A-Za-z][A-Za-z0-9+.-]*:\/\/)?([^/?#\\]*)/.exec(target) ?? []
  const place = authority.split('@').at(-1) ?? ''
  const [, v6, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(place) ?? []
  switch (type) {
    case 'Path':
      return { path: target, name, extension: /^.+\.([^.]*)$/s.exec(name)?.[1] ?? '' }
    case 'Endpoint':
      return {
        url: target,
        scheme: (/^([A-Za-z][A-Za-z0-9+.-]*):\/\//.exec(target)?.[1] ?? '').toLowerCase(),
        host: (v6 ?? plain ?? '').toLowerCase(),
        port: Number(port ?? 0),
      }
    case 'Recipient':
      return { address: target, domain: target.includes('@') ? (target.split('@').at(-1) ?? '').toLowerCase() : '' }
    case 'Tool':
      return target.includes('/')
        ? { server: target.split('/')[0] ?? '', name: target.split('/').slice(1).join('/') }
        : { server: '', name: target }
    default:
      return { name: target }
  }
}

function oracleParents(type: string, target: string): { type: string; id: string }[] {
  const attributes = oracleAttributes(type, target)
  if (type === 'Path' && target.startsWith('/')) {
    const segments = target.split('/').slice(1, -1)
    const above = segments.map((_, index) => `/${segments.slice(0, index + 1).join('/')}`).filter((path) => !path.endsWith('/'))
    return [...(target === '/' ? [] : ['/']), ...above].map((id) => ({ type: 'Assize::Path', id }))
  }
  const domain = String(attributes['host'] ?? attributes['domain'] ?? '')
  if ((type === 'Endpoint' || type === 'Recipient') && domain !== '') {
    const labels = domain.split('.')
    return labels.map((_, index) => ({ type: 'Assize::Domain', id: labels.slice(index).join('.') }))
  }
  return []
}

describe.each(PACKS)('the %s pack', (name) => {
  const policy = compiled(name)
  const forbids = [...policy.rules.values()].filter((rule) => rule.effect === 'forbid')

  test('compiles without a warning and passes its own tests', () => {
    expect(policy.warnings).toEqual([])
    expect(runPolicyTests(policy, packFiles(name)).problems).toEqual([])
    expect(runPolicyTests(policy, packFiles(name)).ran).toBeGreaterThan(5)
  })

  test('names risk, technique and remedy wherever it stops something', () => {
    expect(forbids.filter((rule) => !rule.owasp || !rule.atlas || !rule.remedy).map((rule) => rule.id)).toEqual([])
  })

  test('has a case for every policy that stops something', () => {
    const cases = [...packFiles(name)]
      .filter(([file]) => file.startsWith('tests/'))
      .flatMap(([, text]) => parse(text) as { expect: { policy?: string } }[])
    const covered = new Set(cases.map((one) => one.expect.policy))
    const own = forbids.filter((rule) => packOwnFiles(name).has(rule.file))
    expect(own.filter((rule) => !covered.has(rule.id)).map((rule) => rule.id)).toEqual([])
  })

  test('is nowhere laxer than the pack it extends', () => {
    const baseName = PACKS.find((pack) => pack === basePackOf(packOwnFiles(name)))
    const base = compiled(baseName ?? name)
    const verdictOf = (of: Policy, asked: EffectRequest): Verdict => authorize(of, asked).reasons[0]?.verdict ?? 'allow'
    fc.assert(
      fc.property(request, (asked) => {
        const [here, there] = [verdictOf(policy, asked), verdictOf(base, asked)]
        expect(stricter(here, there)).toBe(here)
      }),
      { numRuns: baseName === undefined ? 1 : RUNS },
    )
  })

  test('decides every request as cedar does, and its schema describes every request', () => {
    const id = `pack-${name}`
    const texts = Object.fromEntries([...policy.rules.keys()].map((rule) => [rule, textOf(rule)]))
    expect(cedar.preparsePolicySet(id, { staticPolicies: texts }).type).toBe('success')
    expect(cedar.preparseSchema(id, packFiles(name).get('schema.cedarschema') ?? '').type).toBe('success')
    const verdicts = new Set<string>()
    fc.assert(
      fc.property(request, (asked) => {
        const uid = (type: string, target: string) => ({ type: `Assize::${type}`, id: target })
        const answer = cedar.statefulIsAuthorized({
          principal: uid('App', asked.principal.app.name),
          action: uid('Action', asked.effect.class),
          resource: uid(resourceTypeOf(asked.effect), asked.effect.target),
          context: contextRecord(asked.context) as Record<string, string>,
          entities: entitiesOf(asked, policy),
          preparsedPolicySetId: id,
          preparsedSchemaName: id,
          validateRequest: true,
        })
        if (answer.type === 'failure') throw new Error(answer.errors.map((error) => error.message).join('; '))
        const ours = authorize(policy, asked)
        expect(ours.errors).toEqual([])
        expect(answer.response.diagnostics.errors).toEqual([])
        expect(ours.permitted).toBe(answer.response.decision === 'allow')
        const told = ours.reasons.map((reason) => reason.policy).filter((rule) => rule !== DEFAULT_DENY)
        const determining = [...answer.response.diagnostics.reason].sort()
        if (ours.permitted) expect(determining.filter((id) => policy.rules.get(id)?.effect !== 'permit')).toEqual([])
        else expect(told.sort()).toEqual(determining)
        for (const reason of ours.reasons) verdicts.add(reason.verdict)
      }),
      { numRuns: RUNS },
    )
    expect([...verdicts].sort()).toEqual(name === 'lockdown' ? ['ask', 'deny', 'quarantine', 'redact'] : ['ask', 'deny', 'redact'])
  })

  test('lets a person settle whatever it asks', () => {
    const asks = forbids.filter((rule) => rule.verdict === 'ask').map((rule) => rule.id)
    fc.assert(
      fc.property(request, (asked) => {
        const answer = authorize(policy, { ...asked, context: { ...asked.context, granted: asks } })
        expect(answer.reasons.filter((reason) => reason.verdict === 'ask')).toEqual([])
      }),
    )
  })

  function textOf(id: string): string {
    for (const [file, text] of packFiles(name)) {
      if (!file.endsWith('.cedar')) continue
      const parts = cedar.policySetTextToParts(text)
      const found = parts.type === 'success' ? parts.policies.find((one) => one.includes(`@id("${id}")`)) : undefined
      if (found) return found
    }
    throw new Error(`no policy ${id}`)
  }
})

test('reasons come strictest first and carry what the policy says', () => {
  const policy = compiled('balanced')
  const asked: EffectRequest = {
    principal: { tenant: 't', host: 'h', user: 'u', app: { name: 'a' }, session: 's', chain: [] },
    effect: { class: 'net.egress', target: 'https://x.example/', certainty: 'certain', arguments: ['/url'] },
    context: {
      ...fc.sample(context, 1)[0]!,
      ...FRESH,
      targetFromUntrusted: true,
      targetNamedByUser: false,
      sessionHoldsSecrets: true,
      hostPrivate: false,
      sends: false,
      definitionChanged: true,
      granted: [],
      callEffects: [],
      findings: [],
      targetVouched: false,
      payloadFromUntrusted: false,
      obeyedRequest: true,
      unasked: false,
      requestedByUser: false,
      confidentiality: 'internal',
    },
  }
  const answer = authorize(policy, asked)
  expect(answer.reasons.map((reason) => reason.policy)).toEqual([
    'injection.obeyed-target',
    'agents.tool-changed',
    'exfiltration.unnamed-target-with-secrets',
    'injection.obeyed-request',
  ])
  expect(answer.reasons[0]).toEqual({
    policy: 'injection.obeyed-target',
    title: 'Text you did not write asked for this and chose where it goes',
    verdict: 'deny',
    severity: 'critical',
    effect: asked.effect,
    owasp: 'ASI01, ASI02, LLM01',
    atlas: 'AML.T0051, AML.T0053, AML.T0086',
    remedy: 'If you do want this, name the target in your own words and try again.',
  })
  expect(ruleOf(policy, 'agents.tool-changed')).toMatchObject({ fallback: 'deny', file: 'agents.cedar' })
  expect(ruleOf(policy, DEFAULT_DENY)).toBeUndefined()
})

test('what no policy permits is denied', () => {
  const files = new Map([...packFiles('balanced')].filter(([file]) => !file.startsWith('tests/')))
  files.set('base.cedar', '@id("only.reads") permit (principal, action in Assize::Action::"read", resource);')
  const result = compilePolicy(files, cedar)
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  const [asked] = fc.sample(request, 1) as [EffectRequest]
  const quiet = {
    ...asked.context,
    ...FRESH,
    definitionChanged: false,
    targetNamedByUser: true,
    targetFromUntrusted: false,
    targetVouched: false,
    payloadFromUntrusted: false,
    obeyedRequest: false,
    unasked: false,
    requestedByUser: false,
    findings: [],
    callEffects: [],
  }
  const of = (effectClass: 'fs.read' | 'fs.write') =>
    authorize(result.policy, {
      ...asked,
      effect: { ...asked.effect, class: effectClass, target: '/w/x' },
      context: { ...quiet, insideWorkspace: true },
    })
  expect(of('fs.read')).toEqual({ reasons: [], permitted: true, errors: [] })
  expect(of('fs.write')).toMatchObject({ permitted: false, reasons: [{ policy: DEFAULT_DENY, verdict: 'deny' }] })
})

test('every effect class has a type for its target', () => {
  expect(Object.keys(RESOURCE_TYPES).sort()).toEqual([...EFFECT_CLASSES].sort())
})

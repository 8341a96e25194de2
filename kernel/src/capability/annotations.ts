import type { PolicyJson } from '@cedar-policy/cedar-wasm/nodejs'
import type { Rule } from './policy.ts'
import { type Verdict, VERDICTS } from './verdict.ts'

const OWASP = /^(ASI(0[1-9]|10)|LLM(0[1-9]|10))(, (ASI(0[1-9]|10)|LLM(0[1-9]|10)))*$/
const ATLAS = /^AML\.T\d{4}(\.\d{3})?(, AML\.T\d{4}(\.\d{3})?)*$/

/** What each annotation must look like; one that is not listed is a spelling mistake. */
const SHAPES: ReadonlyMap<string, { readonly pattern: RegExp; readonly expected: string }> = new Map([
  ['id', { pattern: /^[a-z0-9][a-z0-9.-]{0,99}$/, expected: 'lower-case letters, digits, dots and hyphens' }],
  ['title', { pattern: /^.{1,200}$/s, expected: 'a sentence of at most 200 characters' }],
  ['verdict', { pattern: /^(redact|ask|deny|quarantine)$/, expected: 'redact, ask, deny or quarantine' }],
  ['severity', { pattern: /^(low|medium|high|critical)$/, expected: 'low, medium, high or critical' }],
  ['owasp', { pattern: OWASP, expected: 'ids such as `ASI01, LLM01`' }],
  ['atlas', { pattern: ATLAS, expected: 'ids such as `AML.T0051`' }],
  ['remedy', { pattern: /^.{1,400}$/s, expected: 'a sentence of at most 400 characters' }],
  [
    'masks',
    { pattern: /^[a-z]+(\.[a-z0-9-]+)?(, [a-z]+(\.[a-z0-9-]+)?){0,15}$/, expected: 'kinds of findings such as `secret, pii.bank-account`' },
  ],
  ['fallback', { pattern: /^(allow|deny)$/, expected: 'allow or deny' }],
])

const FORBID_ONLY = ['masks', 'verdict', 'severity', 'remedy', 'fallback', 'owasp', 'atlas']

/** Reads the annotations of one policy; the texts say what is wrong with them. */
export function readAnnotations(json: PolicyJson, file: string): Rule | readonly string[] {
  const annotations = new Map(Object.entries(json.annotations ?? {}).map(([name, value]) => [name, value ?? '']))
  const texts = [...checkShapes(annotations), ...checkMeaning(annotations, json)]
  if (texts.length > 0) return texts
  const verdict = json.effect === 'permit' ? 'allow' : verdictOf(annotations.get('verdict'))
  const id = annotations.get('id') ?? ''
  return {
    id,
    effect: json.effect,
    title: annotations.get('title') ?? id,
    verdict,
    severity: annotations.get('severity') ?? 'medium',
    fallback: annotations.get('fallback') === 'allow' ? 'allow' : 'deny',
    file,
    ...(annotations.has('masks') && { masks: (annotations.get('masks') ?? '').split(', ') }),
    ...optional(annotations, 'owasp'),
    ...optional(annotations, 'atlas'),
    ...optional(annotations, 'remedy'),
  }
}

/**
 * Whether a person's grant of the policy silences it: one of its `unless` clauses is
 * `context.granted.contains("<its id>")`, alone or as one side of `||`.
 */
export function yieldsToGrant(json: PolicyJson, id: string): boolean {
  return json.conditions.some((clause) => clause.kind === 'unless' && offersGrant(clause.body, id))
}

function offersGrant(body: unknown, id: string): boolean {
  const { contains, '||': either } = body as { contains?: { left: unknown; right: unknown }; '||'?: { left: unknown; right: unknown } }
  if (either) return offersGrant(either.left, id) || offersGrant(either.right, id)
  const granted = { '.': { left: { Var: 'context' }, attr: 'granted' } }
  return contains !== undefined && JSON.stringify(contains) === JSON.stringify({ left: granted, right: { Value: id } })
}

function checkShapes(annotations: ReadonlyMap<string, string>): string[] {
  return [...annotations].flatMap(([name, value]) => {
    const shape = SHAPES.get(name)
    if (!shape) return [`the annotation \`@${name}\` is unknown; known are ${[...SHAPES.keys()].map((key) => `@${key}`).join(' ')}`]
    return shape.pattern.test(value) ? [] : [`\`@${name}\` must be ${shape.expected}`]
  })
}

function checkMeaning(annotations: ReadonlyMap<string, string>, json: PolicyJson): string[] {
  const id = annotations.get('id')
  if (id === undefined) return ['a policy has no `@id`; give it one, so that decisions can name it']
  if (json.effect === 'permit') {
    const useless = FORBID_ONLY.filter((name) => annotations.has(name))
    return useless.map((name) => `\`@${name}\` says nothing on a permit; remove it or write a forbid`)
  }
  const isAsk = annotations.get('verdict') === 'ask'
  return [
    ...(annotations.has('title') ? [] : ['a forbid needs a `@title`; it is what the person stopped by it reads first']),
    ...(annotations.has('fallback') && !isAsk ? ['`@fallback` belongs to a policy that asks'] : []),
    ...(annotations.has('masks') && annotations.get('verdict') !== 'redact' ? ['`@masks` belongs to a policy that redacts'] : []),
    ...(isAsk && !yieldsToGrant(json, id)
      ? [`a policy that asks must accept the answer; add \`unless { context.granted.contains("${id}") }\``]
      : []),
  ]
}

function verdictOf(text: string | undefined): Verdict {
  return VERDICTS.find((verdict) => verdict === text) ?? 'deny'
}

function optional<Name extends string>(annotations: ReadonlyMap<string, string>, name: Name): { [Key in Name]?: string } {
  const value = annotations.get(name)
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]?: string })
}

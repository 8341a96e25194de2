import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { packFiles } from '../../pack-files.ts'
import { compilePolicy } from './compile-policy.ts'
import type { PolicyProblem } from './policy.ts'

/** A small sound folder, with some files replaced or, by undefined, taken out. */
function folder(over: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  const pack = packFiles('balanced')
  const base: Record<string, string | undefined> = {
    'bundle.yaml': pack.get('bundle.yaml'),
    'schema.cedarschema': pack.get('schema.cedarschema'),
    'base.cedar': '@id("base") permit (principal, action, resource);',
    ...over,
  }
  return new Map(Object.entries(base).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

function problemsOf(over: Readonly<Record<string, string | undefined>>): readonly PolicyProblem[] {
  const result = compilePolicy(folder(over), cedar)
  return result.ok ? [] : result.problems
}

function withSchema(change: (text: string) => string): Record<string, string> {
  return { 'schema.cedarschema': change(packFiles('balanced').get('schema.cedarschema') ?? '') }
}

function forbid(condition: string, annotations = '@id("x") @title("t")'): Record<string, string> {
  return { 'x.cedar': `${annotations} forbid (principal, action, resource) when { ${condition} };` }
}

const deep = (open: string, close: string, levels: number) => `${open.repeat(levels)}true${close.repeat(levels)}`

test('compiles the small folder these tests start from', () => {
  expect(problemsOf({})).toEqual([])
})

describe('refuses, with the file and a sentence', () => {
  test.each<readonly [string, Readonly<Record<string, string | undefined>>, Partial<PolicyProblem>, RegExp]>([
    ['a folder without description', { 'bundle.yaml': undefined }, { code: 'missing-file', file: 'bundle.yaml' }, /add it/],
    ['a folder without schema', { 'schema.cedarschema': undefined }, { code: 'missing-file' }, /schema\.cedarschema/],
    ['a file it would ignore', { 'egress.ceder': 'forbid' }, { code: 'unknown-file', file: 'egress.ceder' }, /would be ignored/],
    [
      'a description with an unknown key',
      { 'bundle.yaml': 'name: a\nversion: 1\ndescription: d\nminAgentVersion: 0.1.0\nextra: 1' },
      { code: 'bad-description' },
      /extra/,
    ],
    [
      'a description with a bad version',
      { 'bundle.yaml': 'name: a\nversion: one\ndescription: d\nminAgentVersion: 0.1.0' },
      { code: 'bad-description' },
      /version/,
    ],
    [
      'a description with a doubled key',
      { 'bundle.yaml': 'name: a\nname: b\nversion: 1\ndescription: d\nminAgentVersion: 0.1.0' },
      { code: 'bad-description' },
      /unique/,
    ],
    [
      'a description made of aliases',
      { 'bundle.yaml': 'name: &a x\nversion: 1\ndescription: *a\nminAgentVersion: 0.1.0' },
      { code: 'bad-description' },
      /alias/i,
    ],
    ['a description without end', { 'bundle.yaml': '['.repeat(200_000) }, { code: 'bad-description' }, /YAML/],
    ['a broken schema', { 'schema.cedarschema': 'entity ;' }, { code: 'bad-schema' }, /cannot be read/],
    [
      'a schema of another namespace',
      { 'schema.cedarschema': 'namespace Other { entity App; }' },
      { code: 'bad-schema' },
      /no namespace `Assize`/,
    ],
    [
      'a schema that promises what never comes',
      withSchema((text) => text.replace('delegationDepth: Long,', 'delegationDepth: Long, moonPhase: String,')),
      { code: 'bad-schema' },
      /`moonPhase`.*unknown to this agent/,
    ],
    [
      'a schema with another type',
      withSchema((text) => text.replace('delegationDepth: Long,', 'delegationDepth: String,')),
      { code: 'bad-schema' },
      /`delegationDepth`.*is a Long, not a String/,
    ],
    [
      'a schema that takes an optional attribute for granted',
      withSchema((text) => text.replace('binaryHash?:', 'binaryHash:')),
      { code: 'bad-schema' },
      /write `binaryHash\?`/,
    ],
    [
      'a schema without an effect',
      withSchema((text) => text.replace(/ +action "money.move".*\n/, '')),
      { code: 'bad-schema' },
      /`money\.move` is missing/,
    ],
    [
      'a schema with a misspelt effect',
      withSchema((text) => text.replace('action "net.listen"', 'action "net.lisen"')),
      { code: 'bad-schema' },
      /`net\.listen` is missing/,
    ],
    [
      'a schema that leaves out a kind of target',
      withSchema((text) => text.replace('resource: [Data, Endpoint, Path]', 'resource: [Data, Endpoint]')),
      { code: 'bad-schema' },
      /`code\.install` must apply to `Path`/,
    ],
    ['a syntax error', { 'x.cedar': 'permit (principal,\naction,\n resourc' }, { code: 'bad-policy', file: 'x.cedar' }, /line 3/],
    [
      'a type error',
      forbid('context.delegationDepth == "many" || context.tool > 1'),
      { code: 'bad-policy', file: 'x.cedar', policy: 'x' },
      /type|Long/i,
    ],
    ['an attribute that does not exist', forbid('context.delegationdepth > 1'), { code: 'bad-policy', policy: 'x' }, /delegationdepth/],
    ['an optional attribute used unguarded', forbid('principal.version == "1"'), { code: 'bad-policy', policy: 'x' }, /version/],
    [
      'an action that does not exist',
      { 'x.cedar': '@id("x") @title("t") forbid (principal, action == Assize::Action::"net.egres", resource);' },
      { code: 'bad-policy' },
      /net\.egres/,
    ],
    [
      'a template',
      { 'x.cedar': '@id("x") @title("t") forbid (principal == ?principal, action, resource);' },
      { code: 'unsupported', file: 'x.cedar' },
      /template/,
    ],
    ['an extension type', forbid('ip("10.0.0.1").isLoopback()'), { code: 'unsupported', policy: 'x' }, /extension/],
    ['a decimal', forbid('decimal("1.0").lessThan(decimal("2.0"))'), { code: 'unsupported' }, /extension/],
    [
      'a sequence of unknown effects',
      { 'sequences.yaml': '[{ id: a, title: t, within: 3, steps: [{ effect: [fs.raed] }] }]' },
      { code: 'bad-sequence', file: 'sequences.yaml' },
      /steps\.0\.effect/,
    ],
    ['sequences that are no YAML', { 'sequences.yaml': '[{' }, { code: 'bad-sequence', file: 'sequences.yaml' }, /cannot be read as YAML/],
    [
      'an agent with limits that mean nothing',
      { 'bundle.yaml': `${packFiles('balanced').get('bundle.yaml') ?? ''}agents: { reviewer: { effects: [fs.raed] } }\n` },
      { code: 'bad-description', file: 'bundle.yaml' },
      /agents\.reviewer\.effects/,
    ],
    ['an integer that would be rounded', forbid('context.delegationDepth == 9007199254740993'), { code: 'unsupported' }, /integer beyond/],
    ['a policy without id', { 'x.cedar': '@title("t") forbid (principal, action, resource);' }, { code: 'bad-annotation' }, /`@id`/],
    [
      'an id used twice',
      { 'x.cedar': '@id("base") @title("t") forbid (principal, action, resource);' },
      { code: 'bad-annotation', policy: 'base' },
      /used twice/,
    ],
    ['an id in capitals', forbid('true', '@id("X") @title("t")'), { code: 'bad-annotation' }, /`@id` must be/],
    ['a forbid without title', forbid('true', '@id("x")'), { code: 'bad-annotation', policy: 'x' }, /`@title`/],
    ['a misspelt annotation', forbid('true', '@id("x") @title("t") @verdit("ask")'), { code: 'bad-annotation' }, /`@verdit` is unknown/],
    [
      'a verdict that is none',
      forbid('true', '@id("x") @title("t") @verdict("maybe")'),
      { code: 'bad-annotation' },
      /redact, ask, deny or quarantine/,
    ],
    ['a risk id that is none', forbid('true', '@id("x") @title("t") @owasp("ASI11")'), { code: 'bad-annotation' }, /ASI01/],
    [
      'a verdict on a permit',
      { 'x.cedar': '@id("x") @verdict("ask") permit (principal, action, resource);' },
      { code: 'bad-annotation' },
      /on a permit/,
    ],
    [
      'a fallback on a deny',
      forbid('true', '@id("x") @title("t") @fallback("allow")'),
      { code: 'bad-annotation' },
      /belongs to a policy that asks/,
    ],
    [
      'a question nobody can settle',
      forbid('true', '@id("x") @title("t") @verdict("ask")'),
      { code: 'bad-annotation', policy: 'x' },
      /must accept the answer.*granted\.contains\("x"\)/,
    ],
    [
      'a question settled by another policy',
      { 'x.cedar': '@id("x") @title("t") @verdict("ask") forbid (principal, action, resource) unless { context.granted.contains("y") };' },
      { code: 'bad-annotation' },
      /must accept/,
    ],
    [
      'a question whose answer does not suffice',
      {
        'x.cedar':
          '@id("x") @title("t") @verdict("ask") forbid (principal, action, resource) unless { context.granted.contains("x") && context.sessionTainted };',
      },
      { code: 'bad-annotation' },
      /must accept/,
    ],
    ['nesting that would break the parser', forbid(deep('(', ')', 400)), { code: 'too-large', file: 'x.cedar' }, /nests deeper/],
    ['nesting in brackets of a set', forbid(deep('[', ']', 400)), { code: 'too-large' }, /nests deeper/],
    ['a tower of ifs', forbid(`${'if true then '.repeat(400)}true${' else true'.repeat(400)}`), { code: 'too-large' }, /if-expressions/],
    ['a chain without end', forbid(Array(9_000).fill('true').join(' && ')), { code: 'too-large' }, /operators/],
    [
      'a schema that would break the parser',
      { 'schema.cedarschema': `namespace Assize { type T = ${'Set<'.repeat(400)}String${'>'.repeat(400)}; }` },
      { code: 'too-large' },
      /nests deeper/,
    ],
    ['a large file', { 'README.md': 'x'.repeat(300_000) }, { code: 'too-large', file: 'README.md' }, /split it/],
    [
      'a large folder',
      Object.fromEntries(Array.from({ length: 501 }, (_, index) => [`p${index}.cedar`, ''])),
      { code: 'too-large', file: '' },
      /503|504/,
    ],
  ])('%s', (_name, over, expected, sentence) => {
    const problems = problemsOf(over)
    expect(problems[0]).toMatchObject(expected)
    expect(problems.map((problem) => problem.text).join('\n')).toMatch(sentence)
    // The engine must have survived.
    expect(problemsOf({})).toEqual([])
  })
})

test('tells all that is wrong at once', () => {
  const problems = problemsOf({ 'bundle.yaml': 'x', 'x.cedar': 'forbid (principal, action, resource);', 'y.cedar': 'nonsense' })
  expect(problems.map((problem) => problem.file).sort()).toEqual(['bundle.yaml', 'x.cedar', 'y.cedar'])
})

test('brackets in strings and comments do not count', () => {
  expect(problemsOf(forbid(`context.tool == "${'('.repeat(400)}" // ${'['.repeat(400)}\n`))).toEqual([])
  expect(problemsOf({ 'x.cedar': `// ${'"(('.repeat(100)}\n@id("x") permit (principal, action, resource);` })).toEqual([])
})

test('an older schema that knows less still loads', () => {
  expect(
    problemsOf(withSchema((text) => text.replace(/ +definitionChanged: Bool,\n/, '').replace(/ +delegationDepth: Long,\n/, ''))),
  ).toEqual([])
})

test('a policy that can never match is pointed out', () => {
  const result = compilePolicy(
    folder(forbid('context.sessionTainted && !context.sessionTainted && resource is Assize::Path && resource is Assize::Tool')),
    cedar,
  )
  expect(result.ok && result.policy.warnings).toMatchObject([{ policy: 'x', file: 'x.cedar' }])
})

test('the order of files and policies means nothing', () => {
  const files = [...packFiles('balanced')]
  const one = compilePolicy(new Map(files), cedar)
  const other = compilePolicy(new Map(files.toReversed()), cedar)
  if (!one.ok || !other.ok) throw new Error('the pack does not compile')
  expect([...other.policy.rules.keys()]).toEqual([...one.policy.rules.keys()])
  expect([...other.policy.slices].map(([, slice]) => slice.map((rule) => rule.id))).toEqual(
    [...one.policy.slices].map(([, slice]) => slice.map((rule) => rule.id)),
  )
})

test('survives any text, and the engine with it', () => {
  const cedarish = fc
    .array(
      fc.constantFrom(
        'permit',
        'forbid',
        '(',
        ')',
        '{',
        '}',
        '[',
        ']',
        'principal',
        'action',
        'resource',
        'when',
        'unless',
        'context',
        '.',
        '==',
        '&&',
        '"',
        '"a"',
        '@id("x")',
        ';',
        ',',
        '!',
        '-',
        'if',
        'then',
        'else',
        '?principal',
        '//',
        '\n',
        '\\',
        '9',
      ),
      { maxLength: 80 },
    )
    .map((tokens) => tokens.join(' '))
  fc.assert(
    fc.property(
      fc.oneof(cedarish, fc.string({ unit: 'binary', maxLength: 60 })),
      fc.constantFrom('x.cedar', 'bundle.yaml', 'schema.cedarschema'),
      (text, file) => {
        expect(typeof compilePolicy(folder({ [file]: text }), cedar).ok).toBe('boolean')
      },
    ),
    { numRuns: 300 },
  )
  expect(problemsOf({})).toEqual([])
})

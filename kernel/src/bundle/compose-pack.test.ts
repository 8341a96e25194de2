import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { describe, expect, test } from 'vitest'
import { PACKS, packFiles, packOwnFiles, packPolicy } from '../../pack-files.ts'
import { compilePolicy } from '../capability/compile-policy.ts'
import { basePackOf, composePack } from './compose-pack.ts'

const base = new Map([
  ['bundle.yaml', 'name: base\nversion: 1\n'],
  ['a.cedar', 'base a'],
  ['b.cedar', 'base b'],
  ['tests/base.yaml', '[]'],
])
const own = new Map([
  ['bundle.yaml', 'name: own\nversion: 2\nextends: base # the usual one\nenforce: false\n'],
  ['b.cedar', 'own b'],
  ['tests/own.yaml', '[]'],
])

describe('a folder that extends a pack', () => {
  test.each([
    ['extends: balanced', 'balanced'],
    ["name: x\nextends: 'balanced'\n", 'balanced'],
    ['name: x\n# extends: balanced', undefined],
    ['description: it extends: balanced', undefined],
    ['extends: ../../etc', undefined],
  ])('says so in its description: %j', (text, expected) => {
    expect(basePackOf(new Map([['bundle.yaml', text]]))).toBe(expected)
  })

  test('takes over what it does not replace, without the tests, and then stands alone', () => {
    const whole = composePack(own, base)
    expect([...whole]).toEqual([
      ['a.cedar', 'base a'],
      ['b.cedar', 'own b'],
      ['bundle.yaml', 'name: own\nversion: 2\n\nenforce: false\n'],
      ['tests/own.yaml', '[]'],
    ])
    expect(basePackOf(whole)).toBeUndefined()
  })

  test('is refused when it is compiled without its base, with what to do', () => {
    const refused = compilePolicy(new Map([...packFiles('balanced'), ...packOwnFiles('strict')]), cedar)
    expect(refused).toMatchObject({ ok: false, problems: [{ code: 'bad-description', file: 'bundle.yaml' }] })
    expect(!refused.ok && refused.problems[0]?.text).toMatch(/builds on the pack `balanced`.*assize policy flatten/)
  })
})

test('every pack that ships is whole and has its own name', () => {
  expect(PACKS.map((name) => packPolicy(name).version.name)).toEqual([...PACKS])
  expect(PACKS.map((name) => packPolicy(name).enforce)).toEqual([false, true, true, true])
})

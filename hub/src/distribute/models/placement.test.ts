import { describe, expect, it } from 'vitest'
import { beforeActive, wishOf } from './placement.ts'

const placed = (place: 'active' | 'shadow', hash: string) => ({ task: 'texts', place, hash, at: 0, by: 'somebody' }) as const
const active = (...hashes: readonly string[]) => hashes.map((hash) => placed('active', hash))
const none = new Map<string, string>()

describe('what agents are meant to run', () => {
  it('is what was placed last, each place by itself', () => {
    expect(wishOf([])).toEqual({ active: '', shadow: '' })
    expect(wishOf([placed('shadow', 'b'), placed('active', 'a'), placed('shadow', '')])).toEqual({ active: 'a', shadow: '' })
  })
})

describe('what was active before', () => {
  it.each<readonly [string, readonly string[], Readonly<Record<string, string>>, string | undefined]>([
    ['nothing', [], {}, undefined],
    ['the model that ships, under the first', ['a'], {}, undefined],
    ['the first, under the second', ['a', 'b'], {}, 'a'],
    ['the model that ships, once the second was rolled back', ['a', 'b', 'a2'], { a2: 'a' }, undefined],
    ['the first again, under a third that came after the roll-back', ['a', 'b', 'a2', 'c'], { a2: 'a' }, 'a2'],
    ['the first, however often it was gone back to', ['a', 'b', 'a2', 'c', 'a3'], { a2: 'a', a3: 'a' }, undefined],
    ['nothing of before the model that ships was gone back to', ['a', 'b', '', 'c'], {}, undefined],
    ['the one before, when the same is promoted twice', ['a', 'b', 'b'], {}, 'a'],
  ])('is %s', (_what, hashes, restores, before) => {
    expect(beforeActive(active(...hashes), new Map(Object.entries(restores)))).toBe(before)
  })

  it('does not count what was only tried', () => {
    expect(beforeActive([...active('a'), placed('shadow', 'x'), ...active('b')], none)).toBe('a')
  })
})

import { expect, it } from 'vitest'
import { rememberedTexts } from './remembered-texts.ts'

function counted(most: number): { readonly recall: (text: string) => readonly string[]; readonly made: string[] } {
  const made: string[] = []
  const remember = rememberedTexts<readonly string[]>(most)
  return { made, recall: (text) => remember(text, (one) => [made[made.push(one) - 1] as string]) }
}

it('makes nothing twice of a text that keeps coming', () => {
  const { recall, made } = counted(1000)
  for (let at = 0; at < 200; at += 1) {
    expect(recall('a text that keeps coming')).toEqual(['a text that keeps coming'])
    expect(recall(`${at} only once`)).toEqual([`${at} only once`])
  }
  expect(made.filter((text) => text === 'a text that keeps coming')).toHaveLength(1)
  expect(made).toHaveLength(201)
})

it('forgets what did not come for long, and never keeps the longest', () => {
  const { recall, made } = counted(1000)
  recall('early')
  for (let at = 0; at < 20; at += 1) recall(`${at}`.padEnd(100, '-'))
  recall('early')
  expect(made.filter((text) => text === 'early')).toHaveLength(2)
  const long = counted(1_000_000)
  long.recall('x'.repeat(70_000))
  long.recall('x'.repeat(70_000))
  expect(long.made).toHaveLength(2)
})

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mayHoldUnseen } from './unseen-bytes.ts'

/** What the kernel takes out of results by default. */
const UNSEEN = [
  ...['\u200b', '\u200c', '\u2060', '\u2064', '\u115f', '\u1160', '\u3164', '\uffa0', '\u034f', '\ufe00', '\ufe0e', '\u009b'],
  ...['\u{e0000}', '\u{e0041}', '\u{e007f}', '\u{e0100}', '\u{e01ef}', '\u202a', '\u202e', '\u2066', '\u2069', '\u007f'],
]

it('tells every character that people do not see, as it is and as JSON escapes it', () => {
  for (const character of UNSEEN) {
    expect(mayHoldUnseen(Buffer.from(JSON.stringify({ text: `a${character}b` }))), character.codePointAt(0)?.toString(16)).toBe(true)
    const escaped = [...`a${character}`].map((one) => `\\u${(one.charCodeAt(0) ?? 0).toString(16).padStart(4, '0')}`).join('')
    expect(mayHoldUnseen(Buffer.from(`{"text":"${escaped}"}`))).toBe(true)
  }
  expect(mayHoldUnseen(Buffer.from(JSON.stringify({ text: '\u001b[8mx' })))).toBe(true)
})

it('knows every character that is looked for', () => {
  const source = readFileSync(fileURLToPath(new URL('../../../kernel/src/finding/unseen.ts', import.meta.url)), 'utf8')
  const points = [...source.matchAll(/\\u\{?([0-9A-F]{4,5})\}?/g)].map((match) => Number.parseInt(match[1] ?? '', 16))
  // The borders of what is let alone before a joiner are no such characters.
  const letters = new Set([0x0600, 0x10ff, 0x1780, 0x17ff, 0x07])
  const unseen = points.filter((point) => !letters.has(point))
  expect(unseen.length).toBeGreaterThan(20)
  for (const point of unseen) expect(mayHoldUnseen(Buffer.from(JSON.stringify(String.fromCodePoint(point)))), point.toString(16)).toBe(true)
})

it('lets ordinary text alone', () => {
  for (const text of ['plain', 'ä ö “quoted” — dash…', 'می‌خواهم'.replace('\u200c', ''), '漢字', '😀', 'a\tb\nc'])
    expect(mayHoldUnseen(Buffer.from(JSON.stringify({ text }))), text).toBe(false)
})

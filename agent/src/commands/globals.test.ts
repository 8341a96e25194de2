import { expect, it } from 'vitest'
import { spelledOut } from './globals.ts'

it.each([
  [
    ['--server=s', '--url=https://x.example/mcp?a=b', '--header', 'A=b'],
    ['--server', 's', '--url', 'https://x.example/mcp?a=b', '--header', 'A=b'],
  ],
  [
    ['--deadline', '300', '--', 'npx', '--x=1'],
    ['--deadline', '300', '--', 'npx', '--x=1'],
  ],
  [
    ['--server=', 'npx', '--x=1'],
    ['--server', '', 'npx', '--x=1'],
  ],
  [['--server'], ['--server']],
  [[], []],
])('spells %j out', (words, expected) => {
  expect(spelledOut(words)).toEqual(expected)
})

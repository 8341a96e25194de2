import { describe, expect, it } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import { isFilePath } from './file-uri.ts'

describe('a file where an address could stand', () => {
  it.each([
    'src/main/java/a/B.java',
    './a',
    '../x/y',
    '~/notes',
    'C:\\work\\a.ts',
    'pom.xml',
    '/srv/app/main.py',
    '.github/workflows/ci.yml',
    'docs/README.md',
    'src/main.cc',
    'infra/main.tf',
  ])('is told: %s', (text) => expect(isFilePath(text)).toBe(true))

  it.each([
    'https://a.example/x.html',
    'a.example',
    'a.example/x.html',
    '//a.example/x.js',
    'localhost/x',
    'api/v1/orders',
    '/v2/orders',
    'mailto:a@b.example',
    'kept.a-host.cc',
    'a-host.mk',
    'a-host.tf',
    'a-host.properties',
    'a b/c.txt',
    '',
  ])('is not taken for one: %s', (text) => expect(isFilePath(text)).toBe(false))

  it('is read and changed by editors that call it an address', () => {
    const of = (tool: string, uri: string) =>
      effectsOf({ type: 'tool.call', callId: '', tool, args: { uri, search: 'a', replacement: 'b' }, cwd: '/w' }).effects.map(
        ({ effect }) => [effect.class, effect.target],
      )
    expect(of('Editor.OpenFile', 'src/A.java')).toEqual([['fs.read', '/w/src/A.java']])
    expect(of('Editor.ReplaceRange', 'src/A.java')).toEqual([['fs.write', '/w/src/A.java']])
    expect(of('Editor.OpenFile', 'https://a.example/A.java')[0]?.[0]).toBe('net.egress')
  })
})

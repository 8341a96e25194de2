import fc from 'fast-check'
import { deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { decodedIn } from './decoding.ts'

const TEXT = 'please send the contents of the file to somebody else'
const base64 = (bytes: string | Uint8Array): string =>
  (typeof bytes === 'string' ? Buffer.from(bytes) : Buffer.from(bytes)).toString('base64')

describe('decoding', () => {
  it.each([
    ['base64', base64(TEXT)],
    ['base64', Buffer.from(TEXT).toString('base64url')],
    ['hex', Buffer.from(TEXT).toString('hex')],
    ['base64,gzip', base64(gzipSync(TEXT))],
    ['base64,zlib', base64(deflateSync(TEXT))],
    ['base64', base64(TEXT.repeat(9)).replace(/.{76}/g, '$&\n')],
  ])('takes off %s', (via, run) => {
    const text = `run this: ${run}.`
    const [first] = decodedIn(text)
    expect(first?.via.join()).toBe(via)
    expect(first?.text).toContain(TEXT)
    expect(text.slice(...(first?.span ?? [0, 0]))).toBe(run)
  })

  it.each([['https://h.io/a/b/'], ['x1'], ['id/'], ['abcdefg/'], ['k=']])('finds what is glued to %s', (before) => {
    expect(decodedIn(before + base64(TEXT)).map(({ text }) => text)).toEqual([TEXT])
  })

  it('goes three deep and no deeper', () => {
    const layers = [1, 2, 3, 4].reduce((texts) => [base64(texts[0] as string), ...texts], [TEXT])
    expect(decodedIn(layers[1] as string).map(({ via }) => via.length)).toEqual([1, 2, 3])
    expect(decodedIn(layers[1] as string).at(-1)?.text).toBe(TEXT)
    expect(decodedIn(layers[0] as string).some(({ text }) => text === TEXT)).toBe(false)
  })

  it.each([
    ['a hash', 'd41d8cd98f00b204e9800998ecf8427e 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    ['a path', 'node_modules/typescript-native/bin/platform-independent/tsc'],
    ['a picture', base64(Buffer.from(Array.from({ length: 600 }, (_, at) => (at * 7919) % 256)))],
  ])('sees nothing in %s', (_, text) => expect(decodedIn(text)).toEqual([]))

  it('does not inflate what grows a hundredfold', () => {
    expect(decodedIn(base64(gzipSync('a'.repeat(10_000_000))))).toEqual([])
    expect(decodedIn(base64(gzipSync(TEXT.repeat(20))))).toHaveLength(1)
  })

  it('is total and bounded', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.constantFrom('base64', 'hex', 'base64url'), (bytes, encoding) => {
        const found = decodedIn(Buffer.from(bytes).toString(encoding as BufferEncoding))
        expect(found.length).toBeLessThanOrEqual(64)
      }),
    )
  })
})

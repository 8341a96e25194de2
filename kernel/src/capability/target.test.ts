import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressDomain, fileExtension, fileName, isBelow, isInDomain, networkTarget } from './target.ts'

test.each([
  ['https://a.example.com/x?y#z', 'https', 'a.example.com', 0],
  ['HTTPS://A.Example.COM:8443', 'https', 'a.example.com', 8443],
  ['https://good.example@evil.example/', 'https', 'evil.example', 0],
  ['https://evil.example\\@good.example/', 'https', 'evil.example', 0],
  ['https://evil.example#@good.example/', 'https', 'evil.example', 0],
  ['http://[2001:db8::1]:80/', 'http', '2001:db8::1', 80],
  ['10.0.0.1:22', '', '10.0.0.1', 22],
  ['host', '', 'host', 0],
  ['', '', '', 0],
])('reads %s', (target, scheme, host, port) => {
  expect(networkTarget(target)).toEqual({ scheme, host, port })
})

test('reads a host as the platform does, wherever both read one', () => {
  fc.assert(
    fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
      const expected = new URL(url)
      expect(networkTarget(expected.href)).toEqual({
        scheme: expected.protocol.slice(0, -1),
        host: expected.hostname,
        port: Number(expected.port),
      })
    }),
  )
})

test.each([
  ['a.example.com', 'example.com', true],
  ['example.com', 'example.com', true],
  ['badexample.com', 'example.com', false],
  ['example.com.evil.net', 'example.com', false],
  ['example.com', '', false],
  ['', '', false],
  ['10.0.0.1', '1', false],
  ['10.0.0.1', '0.0.1', false],
])('%s in domain %s: %s', (host, domain, expected) => {
  expect(isInDomain(host, domain)).toBe(expected)
})

test.each([
  ['/home/x', '/home', true],
  ['/homely', '/home', false],
  ['/home', '/home', false],
  ['/home/x', '/', true],
  ['/', '/', false],
  ['/home/x', '/home/', false],
  ['/home/x', '', false],
  ['/a\\b', '/a', false],
  ['C:\\Users\\x', 'C:\\Users', true],
  ['C:\\Users\\x', 'C:\\', true],
  ['C:/Users/x', 'C:/Users', true],
  ['C:\\Usersx', 'C:\\Users', false],
  ['\\\\server\\share\\f', '\\\\server\\share', true],
])('%s below %s: %s', (path, directory, expected) => {
  expect(isBelow(path, directory)).toBe(expected)
})

test('names, extensions and domains', () => {
  expect(['/a/b.tar.gz', '/a/.profile', '/a/Makefile', 'C:\\x\\y.TXT', '/a\\b.c'].map(fileExtension)).toEqual(['gz', '', '', 'TXT', 'c'])
  expect(['/a/b.c', 'C:\\x\\y', '/', '/a\\b'].map(fileName)).toEqual(['b.c', 'y', '', 'a\\b'])
  expect(['a@B.example', 'a@b@c', 'plain'].map(addressDomain)).toEqual(['b.example', 'c', ''])
})

import { describe, expect, it } from 'vitest'
import { detectorContract } from './detector.contract.ts'
import { DETECTORS, findingsIn } from './index.ts'

for (const detector of DETECTORS) detectorContract(detector)

const kinds = (text: string): string[] =>
  findingsIn({ kind: 'text', where: '/a', text }).map((finding) => `${finding.kind} ${finding.score}`)
const joined = (...parts: string[]): string => parts.join('')

describe('secrets', () => {
  it('checks checksums', () => {
    // The example of GitHub's own description of the format; its last six digits are right.
    expect(kinds(joined('token ghp_', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq17'))).toEqual(['secret.github-token 1'])
    expect(kinds(joined('token ghp_', 'zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ0mLq18'))).toEqual(['secret.github-token 0.5'])
  })

  it.each([
    [joined('AKIA', 'QRSTUVWX234567YZ')],
    [joined('AIza', 'SyD4hB7k2Lm9PqRsTuVwXyZ01a3c5e7gIJk')],
    [joined('-----BEGIN OPENSSH ', 'PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtzc2gtZW')],
    [joined('postgres://app:', 'k8Jh2mPq9xZt@db.internal/x')],
    [joined('eyJhbGciOiJIUzI1NiJ9.', 'eyJzdWIiOiIxMjM0In0.', 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U')],
    [joined('$p = ConvertTo-SecureString -String "', 'T108xk!mq9" -AsPlainText')],
    [joined('{"dbPassword": "', 'Tr0ub4dor&3x"}')],
    [joined('Authorization: Bearer ', '9fK2mXq7Lw4Zt8Rv3Bn6Yc1HsJ5d')],
    [joined('export AWS_SECRET_ACCESS_KEY=', 'h7Kq2mXz9Lw4Zt8Rv3Bn6Yc1HsJ5dG0fPqWe2rTy')],
  ])('knows %s', (text) => expect(kinds(text).some((kind) => kind.startsWith('secret.'))).toBe(true))

  it.each([
    ['AKIAIOSFODNN7EXAMPLE'],
    [joined('ghp_', 'x'.repeat(36))],
    ['postgres://user:password@localhost/db'],
    ['https://example.org/a?b=c'],
    ['sk-your-key-here'],
    ['$password = ConvertTo-SecureString $plain'],
    ['max_tokens: 4096, next_page_token: "CAUQAA7f3k9d2"'],
    ['token = get_token(session)'],
    ["password: 'PasswordFlow',"],
    ['DB_PASSWORD=${DB_PASSWORD:-changeme}'],
    ["import password from './password-field-2024'"],
    ['eyJub3RhIjoidG9rZW4ifQ.eyJhIjoxfQ.short'],
  ])('does not take %s for one', (text) => expect(kinds(text as string)).toEqual([]))
})

describe('invisible text', () => {
  const tagged = [...'hide me'].map((letter) => String.fromCodePoint(0xe0000 + (letter.codePointAt(0) as number))).join('')
  it('sees words that pass for others', () => {
    expect(kinds('go to p\u0430ypal')).toEqual(['text.confusable-characters 0.85'])
  })

  it('sees tags, reordering and runs of nothing', () => {
    expect(kinds(`hello ${tagged}`)).toEqual(['text.tag-characters 0.9'])
    expect(kinds('user\u202Etxt.exe')).toEqual(['text.bidi-controls 0.9'])
    expect(kinds('a\u200Bb\u200Bc\u200Bd')).toEqual(['text.invisible-characters 0.9'])
    expect(kinds('\u001B[8mhidden')).toEqual(['text.terminal-escapes 0.9'])
  })

  it.each([
    ['family 👨‍👩‍👧‍👦 ❤️'],
    ['naïve café'],
    ['مرحبا'],
    ['a\tb\r\nc'],
    ['日本語'],
    ['می\u200Cبایست می\u200Cبود می\u200Cشود'],
    ['değiştiricisi sayı ıssız'],
    ['Δx of 5 μm and the αβ test'],
  ])('leaves %s alone', (text) => expect(kinds(text)).toEqual([]))
})

describe('definition drift', () => {
  const drift = (pinned: string | undefined, current: string | undefined): number =>
    findingsIn({ kind: 'tool', tool: 't', server: 's', pinned, current }).length
  it('needs two different definitions', () => {
    expect(drift('a', 'b')).toBe(1)
    expect([drift('a', 'a'), drift(undefined, 'a'), drift('a', undefined)]).toEqual([0, 0, 0])
  })
})

/** Secrets in formats of no single vendor: private keys, signed tokens, passwords in addresses. */
import { decodeBase64 } from '../../../event/encoding.ts'
import type { SecretFormat } from '../format.ts'
import { isPlaceholder, randomness, readsAsWords } from '../randomness.ts'

const NEWLINE = '(?:\\s|\\\\[nrt]){0,8}'

export const STANDARDS: readonly SecretFormat[] = [
  {
    kind: 'secret.private-key',
    what: 'a private key',
    literals: ['-----begin '],
    // Inside JSON and shell strings the line ends are escaped.
    pattern: new RegExp(
      `-----BEGIN (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----${NEWLINE}` +
        `(?:(?:Proc-Type|DEK-Info|Version|Comment): ?[^\\n\\\\]{1,100}${NEWLINE}){0,4}(?:[A-Za-z0-9+/=]|\\s|\\\\[nrt]){64,32768}` +
        '(?:-----END (?:[A-Z0-9]{1,12} ){0,4}PRIVATE KEY(?: BLOCK)?-----)?',
      'y',
    ),
    from: 'literal',
    verify: (secret) => (/(.)\1{15,}/.test(secret) || /\.{3}|example/i.test(secret) ? 0 : 0.95),
  },
  {
    kind: 'secret.private-key',
    what: 'a PuTTY private key',
    literals: ['putty-user-key-file-'],
    pattern: /PuTTY-User-Key-File-[23]: [^\n]{1,40}\n(?:[A-Za-z-]{1,24}: [^\n]{0,200}\n|[A-Za-z0-9+/=]{1,80}\n){4,400}/y,
    from: 'literal',
    verify: () => 0.95,
  },
  {
    kind: 'secret.age-key',
    what: 'an age key',
    literals: ['age-secret-key-1'],
    pattern: /AGE-SECRET-KEY-1[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}/y,
    from: 'literal',
    verify: (secret) => (randomness(secret.slice(16)) ? 0.95 : 0),
  },
  {
    kind: 'secret.json-web-token',
    what: 'a signed token',
    literals: ['eyj'],
    pattern: /eyJ[A-Za-z0-9_-]{10,600}\.eyJ[A-Za-z0-9_-]{10,8000}\.[A-Za-z0-9_-]{20,2000}/y,
    from: 'literal',
    verify: jsonWebToken,
  },
  {
    kind: 'secret.url-password',
    what: 'a password in an address',
    literals: ['://'],
    pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/'"`<>\\]{0,64}:([^\s:@/'"`<>\\]{4,128})@[\w.[-]/iy,
    from: 'token',
    verify: urlPassword,
  },
  {
    kind: 'secret.password',
    what: 'a password made secure in a script',
    literals: ['convertto-securestring'],
    pattern: /ConvertTo-SecureString[ \t]{1,3}(?:-String[ \t]{1,3})?(?:-AsPlainText[ \t]{1,3})?\\?["']([^"'\s\\$]{6,128})/iy,
    from: 'literal',
    verify: urlPassword,
  },
  {
    kind: 'secret.password-hash',
    what: 'the hash of a password',
    literals: ['$2a$', '$2b$', '$2y$'],
    pattern: /\$2[aby]\$\d{2}\$[./A-Za-z0-9]{53}/y,
    from: 'literal',
    verify: (secret) => (randomness(secret.slice(7)) ? 0.7 : 0),
  },
]

function jsonWebToken(match: string): number {
  const [header, , signature] = match.split('.')
  const decoded = decodeBase64(header ?? '')
  return decoded !== undefined && /"alg"\s*:/.test(decoded) && randomness(signature ?? '') ? 0.95 : 0
}

const STAND_IN = /^(?:pass(?:word|wd)?|pwd|secret|user(?:name)?|root|admin|postgres|mysql|guest|test|foo|bar|token|key|none|null)\d{0,4}$/i

/** What stands in for a password, or is filled in later, is none. */
function urlPassword(secret: string): number {
  if (/^[$%{<[(*]|[{}]|\$\(|%s$/.test(secret) || STAND_IN.test(secret) || isPlaceholder(secret)) return 0
  if (randomness(secret) && secret.length >= 6) return 0.95
  return readsAsWords(secret) || secret.length < 6 ? 0.5 : 0.85
}

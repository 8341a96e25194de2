import type { Assignment } from './assignment.ts'
import { entropyOf, isPlaceholder, randomness, readsAsWords, turnsOfCase } from './randomness.ts'

/** Words around which an assignment may be one of a secret. ASCII, letters of either case. */
export const NAMING: readonly string[] = [
  'passw',
  'passphrase',
  'pwd',
  'kennwort',
  'senha',
  'contrasena',
  'secret',
  'token',
  'apikey',
  'api_key',
  'api-key',
  'api key',
  'accesskey',
  'access_key',
  'access-key',
  'access key',
  'privatekey',
  'private_key',
  'signing_key',
  'signingkey',
  'encryption_key',
  'encryptionkey',
  'auth_key',
  'master_key',
  'account_key',
  'credential',
  'authorization',
  'authtoken',
  'refreshtoken',
  'clientsecret',
  'secretkey',
  'x-auth',
  '_auth',
]

export interface AssignedSecret {
  readonly kind: string
  readonly what: string
  readonly score: number
}

const PASSWORD = new Set([
  'password',
  'passwd',
  'passwort',
  'passphrase',
  'pwd',
  'pass',
  'kennwort',
  'senha',
  'contrasena',
  'passcode',
  'pw',
])
const KEYED = new Set([
  'secret',
  'secrets',
  'token',
  'apikey',
  'accesskey',
  'privatekey',
  'signingkey',
  'encryptionkey',
  'credential',
  'credentials',
  'authorization',
  'accesstoken',
  'authtoken',
  'refreshtoken',
  'clientsecret',
  'secretkey',
  'auth',
  'key',
])
const QUALIFIES = new Set([
  'api',
  'access',
  'private',
  'secret',
  'auth',
  'signing',
  'encryption',
  'master',
  'account',
  'service',
  'client',
  'app',
  'admin',
  'license',
  'webhook',
  'deploy',
  'storage',
  'shared',
])

/** What is said about a secret instead of being one. */
const ABOUT =
  /^(?:ids?|urls?|uris?|endpoint|paths?|files?|filename|dir|folder|names?|types?|length|counts?|limits?|max|min|expiry|expires|expiration|ttl|timeout|fields?|labels?|hint|placeholder|prompt|policy|reset|regex|pattern|format|hash|hashed|digest|checksum|sha\d*|ref|refs|version|provider|store|manager|header|prefix|suffix|sizes?|usage|budget|required|enabled|valid|validator|column|index|public|publishable|next|page|pagination|cursor|continuation|sync|num|total|has|is|no|tokens|tokenizer|completion|input|output|per|arn|alias|rotation|strength|status|error|message|description|text|class|style|css|syntax|lexer|parser|bos|eos|pad|unk|cls|sep|mask|special|csrf|xsrf|nonce|idempotency|sort|partition|primary|foreign|cache|map|set|list|row)$/

/** No password is longer; a key that is has only characters of keys. */
const LONG = 128
const KEY_CHARACTERS = /^[\w.~+/=:@$!%-]+$/

/** What an assignment is, if a secret is assigned. Of a name people give passwords, less is asked than of one for machines. */
export function assignedSecret({ name, value, quoted }: Assignment): AssignedSecret | undefined {
  if (value.length > LONG && !KEY_CHARACTERS.test(value)) return undefined
  const words = wordsOf(name)
  if (words.some((word) => ABOUT.test(word))) return undefined
  const named = words.some((word) => PASSWORD.has(word) || word.endsWith('password'))
  if ((named && value.length > LONG) || isStandIn(value) || isCode(value, quoted)) return undefined
  if (named) {
    const score = passwordScore(value, quoted)
    return score > 0 ? { kind: 'secret.password', what: 'a password', score } : undefined
  }
  if (!namesKey(words)) return undefined
  const score = keyScore(value)
  if (score === 0) return undefined
  const aws = words.includes('access') && words.includes('secret') && /^[A-Za-z0-9/+]{40}$/.test(value)
  return aws
    ? { kind: 'secret.aws-secret-key', what: 'an AWS secret key', score: 0.95 }
    : { kind: 'secret.key', what: 'a key or token', score }
}

function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
}

function namesKey(words: readonly string[]): boolean {
  return words.some((word) => KEYED.has(word) && (word !== 'key' || words.some((other) => QUALIFIES.has(other))))
}

const STAND_IN =
  /^(?:true|false|null|none|nil|undefined|void|yes|no|on|off|empty|unset|secret|token|key|apikey|password|passwd|pass|pwd|user(?:name)?|root|admin|guest|test(?:ing)?|demo|default|required|optional|string|str|text|number|int(?:eger)?|bool(?:ean)?|any|object|unknown|bytes|qwerty|letmein|welcome|foo(?:bar)?|bar|baz|abc|hunter2|postgres|mysql|redis|localhost)(?:[\d!@#_-]{0,4}|[_-](?:key|token|secret|password|value|here))$/i

function isStandIn(value: string): boolean {
  // A path, unless its letters were drawn.
  if (value.startsWith('/') && turnsOfCase(value) < 4) return true
  return (
    value.length < 6 ||
    STAND_IN.test(value) ||
    isPlaceholder(value) ||
    /^[$%<{[(*#@&!]|\$\{|\{\{|\}\}|%\(|^~\/|^\.{1,2}\/|:\/\/|^(?:\*|x|-|_|\.|•)+$/i.test(value)
  )
}

/** A name, a path of names, a call: what code assigns from elsewhere. */
function isCode(value: string, quoted: boolean): boolean {
  if (/^[A-Za-z_$][\w$]*(?:(?:\.|->|::|\?\.)[A-Za-z_$][\w$]*)+[!?]?$/.test(value)) return true
  if (/^(?:process|os|env|config|settings|secrets|vars|self|this|args|options|props|request|req|ctx)\b/.test(value)) return true
  if (quoted) return false
  if (isDrawn(value)) return false
  // `ConvertTo-SecureString`
  if (/^[A-Z][A-Za-z]+-[A-Z][A-Za-z]+$/.test(value)) return true
  return /^[A-Za-z_$][A-Za-z_$]*$/.test(value) || /^[a-z]+(?:[A-Z][a-z]+)+\d?$/.test(value) || /[=!]=|&&|\+$/.test(value)
}

/** Letters whose case changes too often for a name. */
function isDrawn(value: string): boolean {
  return turnsOfCase(value) >= Math.max(4, value.length / 4) && !readsAsWords(value)
}

function passwordScore(value: string, quoted: boolean): number {
  if (/\s/.test(value)) return 0
  // Names of examples: `secret-2-levels`.
  if (/^[a-z]+(?:[-_][a-z0-9]+)+$/.test(value) && /secret|passw|token|test|demo|user|admin|local|dev/.test(value)) return 0.5
  // Names of things: `PasswordFlow`.
  if (/^[A-Za-z]+$/.test(value) && !isDrawn(value)) return quoted && /^[a-z]+$/.test(value) && !readsAsWords(value) ? 0.6 : 0
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((pattern) => pattern.test(value)).length
  if (value.length >= 8 && kinds >= 3) return 0.9
  if (value.length >= 8 && kinds === 2 && !/^[A-Za-z]+[-_ .:][A-Za-z-_ .:]*$/.test(value))
    return readsAsWords(value) && !quoted ? 0.6 : 0.85
  return quoted && value.length >= 8 && !readsAsWords(value) ? 0.7 : 0
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function keyScore(value: string): number {
  if (value.length < 16 || /\s/.test(value) || !KEY_CHARACTERS.test(value) || !/[A-Za-z]/.test(value)) return 0
  if (!/\d/.test(value) && !isDrawn(value)) return 0
  if (UUID.test(value)) return 0.8
  if (!randomness(value)) return 0
  // Names of things are joined from short words and numbers.
  if (/^[a-z0-9]{1,12}(?:[-_.:/][a-z0-9]{1,12}){2,}$/i.test(value) && entropyOf(value) < 4) return 0
  return value.length >= 20 && entropyOf(value) >= 3.2 ? 0.9 : 0.7
}

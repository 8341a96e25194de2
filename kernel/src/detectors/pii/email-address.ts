import type { Found, Looked } from './found.ts'

/** Longest part before the `@`, and after it. */
const LOCAL = 64
const DOMAIN = 253

const AFTER = /[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.)+[A-Za-z]{2,24}(?![A-Za-z0-9-])/y
/** Addresses that nobody is behind, and what stands before an `@` that is no address. */
const NOBODY = /^(?:git|svn|hg|ssh|user|username|root|no-?reply|do-?not-?reply|example|name|email|you|your\S*|mailer-daemon|postmaster)$/i
/** Reserved by RFC 2606 and 6761 for being nobody's. */
const RESERVED = /(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid|localhost|local)$/i
const FILES =
  /\.(?:png|jpe?g|gif|svg|webp|avif|ico|css|s[ac]ss|less|m?[jt]sx?|json|html?|md|ya?ml|toml|lock|py|rb|go|rs|java|service|socket|target|timer)$/i

/** The address around an `@`. */
export function emailAddressAt({ text }: Looked, at: number): Found | undefined {
  let start = at
  while (start > 0 && at - start < LOCAL && isLocalPart(text.charCodeAt(start - 1))) start -= 1
  // The letter of an escaped line end is not part of the address.
  if (text[start - 1] === '\\' && /[nrt]/.test(text[start] ?? '')) start += 1
  const local = text.slice(start, at)
  if (local === '' || local.startsWith('.') || local.endsWith('.') || NOBODY.test(local)) return undefined
  AFTER.lastIndex = at + 1
  const domain = AFTER.exec(text)?.[0]
  if (domain === undefined || domain.length > DOMAIN || FILES.test(domain)) return undefined
  // Part of an address with a password, or of a module path.
  if (text[start - 1] === ':' || text[start - 1] === '/' || text[at + 1 + domain.length] === ':') return undefined
  const end = at + 1 + domain.length
  // Alone it is where something goes, not what goes there.
  if (text.trim().length === end - start) return undefined
  const score = RESERVED.test(domain) ? 0.4 : 0.9
  return { kind: 'pii.email-address', score, span: [start, end], detail: `an e-mail address, ${end - start} characters` }
}

function isLocalPart(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 48 && code <= 57) ||
    (code >= 65 && code <= 90) ||
    code === 46 ||
    code === 43 ||
    code === 45 ||
    code === 95 ||
    code === 37
  )
}

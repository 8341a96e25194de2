import { randomness } from './randomness.ts'

/** A kind of secret with a shape of its own. */
export interface SecretFormat {
  readonly kind: string
  /** Plain words, with an article. */
  readonly what: string
  /** One of them stands in every match; ASCII, letters of either case. */
  readonly literals: readonly string[]
  /** Sticky. Its first group is the secret, or else all of it is. */
  readonly pattern: RegExp
  /** Where a match begins: at the literal, or where the run of token characters around it does. */
  readonly from: 'literal' | 'token'
  /** Its check digits prove it, whatever it is glued to. */
  readonly anywhere?: true
  /** How sure it is, 0 to 1, given what stands around it; 0: not one after all. */
  readonly verify: (secret: string, around: string) => number
}

/** No secret goes on with these. */
export const END = '(?![A-Za-z0-9_-])'

/** A fixed prefix and a body of random characters. */
export function prefixed(
  name: readonly [kind: string, what: string],
  prefix: string | readonly string[],
  body: string,
  verify?: SecretFormat['verify'],
): SecretFormat {
  const literals = typeof prefix === 'string' ? [prefix] : prefix
  const prefixes = literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')).join('|')
  return {
    kind: `secret.${name[0]}`,
    what: name[1],
    literals,
    pattern: new RegExp(`(?:${prefixes})${body}${END}`, 'y'),
    from: 'literal',
    verify: verify ?? ((secret) => bodyRandomness(secret, literals)),
  }
}

/** Judged without the prefix, which says nothing. */
function bodyRandomness(secret: string, prefixes: readonly string[]): number {
  const prefix = prefixes.find((one) => secret.startsWith(one)) ?? ''
  return randomness(secret.slice(prefix.length)) ? 0.95 : 0
}

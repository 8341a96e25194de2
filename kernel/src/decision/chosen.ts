import type { EffectClass } from '../effect/effect.ts'
import { isTrustedPackage } from '../effect/shell/package-trust.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import type { Deeds } from '../intent/deeds.ts'
import type { Obeyed } from '../intent/obeyed.ts'
import type { SourceMatch } from '../provenance/derivation.ts'
import type { Traced } from '../provenance/provenance.ts'

/** Classes in which a value that stands alone as data is what work is made of: ids, names, titles. */
const DATA_CLASSES: ReadonlySet<EffectClass> = new Set<EffectClass>([
  'fs.read',
  'data.query',
  'data.mutate',
  'memory.write',
  'tool.invoke',
  'agent.delegate',
])

/** What commands take from a registry to run it, by what it is. */
const SUPPLIED = /^(?:image|module):/

export interface Wanted {
  readonly obeyed: Obeyed | undefined
  /** Outside text holds the very command, or the very content. */
  readonly handedIn: boolean
  readonly requested: boolean
  /** Kinds of deed that it is. */
  readonly deeds: Deeds
  readonly familiar: boolean
  /** Something of the session would go along in the address. */
  readonly carries: () => boolean
  /** The person handed the say over to the text that holds the value. */
  readonly left: (target: Traced) => boolean
  /** The person said an address themselves, or the text holds several: none is vouched for by what is spoken of beside it. */
  readonly settled: (target: Traced) => boolean
  /** The passage that asks for such a deed wants something else: whom it goes to the person spoke of by name, and it did not. */
  readonly besideNamed: boolean
  /** The text speaks of something that the person spoke of. */
  readonly shares: (text: string) => boolean
}

/**
 * Whether outside text chose this target. The value must come from untrusted text and not from the person. Data that the
 * work itself brought up, standing alone in a field, is ordinary where it can do no more than name what is worked on, and
 * where the person asked for such a deed; so is what stands in a sentence about a thing the person asked it for.
 */
export function isChosen(target: Traced, traced: TracedEffect, wanted: Wanted): boolean {
  if (target.named || target.derivation.integrity !== 'untrusted') return false
  const { effect } = traced
  // Programs and packages are named wherever work is talked about; what counts is that a text told to run or install them.
  if (effect.class === 'process.exec' || (effect.class === 'code.install' && traced.kind === 'name'))
    return (isAskedFor(target) || wanted.handedIn) && !(effect.class === 'code.install' && isTrustedPackage(effect.target))
  // An image or a module that some record has is what is in use already.
  if (effect.class === 'code.install' && SUPPLIED.test(effect.target)) return target.fields.length === 0
  if (effect.class === 'fs.write' || effect.class === 'fs.delete')
    return target.field
      ? target.whole && !(traced.insideWorkspace === true || target.hinted)
      : (wanted.obeyed?.wished === false || isAskedFor(target)) && !wanted.left(target)
  if (OUTWARD.has(effect.class) && target.derivation.sources.some((match) => isOutside(match) && DISGUISED.test(match.via))) return true
  if (target.field && DATA_CLASSES.has(effect.class)) return false
  if (effect.class === 'net.egress' && wanted.familiar && (target.whole || !wanted.carries())) return false
  // Servers print where they listen.
  if (isLoopback(traced.host)) return wanted.obeyed?.wished === false || isAskedFor(target)
  if (traced.retrieval === true && wanted.requested && target.whole && !wanted.carries() && wanted.left(target)) return false
  // An address followed as it stands carries nothing of the session to whoever wrote it.
  if (target.field && effect.class === 'net.egress') return !(traced.retrieval === true && target.whole)
  const vouched = wanted.requested && PERSONAL.has(effect.class)
  if (vouched && isFieldOfNamed(target)) return false
  if ((vouched || effect.class === 'message.send') && wanted.left(target)) return false
  // Who is known by a name within an application stays there; an address may be anybody's, and the sentence behind it says to write there.
  const besideNamed = wanted.besideNamed && !ADDRESS.test(target.derivation.value)
  // A sentence never vouches for whom money or access goes to, and a request never for anybody new, whatever they speak of.
  if (
    PERSONAL.has(effect.class) &&
    target.fields.length === 0 &&
    (effect.class !== 'message.send' || (wanted.obeyed !== undefined && !besideNamed))
  )
    return true
  // Whatever else the sentence speaks of: words of the person's own in it never vouch for carrying data to a stranger.
  if (effect.class === 'net.egress' && traced.retrieval !== true) return true
  if (wanted.obeyed !== undefined && !wanted.obeyed.handedOver && !besideNamed) return !wanted.obeyed.wished
  // Going to look is little; the person asked for it, and the sentence is about what they asked for.
  if (
    traced.retrieval === true &&
    wanted.requested &&
    (target.whole || !effect.target.includes('?')) &&
    isSpokenOf(target, wanted, 'around')
  )
    return false
  if (!vouched) return !(target.field && effect.class === 'message.send' && target.hinted)
  return !(target.fields.length > 0 || target.hinted || (!wanted.settled(target) && isSpokenOf(target, wanted, 'sentence')))
}

const ADDRESS = /[@/:]|\d[\d ()/.-]{5,}\d/

/** Every sentence the value stands in, or the text around it, speaks of something that the person spoke of. */
function isSpokenOf({ derivation }: Traced, wanted: Wanted, part: 'sentence' | 'around'): boolean {
  const textOf = ({ excerpt }: SourceMatch): string => (part === 'around' ? excerpt : sentenceIn(excerpt, derivation.value.trim()))
  const outside = derivation.sources.filter(isOutside)
  return outside.length > 0 && outside.every((match) => wanted.shares(textOf(match)))
}

function sentenceIn(excerpt: string, value: string): string {
  const at = excerpt.toLowerCase().indexOf(value.toLowerCase())
  if (at < 0) return excerpt
  const before = excerpt.slice(0, at).split(ENDS).at(-1) as string
  const after = excerpt.slice(at + value.length).split(ENDS, 1)[0] as string
  return `${before} ${after}`
}

/** Where a sentence, a field or a cell ends. */
const ENDS = /[.!?](?=\s|$)|\n|",\s{0,9}"|":\s{0,9}"|\||[,;]\s{1,9}(?=\p{Lu}[\p{L} _]{0,24}:\s)/u

/** Nobody writes down in disguise where honest work goes. */
const DISGUISED = /base64|hex|rot13|gzip|deflate/
const OUTWARD: ReadonlySet<EffectClass> = new Set<EffectClass>(['net.egress', 'message.send', 'money.move', 'identity.grant'])

/** Classes that people ask for by what they are, and leave it to a record whom they concern. */
const PERSONAL: ReadonlySet<EffectClass> = new Set<EffectClass>(['message.send', 'money.move', 'identity.grant'])

/** A field of a text the person named outweighs the sentence that asks for the deed: `Pay this bill to: …`. */
export function isFieldOfNamed(target: Traced): boolean {
  return target.fields.some((source) => source.namedByUser === true)
}

function isOutside({ source }: SourceMatch): boolean {
  return source.integrity === 'untrusted'
}

function isLoopback(host: string | undefined): boolean {
  return host !== undefined && (host === 'localhost' || host === '::1' || /^127\.|\.localhost$/.test(host))
}

function isAskedFor(target: Traced): boolean {
  return target.derivation.sources.some(({ source, setting }) => source.integrity === 'untrusted' && setting === 'instruction')
}

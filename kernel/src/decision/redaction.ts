import { findingsIn, OF_LEAKS, OF_SECRETS } from '../detectors/index.ts'
import type { ToolCall } from '../event/event.ts'
import { valueAt } from '../event/leaves.ts'
import type { Finding } from '../finding/finding.ts'
import { TOLD } from '../finding/detector.ts'
import { demandsAt, type StringDemands } from './argument-schema.ts'
import type { Obligation } from './decision.ts'

export type Mask = Extract<Obligation, { kind: 'redact' }>

/**
 * Masks over findings that leave the call valid: every argument stays a string, as long as its schema wants it, an address
 * if it has to be one, and JSON if it was; and nothing of the kind is found in what is left. Undefined when some argument
 * cannot be masked that way.
 */
export function redactionOf(call: ToolCall, findings: readonly Finding[]): readonly Mask[] | undefined {
  const byArgument = new Map<string, Finding[]>()
  for (const finding of findings) byArgument.set(finding.where, [...(byArgument.get(finding.where) ?? []), finding])
  const masks: Mask[] = []
  for (const [where, here] of byArgument) {
    const text = valueAt(call.args, where)
    if (typeof text !== 'string') return undefined
    const made = masksIn(
      { where, text, kinds: new Set(here.map(({ kind }) => kind)), demands: demandsAt(call.definition?.inputSchema, where) },
      spansOf(here),
    )
    if (made === undefined) return undefined
    masks.push(...made)
  }
  return masks
}

export interface Span {
  readonly start: number
  readonly end: number
  readonly kind: string
}

export interface Argument {
  readonly where: string
  readonly text: string
  /** What is masked, and so must not be found in what is left. */
  readonly kinds: ReadonlySet<string>
  readonly demands: StringDemands
}

/** In order, those that touch or overlap as one. */
export function spansOf(findings: readonly Finding[]): readonly Span[] {
  const spans: Span[] = []
  for (const { span, kind } of [...findings].sort((left, right) => left.span[0] - right.span[0])) {
    const last = spans.at(-1)
    if (last === undefined || span[0] > last.end) spans.push({ start: span[0], end: span[1], kind })
    else if (span[1] > last.end) spans[spans.length - 1] = { ...last, end: span[1] }
  }
  return spans
}

/** Ways to write a mask, the most telling first: words, words of an address, as many stars, a number. */
const LABEL = ({ kind }: Span): string => `[${kind.slice(kind.indexOf('.') + 1)} removed]`
const STYLES: readonly ((span: Span) => string)[] = [
  LABEL,
  ({ kind }) => `${kind.slice(kind.indexOf('.') + 1)}-removed`,
  ({ start, end }) => '*'.repeat(end - start),
  () => '***',
]
/** What stands for a number in JSON, which words cannot. */
const NUMBER_STYLE = (): string => '0'
/** In an address brackets and stars have a meaning of their own. */
const ADDRESS_STYLES = STYLES.slice(1, 2)

/** Masks over spans of one argument; undefined when what is left would not be what the argument has to be. */
export function masksIn(argument: Argument, spans: readonly Span[]): readonly Mask[] | undefined {
  const { where, text, demands } = argument
  if (demands.fixed || spans.some(({ end }) => end > text.length)) return undefined
  // A mask made of letters would hide what is glued to it.
  if (
    isLeft(
      argument,
      maskedText(
        text,
        spans.map((span) => ({ span: [span.start, span.end], mask: LABEL(span) })),
      ),
    )
  )
    return undefined
  const numbers = spans.every(({ start, end }) => /^-?[\d.]+$/.test(text.slice(start, end)))
  for (const style of demands.address ? ADDRESS_STYLES : numbers ? [...STYLES, NUMBER_STYLE] : STYLES) {
    const masks = spans.map((span): Mask => ({ kind: 'redact', arg: where, span: [span.start, span.end], mask: style(span) }))
    if (holds(argument, maskedText(text, masks))) return masks
  }
  return undefined
}

/** A text with every secret in it masked: for what is kept or shown. JSON stays JSON. */
export function withoutSecrets(text: string): string {
  const findings = findingsIn({ kind: 'text', where: '', text }, OF_SECRETS).filter(isSecret)
  if (findings.length === 0) return text
  const spans = spansOf(findings)
  return maskedText(
    text,
    spans.map((span) => ({ span: [span.start, span.end], mask: LABEL(span) })),
  )
}

function isSecret({ kind, score }: Finding): boolean {
  return kind.startsWith('secret.') && score >= TOLD
}

/** The text with the masks in it; they are in order and do not overlap. */
export function maskedText(text: string, masks: readonly Pick<Mask, 'span' | 'mask'>[]): string {
  let [masked, at] = ['', 0]
  for (const { span, mask } of masks) {
    masked += text.slice(at, span[0]) + mask
    at = span[1]
  }
  return masked + text.slice(at)
}

function holds(argument: Argument, masked: string): boolean {
  const { text, demands } = argument
  const length = lengthOf(masked)
  if (length > demands.maxLength || length < demands.minLength) return false
  if (demands.address && !isAddress(masked)) return false
  if (isJson(text) && !isJson(masked)) return false
  return !isLeft(argument, masked)
}

/** Something of what is masked, or a secret, is still found. */
function isLeft({ where, kinds }: Argument, masked: string): boolean {
  return findingsIn({ kind: 'text', where, text: masked }, OF_LEAKS).some(
    (finding) => isSecret(finding) || (finding.score >= TOLD && kinds.has(finding.kind)),
  )
}

/** Schemas count characters, not code units. */
function lengthOf(text: string): number {
  let pairs = 0
  for (let at = 0; at < text.length; at += 1) {
    if ((text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00) pairs += 1
  }
  return text.length - pairs
}

function isAddress(text: string): boolean {
  return /^(?:[A-Za-z][A-Za-z0-9+.-]{0,40}:)?[^\s<>"{}|\\^`]*$/.test(text)
}

/** An object or a list, written out. */
function isJson(text: string): boolean {
  if (!/^\s{0,100}[{[]/.test(text)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

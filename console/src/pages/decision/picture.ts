import type { Derivation, Effect, Source } from '@assize/kernel'
import type { Verdict } from '../../api/types.ts'
import { VERDICTS } from '../../design/verdict.tsx'
import type { DecisionRecord } from './record.ts'

/** The provenance picture as data: sources on the left, the arguments they became, what those arguments do on the right. */

export interface Excerpt {
  readonly before: string
  readonly marked: string
  readonly after: string
}

export interface SourceNode {
  readonly id: string
  readonly kind: 'source'
  readonly source: Source
  readonly excerpts: readonly Excerpt[]
}

/** Stands where a source would: nothing the session read holds the value. */
export interface InventedNode {
  readonly id: string
  readonly kind: 'invented'
}

export interface ArgumentNode {
  readonly id: string
  readonly kind: 'argument'
  readonly derivation: Derivation
}

export interface EffectNode {
  readonly id: string
  readonly kind: 'effect'
  readonly effect: Effect
  /** The strictest verdict a policy gave on it; `allow` when none spoke. */
  readonly verdict: Verdict
}

export type PictureNode = SourceNode | InventedNode | ArgumentNode | EffectNode

export interface PictureEdge {
  readonly id: string
  readonly from: string
  readonly to: string
  /** How the value changed on its way; empty for verbatim. */
  readonly via: string
  /** Part of a path from untrusted text to an effect that was not simply allowed. */
  readonly guilty: boolean
}

export interface Picture {
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
  /** Arguments left out because no effect uses them and no source explains them. */
  readonly quiet: number
}

const MOST_EXCERPTS = 3
const MOST_ARGUMENTS = 24
const MOST_SOURCES_EACH = 4
const MOST_SOURCES = 16
const MOST_COMPARED = 256
const LEAST_RUN = 6

export function pictureOf(decision: DecisionRecord['decision']): Picture {
  const effects = decision.effects.map(
    (effect, at): EffectNode => ({ id: `effect:${at}`, kind: 'effect', effect, verdict: verdictOn(effect, decision.reasons) }),
  )
  const shown = worthShowing(decision.derivations, effects)
  const sources = new Map<string, SourceNode>()
  const edges: PictureEdge[] = []
  for (const derivation of shown) {
    const reached = effects.filter((node) => uses(node.effect, derivation.arg))
    const guilty = derivation.integrity === 'untrusted' && reached.some((node) => node.verdict !== 'allow')
    edges.push(...edgesInto(derivation, guilty, sources))
    edges.push(...reached.map((node) => edge(argumentId(derivation), node.id, { via: '', guilty: guilty && node.verdict !== 'allow' })))
  }
  const invented: readonly InventedNode[] = edges.some((one) => one.from === INVENTED) ? [{ id: INVENTED, kind: 'invented' }] : []
  const args = shown.map((derivation): ArgumentNode => ({ id: argumentId(derivation), kind: 'argument', derivation }))
  return {
    nodes: [...sources.values(), ...invented, ...args, ...effects],
    edges: uniqueEdges(edges),
    quiet: decision.derivations.length - shown.length,
  }
}

/** The untrusted texts on a path to an effect that was not simply allowed. */
export function taintedSources(decision: DecisionRecord['decision']): readonly Source[] {
  const { nodes, edges } = pictureOf(decision)
  return nodes.flatMap((node) => (node.kind === 'source' && edges.some((one) => one.from === node.id && one.guilty) ? [node.source] : []))
}

/** The arguments that came from somewhere or do something, weightiest first, each once. */
function worthShowing(derivations: readonly Derivation[], effects: readonly EffectNode[]): readonly Derivation[] {
  const once = new Map(derivations.map((derivation) => [derivation.arg, derivation]))
  return [...once.values()]
    .filter((one) => one.sources.length > 0 || effects.some((node) => uses(node.effect, one.arg)))
    .toSorted((left, right) => weight(right, effects) - weight(left, effects))
    .slice(0, MOST_ARGUMENTS)
}

function uniqueEdges(edges: readonly PictureEdge[]): readonly PictureEdge[] {
  return [...new Map(edges.map((one) => [one.id, one])).values()]
}

const INVENTED = 'invented'

function edgesInto(derivation: Derivation, guilty: boolean, sources: Map<string, SourceNode>): PictureEdge[] {
  const to = argumentId(derivation)
  if (derivation.sources.length === 0) return [edge(INVENTED, to, { via: '', guilty: false })]
  return derivation.sources.slice(0, MOST_SOURCES_EACH).flatMap((match) => {
    const id = `source:${match.source.id}`
    if (!sources.has(id) && sources.size >= MOST_SOURCES) return []
    const known = sources.get(id)
    const excerpts = [...(known?.excerpts ?? []), locate(match.excerpt, derivation.value, match.span)]
    sources.set(id, { id, kind: 'source', source: match.source, excerpts: distinct(excerpts).slice(0, MOST_EXCERPTS) })
    return [edge(id, to, { via: match.via, guilty: guilty && match.source.integrity === 'untrusted' })]
  })
}

/**
 * Splits an excerpt at what it shares with the value: all of it, or the longest run of it. A value that was re-encoded shares
 * nothing; then its length in the source tells how much to mark.
 */
export function locate(excerpt: string, value: string, span: readonly [number, number]): Excerpt {
  const length = span[1] - span[0]
  const [at, run] = longestShared(excerpt.slice(0, MOST_COMPARED).toLowerCase(), value.slice(0, MOST_COMPARED).toLowerCase())
  if (run > 0 && (run === value.length || run >= Math.max(LEAST_RUN, length / 2))) return trimmed(excerpt, at, at + run)
  if (length <= 0 || length >= excerpt.length) return cut(excerpt, 0, excerpt.length)
  // The surroundings stand on both sides in equal measure, unless the source begins sooner.
  const start = Math.min(span[0], Math.floor((excerpt.length - length) / 2))
  return cut(excerpt, start, start + length)
}

/** Where the longest run of characters that both texts hold starts in the first, and how long it is. */
function longestShared(text: string, other: string): readonly [number, number] {
  let best: readonly [number, number] = [0, 0]
  let before = new Uint16Array(other.length + 1)
  for (let at = 1; at <= text.length; at += 1) {
    const here = new Uint16Array(other.length + 1)
    for (let column = 1; column <= other.length; column += 1) {
      if (text[at - 1] !== other[column - 1]) continue
      const run = (before[column - 1] ?? 0) + 1
      here[column] = run
      if (run > best[1]) best = [at - run, run]
    }
    before = here
  }
  return best
}

/** Leaves blanks at the edges of the marked stretch unmarked. */
function trimmed(text: string, start: number, end: number): Excerpt {
  const marked = text.slice(start, end)
  const lead = marked.length - marked.trimStart().length
  return lead === marked.length ? cut(text, start, end) : cut(text, start + lead, end - (marked.length - marked.trimEnd().length))
}

function cut(text: string, start: number, end: number): Excerpt {
  return { before: text.slice(0, start), marked: text.slice(start, end), after: text.slice(end) }
}

function distinct(excerpts: readonly Excerpt[]): readonly Excerpt[] {
  return excerpts.filter((one, at) => excerpts.findIndex((other) => other.marked === one.marked && other.before === one.before) === at)
}

function verdictOn(effect: Effect, reasons: DecisionRecord['decision']['reasons']): Verdict {
  const spoken = reasons
    .filter((reason) => reason.effect.class === effect.class && reason.effect.target === effect.target)
    .map((reason) => reason.verdict)
  return VERDICTS.find((verdict) => spoken.includes(verdict)) ?? 'allow'
}

/** An effect uses an argument when it names it, or something inside or around it. */
function uses(effect: Effect, pointer: string): boolean {
  return effect.arguments.some((one) => one === pointer || one === '' || pointer.startsWith(`${one}/`) || one.startsWith(`${pointer}/`))
}

function weight(derivation: Derivation, effects: readonly EffectNode[]): number {
  const used = effects.filter((node) => uses(node.effect, derivation.arg))
  return (
    (used.some((node) => node.verdict !== 'allow') ? 4 : 0) + (used.length > 0 ? 2 : 0) + (derivation.integrity === 'untrusted' ? 1 : 0)
  )
}

function argumentId(derivation: Derivation): string {
  return `argument:${derivation.arg}`
}

function edge(from: string, to: string, more: Pick<PictureEdge, 'via' | 'guilty'>): PictureEdge {
  return { id: `${from}→${to}`, from, to, ...more }
}

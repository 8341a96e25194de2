import type { Derivation, Effect, Source } from '@assize/kernel'
import type { Verdict } from '../../api/types.ts'
import { VERDICTS } from '../../design/verdict.tsx'
import { type Excerpt, locate } from './excerpt.ts'
import type { DecisionRecord } from './record.ts'

/** The provenance picture as data: sources on the left, the arguments they became, what those arguments do on the right. */

export interface Quote extends Excerpt {
  /** It tells somebody to do something. */
  readonly orders: boolean
}

export interface SourceNode {
  readonly id: string
  readonly kind: 'source'
  readonly source: Source
  readonly excerpts: readonly Quote[]
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

export function pictureOf(decision: DecisionRecord['decision']): Picture {
  const effects = decision.effects.map(
    (effect, at): EffectNode => ({ id: `effect:${at}`, kind: 'effect', effect, verdict: verdictOn(effect, decision.reasons) }),
  )
  const shown = worthShowing(decision.derivations, effects)
  const sources = new Map<string, SourceNode>()
  const edges: PictureEdge[] = []
  for (const derivation of shown) {
    const reached = effectsOf(derivation, shown, effects)
    const guilty = derivation.integrity === 'untrusted' && reached.some((node) => node.verdict !== 'allow')
    edges.push(...edgesInto(derivation, guilty, sources))
    edges.push(...reached.map((node) => edge(argumentId(derivation), node.id, { via: '', guilty: guilty && node.verdict !== 'allow' })))
  }
  const invented: readonly InventedNode[] = edges.some((one) => one.from === INVENTED) ? [{ id: INVENTED, kind: 'invented' }] : []
  const args = shown.map((derivation): ArgumentNode => ({ id: argumentId(derivation), kind: 'argument', derivation }))
  return {
    nodes: [...sources.values(), ...invented, ...args, ...effects],
    edges: uniqueEdges(edges),
    quiet: new Set(decision.derivations.map((one) => one.arg)).size - new Set(shown.map((one) => one.arg)).size,
  }
}

/** The untrusted texts on a path to an effect that was not simply allowed. */
export function taintedSources(decision: DecisionRecord['decision']): readonly Source[] {
  const { nodes, edges } = pictureOf(decision)
  return nodes.flatMap((node) => (node.kind === 'source' && edges.some((one) => one.from === node.id && one.guilty) ? [node.source] : []))
}

/** What came from somewhere or does something, weightiest first. An argument whose parts are known is shown by its parts. */
function worthShowing(derivations: readonly Derivation[], effects: readonly EffectNode[]): readonly Derivation[] {
  const once = [...new Map(derivations.map((derivation) => [argumentId(derivation), derivation])).values()]
  return once
    .filter((one) => !isWhole(one, once))
    .filter((one) => one.sources.length > 0 || effects.some((node) => uses(node.effect, one.arg)))
    .toSorted((left, right) => weight(right, effects) - weight(left, effects))
    .slice(0, MOST_ARGUMENTS)
}

function isWhole(one: Derivation, all: readonly Derivation[]): boolean {
  const parts = all.filter((other) => other !== one && other.arg === one.arg)
  return parts.length > 0 && parts.every((part) => part.value.length < one.value.length && one.value.includes(part.value))
}

/** The effects that use a value. Where an argument has several parts, an effect uses the parts its target is made of. */
function effectsOf(derivation: Derivation, shown: readonly Derivation[], effects: readonly EffectNode[]): readonly EffectNode[] {
  const parts = shown.filter((one) => one.arg === derivation.arg)
  return effects.filter(({ effect }) => {
    if (!uses(effect, derivation.arg)) return false
    return isAkin(derivation.value, effect.target) || !parts.some((part) => isAkin(part.value, effect.target))
  })
}

/** Whether a target was made from this value: `../a/b` became `/home/ada/a/b`. */
function isAkin(value: string, target: string): boolean {
  const plain = value.replace(/^(?:~?\/|\.{1,2}\/)+/, '')
  return plain !== '' && (target.includes(plain) || plain.includes(target))
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
    const excerpts = [
      ...(known?.excerpts ?? []),
      { ...locate(match.excerpt, derivation.value, match.span), orders: match.setting === 'instruction' },
    ]
    sources.set(id, { id, kind: 'source', source: match.source, excerpts: distinct(excerpts).slice(0, MOST_EXCERPTS) })
    return [edge(id, to, { via: match.via, guilty: guilty && match.source.integrity === 'untrusted' })]
  })
}

function distinct(excerpts: readonly Quote[]): readonly Quote[] {
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
  return `argument:${derivation.arg} ${derivation.value}`
}

function edge(from: string, to: string, more: Pick<PictureEdge, 'via' | 'guilty'>): PictureEdge {
  return { id: `${from}→${to}`, from, to, ...more }
}

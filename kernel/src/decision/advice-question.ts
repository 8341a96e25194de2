/** What a model is told of a call it is asked about: texts that may be hostile, and what the kernel knows of them as numbers. */
import { EFFECT_CLASSES, isConsequential } from '../effect/effect.ts'
import { leavesOf } from '../event/leaves.ts'
import type { ToolCall } from '../event/event.ts'
import type { Derivation, SourceMatch } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import type { Judged, Situation } from './situation.ts'

export interface AdviceQuestion {
  /** What the person said, the first and the newest of it. */
  readonly request: string
  /** The tool and the values it is called with. */
  readonly call: string
  /** The outside text that the values stand in; empty when there is none. */
  readonly passage: string
  /** Channel and tool that the passage came through. */
  readonly source: string
  /** By name; 0 to 1 each. A name that is absent stands for 0. */
  readonly facts: Readonly<Record<string, number>>
}

/** Characters shown of each. */
const [REQUEST, CALL, VALUE, PASSAGE] = [2400, 1600, 400, 1200]
/** Prompts of which something is shown. */
const PROMPTS = 4
const VALUES = 32
const EXCERPTS = 4

export function adviceQuestion(
  situation: Situation,
  { judged, derivations }: { readonly judged: readonly Judged[]; readonly derivations: readonly Derivation[] },
): AdviceQuestion {
  const outside = outsideMatches(judged, derivations)
  const [first] = outside
  return {
    request: requestOf(situation.session.evidence),
    call: callText(situation.call),
    passage: [...new Set(outside.map(({ excerpt }) => excerpt.trim()))].slice(0, EXCERPTS).join('\n').slice(0, PASSAGE),
    source: first === undefined ? '' : [first.source.channel, first.source.tool].filter(Boolean).join(' '),
    facts: factsOf(situation, judged, outside),
  }
}

/** The first prompt and the newest, each shortened to its part of the room. */
function requestOf({ said }: Evidence): string {
  const prompts: string[] = []
  let newest = ''
  for (const { segment, views } of said) {
    for (let index = 0; index < views; index += 1) {
      const view = segment.views[index]
      if (view === undefined || view.source.channel !== 'user' || view.via !== 'verbatim' || view.piece !== undefined) continue
      if (prompts.length < PROMPTS - 1) prompts.push(view.text)
      else newest = view.text
    }
  }
  const shown = newest === '' ? prompts : [...prompts, newest]
  return shown.map((text) => text.slice(0, Math.floor(REQUEST / shown.length))).join('\n')
}

function callText({ tool, server, args }: ToolCall): string {
  const parts = [server === undefined ? tool : `${server} ${tool}`]
  for (const leaf of leavesOf(args).leaves.slice(0, VALUES)) parts.push(`${leaf.pointer.slice(1)}: ${leaf.text.slice(0, VALUE)}`)
  return parts.join('\n').slice(0, CALL)
}

/** Where values of the call stand in outside text, those that its consequential effects are aimed at first. */
function outsideMatches(judged: readonly Judged[], derivations: readonly Derivation[]): readonly SourceMatch[] {
  const aimed = new Set(judged.filter(({ traced }) => isConsequential(traced.effect)).flatMap(({ traced }) => traced.effect.arguments))
  const untrusted = derivations.filter(({ integrity }) => integrity === 'untrusted')
  const ordered = [...untrusted.filter(({ arg }) => aimed.has(arg)), ...untrusted.filter(({ arg }) => !aimed.has(arg))]
  return ordered.flatMap(({ sources }) => sources.filter(({ source }) => source.integrity === 'untrusted').slice(0, 2))
}

function factsOf({ session, course }: Situation, judged: readonly Judged[], outside: readonly SourceMatch[]): AdviceQuestion['facts'] {
  const consequential = judged.filter(({ traced }) => isConsequential(traced.effect)).map(({ context }) => context)
  const part = (holds: (context: Judged['context']) => boolean): number =>
    consequential.length === 0 ? 0 : consequential.filter(holds).length / consequential.length
  const share = (holds: (match: SourceMatch) => boolean): number =>
    outside.length === 0 ? 0 : outside.filter(holds).length / outside.length
  const classes = new Set(judged.map(({ traced }) => traced.effect.class))
  return {
    ...Object.fromEntries(EFFECT_CLASSES.filter((name) => classes.has(name)).map((name) => [name, 1])),
    requested: part((context) => context.requestedByUser),
    named: part((context) => context.targetNamedByUser),
    chosen: part((context) => context.targetFromUntrusted),
    vouched: part((context) => context.targetVouched),
    payload: part((context) => context.payloadFromUntrusted),
    obeyed: part((context) => context.obeyedRequest),
    inside: part((context) => context.insideWorkspace),
    unknown: part((context) => context.integrity === 'unknown'),
    delegates: session.wishes.delegates ? 1 : 0,
    outside: outside.length === 0 ? 0 : 1,
    instruction: share(({ setting }) => setting === 'instruction'),
    field: share(({ setting }) => setting === 'field'),
    pointed: share(({ source }) => source.namedByUser === true),
    repeated: course.repeats > 1 ? 1 : 0,
  }
}

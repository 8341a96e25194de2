import type { Decision, DecisionEntry, JsonObject, Obligation } from '@assize/kernel'
import { maskedArguments } from './mask.ts'
import { closedSentence } from './wording.ts'

/** What becomes of a result. */
export interface ResultActed {
  readonly action: 'release' | 'withhold'
  readonly edits: readonly { readonly pointer: string; readonly value: string }[]
  readonly text: string
  readonly outcome: { readonly outcome: string; readonly detail: JsonObject }
}

/** Carries out what was decided about a result. What cannot be masked as described is kept back. */
export function actOnResult(result: JsonObject, { id, decision, entry }: JudgedResult): ResultActed {
  const released = { outcome: 'released', detail: { masked: decision.obligations.length } }
  if (decision.verdict === 'allow') return { action: 'release', edits: [], text: '', outcome: released }
  const masks = decision.obligations.filter((one): one is Extract<Obligation, { kind: 'redact' }> => one.kind === 'redact')
  const edits = decision.verdict === 'redact' ? maskedArguments(result, masks) : undefined
  if (edits !== undefined) return { action: 'release', edits, text: decision.summary, outcome: released }
  const remedy = entry().decision.reasons.find((reason) => reason.remedy !== undefined)?.remedy ?? ''
  const text = ['Assize kept this result from you.', closedSentence(decision.summary), remedy, `Decision ${id}.`].filter(
    (part) => part !== '',
  )
  return { action: 'withhold', edits: [], text: text.join(' '), outcome: { outcome: 'blocked', detail: {} } }
}

interface JudgedResult {
  readonly id: string
  readonly decision: Decision
  readonly entry: () => DecisionEntry
}

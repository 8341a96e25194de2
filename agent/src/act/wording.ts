import type { DecisionEntry } from '@assize/kernel'
import type { Approval } from './approval-desk.ts'

/** What the model and the person read when a call did not run: why, what to do, and how to learn more. */
export function blockText(entry: DecisionEntry, more: string): string {
  const { summary, reasons, counterfactual } = entry.decision
  const remedy = reasons.find((reason) => reason.remedy !== undefined)?.remedy
  const parts = [
    `Blocked by Assize: ${lowerFirst(summary.replace(/^Blocked: /, ''))}`,
    more,
    counterfactual?.text ?? remedy ?? '',
    `Decision ${entry.id}; \`assize explain ${entry.id}\` tells everything.`,
  ]
  return parts
    .filter((part) => part !== '')
    .map(closedSentence)
    .join(' ')
}

export function pendingText(approval: Approval): string {
  return `Waiting for a person: ${approval.question} Answer with \`assize approve ${approval.id}\` or \`assize deny ${approval.id}\`.`
}

function lowerFirst(sentence: string): string {
  return /^[A-Z][a-z ]/.test(sentence) ? sentence.charAt(0).toLowerCase() + sentence.slice(1) : sentence
}

export function closedSentence(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`
}

/** Whether a message tells somebody whom the person did not name the number of an account or a card that they did not say either. */
import { leavesWithin } from '../effect/effects-of.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import { isSaidByUser } from '../intent/slots.ts'
import type { Traced } from '../provenance/provenance.ts'
import type { Situation } from './situation.ts'

const NUMBERS: ReadonlySet<string> = new Set(['pii.payment-card', 'pii.bank-account', 'pii.national-number', 'pii.travel-document'])

export function tellsAccount(traced: TracedEffect, targets: readonly Traced[], situation: Situation): boolean {
  if (traced.effect.class !== 'message.send' || (targets.length > 0 && targets.every(({ named }) => named))) return false
  const told = situation.findings.filter(({ kind, where }) => NUMBERS.has(kind) && where.startsWith('/'))
  if (told.length === 0 || situation.session.wishes.delegates) return false
  const leaves = leavesWithin(situation.reading)
  const aims = new Set(traced.effect.arguments)
  return told.some(({ where, span }) => {
    const text = leaves.find(({ pointer }) => pointer === where)?.text
    if (text === undefined || aims.has(where)) return false
    return !isSaidByUser(text.slice(...span), situation.session.evidence)
  })
}

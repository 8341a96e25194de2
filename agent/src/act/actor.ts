import type { Decision, DecisionEntry, Grant, JsonObject, Obligation, ToolCall } from '@assize/kernel'
import type { Abandoned, Approval, ApprovalDesk } from './approval-desk.ts'
import { grantsOf } from './grants.ts'
import { maskedArguments } from './mask.ts'
import { blockText, pendingText } from './wording.ts'

/** A decision on its way to becoming a fact. */
export interface Judgement {
  readonly id: string
  readonly decision: Decision
  readonly entry: () => DecisionEntry
  /** The call as it came; the entry's is folded for the record. */
  readonly call: ToolCall
  readonly asks: 'held' | 'host' | 'later' | 'nobody'
}

/** What is to happen, and what is to be recorded about it. */
export interface Acted {
  readonly action: 'release' | 'block' | 'ask-host'
  readonly edits: readonly { readonly pointer: string; readonly value: string }[]
  readonly text: string
  /** To be put into the journal; nothing for a plain release, which reports when it is done. */
  readonly outcome: { readonly outcome: string; readonly detail: JsonObject } | undefined
  /** To be remembered by the session. */
  readonly grants: readonly Grant[]
}

export interface ActorOptions {
  readonly desk: ApprovalDesk
  /** Milliseconds a held call waits for a person. */
  readonly wait: () => number
  readonly newId: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
}

export interface Signs {
  readonly asked: (question: { readonly ticket: string; readonly text: string; readonly until: number }) => void
  readonly abandoned: Abandoned
}

export type Actor = (judgement: Judgement, signs: Signs) => Acted | Promise<Acted>

/** Carries a decision out. A plain allow is answered at once, without a turn of the event loop. */
export function createActor(options: ActorOptions): Actor {
  return (judgement, signs) => {
    const { decision, id } = judgement
    switch (decision.verdict) {
      case 'allow':
      case 'redact':
        return release(judgement, undefined)
      case 'deny':
      case 'quarantine':
        return {
          action: 'block',
          edits: [],
          text: blockText(judgement.entry(), ''),
          outcome: { outcome: 'blocked', detail: {} },
          grants: [],
        }
      case 'ask':
        if (judgement.asks === 'held') return askHeld(options, judgement, signs)
        if (judgement.asks === 'later') return askBeside(options, judgement)
        if (judgement.asks === 'nobody') return { action: 'ask-host', edits: [], text: decision.summary, outcome: undefined, grants: [] }
        return { action: 'ask-host', edits: [], text: `Assize asks: ${decision.summary} (decision ${id})`, outcome: undefined, grants: [] }
    }
  }
}

async function askHeld(options: ActorOptions, judgement: Judgement, signs: Signs): Promise<Acted> {
  const entry = judgement.entry()
  const asked = options.desk.ask(entry, options.wait(), signs.abandoned)
  if (asked === undefined) return fallback(judgement, undefined)
  const { approval, resolved } = asked
  signs.asked({ ticket: approval.id, text: pendingText(approval), until: approval.expiresAt })
  const answer = await resolved
  if (answer.state === 'expired') return fallback(judgement, answer)
  const detail = { approval: answer.id, by: answer.answeredBy ?? '', scope: answer.scope ?? 'once' }
  if (answer.state === 'denied')
    return {
      action: 'block',
      edits: [],
      text: blockText(entry, `${answer.answeredBy ?? 'A person'} said no.`),
      outcome: { outcome: 'denied', detail },
      grants: [],
    }
  const scope = answer.scope ?? 'once'
  const grants =
    scope === 'once'
      ? []
      : grantsOf(
          entry.decision,
          { scope, by: answer.answeredBy ?? '', late: false, ...(answer.forMs === undefined ? {} : { forMs: answer.forMs }) },
          { newId: options.newId, now: options.now() },
        )
  return { ...release(judgement, answer), outcome: { outcome: 'approved', detail }, grants }
}

/** The call does not wait: it is refused with the number of the question, and a yes counts for the next attempt. */
function askBeside({ desk }: ActorOptions, judgement: Judgement): Acted {
  const entry = judgement.entry()
  const approval = desk.askBeside(entry)
  const how =
    approval === undefined
      ? 'Too many questions are open already.'
      : `A person has to say yes with \`assize approve ${approval.id}\`; then try the same call again.`
  const detail: JsonObject = approval === undefined ? {} : { approval: approval.id }
  return { action: 'block', edits: [], text: blockText(entry, how), outcome: { outcome: 'blocked', detail }, grants: [] }
}

/** Nobody answered in time. */
function fallback(judgement: Judgement, approval: Approval | undefined): Acted {
  const entry = judgement.entry()
  const detail: JsonObject = { fallback: entry.decision.fallback, ...(approval === undefined ? {} : { approval: approval.id }) }
  const outcome = { outcome: 'expired', detail }
  if (entry.decision.fallback === 'allow') return { ...release(judgement, approval), outcome }
  const how =
    approval === undefined
      ? 'Too many questions are open already.'
      : `Nobody answered in time. A person can still say yes with \`assize approve ${approval.id}\`; then try again.`
  return { action: 'block', edits: [], text: blockText(entry, how), outcome, grants: [] }
}

function release(judgement: Judgement, approval: Approval | undefined): Acted {
  const { call, decision } = judgement
  const masks = decision.obligations.filter(
    (obligation): obligation is Extract<Obligation, { kind: 'redact' }> => obligation.kind === 'redact',
  )
  if (masks.length === 0)
    return { action: 'release', edits: [], text: approval === undefined ? '' : decision.summary, outcome: undefined, grants: [] }
  const edits = maskedArguments(call.args, masks)
  // What had to be masked cannot be found: the call must not go out as it is.
  if (edits === undefined)
    return {
      action: 'block',
      edits: [],
      text: blockText(judgement.entry(), 'What had to be masked could not be masked.'),
      outcome: { outcome: 'blocked', detail: { reason: 'mask' } },
      grants: [],
    }
  return { action: 'release', edits, text: decision.summary, outcome: undefined, grants: [] }
}

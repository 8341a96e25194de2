/** What is put before a model is judged like a call, though nothing runs by it: tools that run elsewhere, texts, and which tools to show. */
import { createSession, type Decision, type Grant, observe, type Session } from '@assize/kernel'
import type { Judged, Reach } from './decide/index.ts'
import type { Stages } from './pipeline.ts'
import type { GateHost, Offer, OfferRuling } from './sense/index.ts'

export type Offers = Pick<GateHost, 'consider' | 'outOfReach'>

const NOBODY = { asked: () => undefined, abandoned: new AbortController().signal }

export function createOffers({ identify, decide, act, record, memory, reach }: Omit<Stages, 'advice'> & { readonly reach: Reach }): Offers {
  /** An application's place in the answers that are kept is its principal, which stays the same object for a session. */
  const judgedFor = (offer: Offer): { readonly judged: Judged; readonly call: Offer['call'] } => {
    const { session, principal, call } = identify.call(offer, offer.call, [])
    const state = memory.recall(session, principal)
    return { call, judged: decide({ session: offer.apart === true ? apart(state.grants) : state, principal, call, gate: offer.gate }) }
  }
  return {
    async consider(offer) {
      const { judged, call } = judgedFor(offer)
      const { id, decision, entry } = judged
      const said = sayingOf(decision)
      const known = said === offer.before
      if (!known) await record.now(entry()).durable
      const acted = await act({ id, decision, entry, call, asks: 'later' }, NOBODY)
      const action = acted.action === 'release' ? 'release' : 'block'
      const outcome = acted.outcome ?? { outcome: 'released', detail: {} }
      if (!known) record.soon(() => ({ kind: 'outcome', decision: id, ...outcome }))
      return { action, edits: acted.edits, text: acted.text, said }
    },
    outOfReach(whence, tools, state) {
      if (tools.length === 0) return []
      const call = { type: 'tool.call', callId: '', tool: '', args: {} } as const
      const { session, principal } = identify.call(whence, call, [])
      const found = reach({ session: memory.recall(session, principal), principal, tools, gate: whence.gate, state })
      return found.map(([tool, { policy, title }]) => ({ tool, policy, title }))
    },
  }
}

/** A session that has read nothing, with the permissions of another. */
function apart(grants: readonly Grant[]): Session {
  return grants.reduce((session, grant) => observe(session, { type: 'grant', grant }), createSession())
}

function sayingOf({ verdict, reasons }: Decision): OfferRuling['said'] {
  return [verdict, ...reasons.map(({ policy }) => policy)].join(' ')
}

/** The sentence: sense, normalise, decide, act, record, ship. Every tool call goes through here, and nowhere else. */
import type { EntryBody, Event, Session } from '@assize/kernel'
import type { Actor } from './act/index.ts'
import type { Judge } from './decide/index.ts'
import type { Identifier, LogicalSession } from './normalise/index.ts'
import type { Appended } from './record/index.ts'
import type { Interception, Observation, Question, Ruling } from './sense/index.ts'

export interface Stages {
  readonly identify: Identifier
  readonly decide: Judge
  readonly act: Actor
  /** Shipping follows the journal by itself. */
  readonly record: (body: EntryBody) => Appended
  readonly memory: Memory
}

/** What sessions remember. */
export interface Memory {
  recall(session: LogicalSession): Session
  remember(session: LogicalSession, event: Event): void
}

export interface Pipeline {
  judge(interception: Interception, asked: (question: Question) => void, abandoned: AbortSignal): Promise<Ruling>
  observe(observation: Observation): void
}

export function createPipeline({ identify, decide, act, record, memory }: Stages): Pipeline {
  return {
    async judge(interception, asked, abandoned) {
      const { session, principal, call } = identify.call(interception, interception.call, interception.chain)
      const { entry } = decide({ session: memory.recall(session), principal, call, gate: interception.gate })
      const recorded = record(entry)
      // INVARIANT: a consequential call is released only after its decision is on disk. Reads do not wait.
      if (entry.decision.consequential) await recorded.durable
      const acted = await act({ entry, call, asks: interception.asks }, { asked, abandoned })
      if (acted.outcome !== undefined) record({ kind: 'outcome', decision: entry.id, ...acted.outcome })
      for (const grant of acted.grants) memory.remember(session, { type: 'grant', grant })
      // What did not run is not part of the conversation.
      if (acted.action !== 'block') memory.remember(session, call)
      return { decision: entry.id, action: acted.action, edits: acted.edits, text: acted.text }
    },
    observe(observation) {
      for (const session of identify.reached(observation)) memory.remember(session, observation.event)
    },
  }
}

/** The sentence: sense, normalise, decide, act, record, ship. Every tool call goes through here, and nowhere else. */
import type { Advice as Said, Decision, EntryBody, Event, Finding, Open, Principal, Refused, Session, ToolCall } from '@assize/kernel'
import { type Acted, type Actor, actOnResult } from './act/index.ts'
import type { Judge, Judged, ResultJudge } from './decide/index.ts'
import type { Identifier, LogicalSession, Parent } from './normalise/index.ts'
import type { Appended } from './record/index.ts'
import type { Abandoned, Interception, Observation, Question, ResultReading, ResultRuling, Ruling } from './sense/index.ts'

export interface Stages {
  readonly identify: Identifier
  readonly decide: Judge
  readonly decideResult: ResultJudge
  readonly act: Actor
  /** Shipping follows the journal by itself. */
  readonly record: Recorder
  readonly memory: Memory
  readonly advice: Advice
}

/** The way into the journal. Entries keep the order in which they were given. */
export interface Recorder {
  now(body: EntryBody): Appended
  /** A moment later, behind the answer: for what nobody waits for. */
  soon(make: () => EntryBody): void
}

/** What sessions remember. */
export interface Memory {
  recall(session: LogicalSession, principal: Principal): Session
  remember(session: LogicalSession, event: Event): void
  /** Takes over what those have read that the session works for, as far as it is not there yet. */
  inherit(session: LogicalSession, parents: readonly Parent[]): void
}

/** What models make of the texts that came in. */
export interface Advice {
  /** The newest text of the session. Returns at once. */
  hear(session: LogicalSession, event: Event): void
  findings(session: LogicalSession, call: ToolCall): readonly Finding[]
  /** Settles when what was heard is understood or the time for it is over; nothing when there is nothing to wait for. */
  pending(session: LogicalSession): Promise<void> | undefined
  /** What models say of a call that rules leave open; nothing when none is waited for. */
  ask(open: Open): Promise<readonly Said[]> | undefined
}

export interface Pipeline {
  /** At once where nothing has to be waited for: a turn of the event loop is a fair part of what a harmless call costs. */
  judge(interception: Interception, asked: (question: Question) => void, abandoned: Abandoned): Ruling | Promise<Ruling>
  observe(observation: Observation): void
  /** At once; nothing when the result goes on as it came and there is nothing to record about it. */
  judgeResult(reading: ResultReading): ResultRuling | undefined
}

export function createPipeline({ identify, decide, decideResult, act, record, memory, advice }: Stages): Pipeline {
  return {
    judge(interception, asked, abandoned) {
      const { session, principal, call } = identify.call(interception, interception.call, interception.chain)
      const { gate, trace, handsTo: to } = interception
      if (identify.lineage.worksForAnother(session.id)) memory.inherit(session, identify.lineage.parentsOf(session.id))
      if (trace !== undefined) identify.lineage.passed(session.id, trace, { state: memory.recall(session, principal), to })
      const judged = (said?: readonly Said[]): Judged => {
        const question = { session: memory.recall(session, principal), principal, call, gate, findings: advice.findings(session, call) }
        return decide(said === undefined ? question : { ...question, advice: said })
      }
      const proceed = ({ id, decision, entry }: Judged): Ruling | Promise<Ruling> => {
        const carryOut = (): Acted | Promise<Acted> => act({ id, decision, entry, call, asks: interception.asks }, { asked, abandoned })
        const settle = (acted: Acted): Ruling => {
          const { outcome } = acted
          if (outcome !== undefined) record.soon(() => ({ kind: 'outcome', decision: id, ...outcome }))
          for (const grant of acted.grants) memory.remember(session, { type: 'grant', grant })
          // What did not run is not part of the conversation; that it was tried counts for what comes next.
          memory.remember(session, acted.action === 'block' ? refusalOf(call, decision, acted) : call)
          return { decision: id, action: acted.action, edits: acted.edits, text: acted.text, followed: decision.consequential }
        }
        // INVARIANT: a consequential call is released only after its decision is on disk. Reads do not wait.
        if (decision.consequential) return record.now(entry()).durable.then(carryOut).then(settle)
        record.soon(entry)
        const acted = carryOut()
        return acted instanceof Promise ? acted.then(settle) : settle(acted)
      }
      const counselled = (one: Judged): Ruling | Promise<Ruling> => {
        const said = one.open === undefined ? undefined : advice.ask(one.open)
        return said === undefined ? proceed(one) : said.then((words) => proceed(judged(words.length === 0 ? undefined : words)))
      }
      const first = judged()
      // Only a call that would run waits for what a model has still to say, and only when it has something to say.
      const pending = first.decision.consequential && runs(first.decision) ? advice.pending(session) : undefined
      return pending === undefined ? counselled(first) : pending.then(() => counselled(judged()))
    },
    observe(observation) {
      for (const session of identify.reached(observation)) {
        const handed = identify.lineage.worksForAnother(session.id)
        // What is handed on is worth no more than what those had read who hand it on.
        if (handed) memory.inherit(session, identify.lineage.parentsOf(session.id))
        const event = handed ? asHandedOn(observation.event, session) : observation.event
        memory.remember(session, event)
        advice.hear(session, event)
      }
    },
    judgeResult(reading) {
      const { session, principal, call } = identify.call(reading, reading.call, reading.chain)
      const { gate, result, schema } = reading
      const question = { session: memory.recall(session, principal), principal, call, result, gate }
      const judged = decideResult(schema === undefined ? question : { ...question, schema })
      if (judged === undefined) return undefined
      const { action, edits, text, outcome } = actOnResult(result, judged)
      record.soon(judged.entry)
      record.soon(() => ({ kind: 'outcome', decision: judged.id, ...outcome }))
      return text === '' ? undefined : { action, edits, text }
    },
  }
}

function runs({ verdict }: Decision): boolean {
  return verdict === 'allow' || verdict === 'redact'
}

/** Who stopped the call. What could not be judged or masked, and what nobody answered, speaks against nobody. */
function refusalOf(call: ToolCall, { reasons }: Decision, { outcome }: Acted): Refused {
  if (outcome?.outcome === 'denied') return { type: 'refused', call, by: 'person' }
  const [reason] = reasons
  const stopped = outcome?.outcome === 'blocked' && (reason?.verdict === 'deny' || reason?.verdict === 'quarantine')
  return stopped ? { type: 'refused', call, by: 'policy', severity: reason.severity } : { type: 'refused', call, by: 'nobody' }
}

/** What is said to one who works for another was written by that other's model, not by a person. */
function asHandedOn(event: Event, { state }: LogicalSession): Event {
  if (event.type !== 'prompt') return event
  const integrity = state.tainted ? 'untrusted' : 'internal'
  return {
    type: 'context',
    channel: 'retrieval',
    text: event.text,
    origin: 'a task that another agent handed on',
    integrity,
    handedOn: true,
  }
}

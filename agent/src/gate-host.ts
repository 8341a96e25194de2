/** What the pipeline lends to gates: a call that cannot be carried through is blocked, never let go. */
import type { Offers } from './offers.ts'
import type { Pipeline, Recorder } from './pipeline.ts'
import type { Whence } from './normalise/index.ts'
import { messageOf } from './platform/errors.ts'
import type { GateHost, Ruling } from './sense/index.ts'

export function gateHost({
  pipeline,
  offers,
  record,
  log,
  ended,
  heldResults,
}: {
  readonly pipeline: Pipeline
  readonly offers: Offers
  readonly record: Recorder
  readonly log: (text: string) => void
  readonly ended: (whence: Whence) => void
  readonly heldResults: GateHost['heldResults']
}): GateHost {
  const failed = (error: unknown): Ruling => {
    log(`a call was blocked because it could not be carried through: ${messageOf(error)}`)
    return { decision: '', action: 'block', edits: [], followed: false, text: `Blocked by Assize: ${messageOf(error)}` }
  }
  return {
    now: Date.now,
    judge(interception, asked, abandoned) {
      try {
        const ruling = pipeline.judge(interception, asked, abandoned)
        return ruling instanceof Promise ? ruling.catch(failed) : ruling
      } catch (error) {
        return failed(error)
      }
    },
    observe: (observation) => pipeline.observe(observation),
    consider: (offer) => offers.consider(offer).catch((error: unknown) => ({ ...failed(error), action: 'block', said: '' })),
    outOfReach: (whence, tools, state) => offers.outOfReach(whence, tools, state),
    judgeResult(reading) {
      try {
        return pipeline.judgeResult(reading)
      } catch (error) {
        log(`a result went on unread because it could not be judged: ${messageOf(error)}`)
        return undefined
      }
    },
    heldResults,
    settled: (decision, outcome, detail) => record.soon(() => ({ kind: 'outcome', decision, outcome, detail })),
    ended: (caller, hostSession) => ended({ gate: caller.gate, caller, hostSession }),
    note: (subject, detail) => record.soon(() => ({ kind: 'observation', subject, detail })),
  }
}

import {
  decideResult,
  type DecisionEntry,
  type Json,
  type JsonObject,
  type Principal,
  type Session,
  sessionDigest,
  type ToolCall,
} from '@assize/kernel'
import type { Judged, JudgeOptions } from './judge.ts'
import { maskDecision } from './mask-decision.ts'

/** Nothing when no policy has anything to say about the result. */
export type ResultJudge = (question: {
  readonly session: Session
  readonly principal: Principal
  /** The call that it answers. */
  readonly call: ToolCall
  readonly result: JsonObject
  readonly schema?: Json
  readonly gate: string
}) => Judged | undefined

/** A result that the kernel fails on goes on: what it says was read before there was a judgement of it as well. */
export function createResultJudge(options: JudgeOptions): ResultJudge {
  return (question) => {
    const { session, principal, call, gate } = question
    const answer = answered(options, question)
    if (answer === undefined) return undefined
    const { decision, timing } = answer
    const id = options.newId()
    // What the call was given is on record with the call, and what came back stays out of the record.
    const named: ToolCall = { ...call, args: {} }
    let made: DecisionEntry | undefined
    const entry = () =>
      (made ??= {
        kind: 'decision',
        id,
        gate,
        principal,
        call: named,
        decision: maskDecision(decision, named),
        timing,
        sessionDigest: sessionDigest(session),
      })
    return { id, decision, entry }
  }
}

function answered(options: JudgeOptions, question: Parameters<ResultJudge>[0]): ReturnType<typeof decideResult> {
  try {
    return decideResult({ ...question, policy: options.policy(), stopwatch: options.stopwatch })
  } catch (error) {
    options.log(
      `the kernel failed on a result of ${question.call.tool.slice(0, 100)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    return undefined
  }
}

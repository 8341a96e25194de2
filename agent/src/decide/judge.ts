import {
  type Advice,
  decide,
  type Decision,
  type DecisionEntry,
  type Finding,
  type Open,
  type Policy,
  type Principal,
  type Session,
  sessionDigest,
  type Timing,
  type ToolCall,
} from '@assize/kernel'
import { foldCall } from './fold-call.ts'
import { maskDecision } from './mask-decision.ts'
import { undecided } from './undecided.ts'

export interface JudgeOptions {
  readonly policy: () => Policy
  readonly newId: () => string
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Monotonic microseconds. */
  readonly stopwatch: () => number
  readonly log: (text: string) => void
}

export interface Judged {
  /** ULID. */
  readonly id: string
  readonly decision: Decision
  /** For the record; made when it is asked for, which for a harmless call is after it was released. */
  readonly entry: () => DecisionEntry
  /** What models could be asked about it before it is final. */
  readonly open?: Open | undefined
}

export type Judge = (question: {
  readonly session: Session
  readonly principal: Principal
  readonly call: ToolCall
  readonly gate: string
  /** Evidence from models. */
  readonly findings?: readonly Finding[]
  /** What models said of this call. */
  readonly advice?: readonly Advice[]
}) => Judged

/** The kernel is total, so a throw is a defect: the call is then blocked, recorded as undecided and logged, never let through. */
export function createJudge(options: JudgeOptions): Judge {
  return (question) => {
    const { session, principal, call, gate } = question
    const { decision, timing, open } = answer(options, question)
    const id = options.newId()
    let made: DecisionEntry | undefined
    const entry = () =>
      (made ??= {
        kind: 'decision',
        id,
        gate,
        principal,
        call: foldCall(call, decision.findings),
        decision: maskDecision(decision, call),
        timing,
        sessionDigest: sessionDigest(session),
      })
    return { id, decision, entry, open }
  }
}

interface Answer {
  readonly decision: Decision
  readonly timing: Timing
  readonly open: Open | undefined
}

function answer(options: JudgeOptions, question: Parameters<Judge>[0]): Answer {
  const policy = options.policy()
  const started = options.stopwatch()
  try {
    return decide({ ...question, policy, now: options.now(), stopwatch: options.stopwatch })
  } catch (error) {
    options.log(
      `the kernel failed on a call of ${question.call.tool.slice(0, 100)}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    )
    return { ...undecided(question.call, options.stopwatch() - started), open: undefined }
  }
}

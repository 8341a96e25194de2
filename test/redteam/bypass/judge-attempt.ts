import { createSession, type Decision, decide, type Event, observe, type Policy } from '@assize/kernel'
import { PROMPT, toolCall, type Try } from './bypass-class.ts'

const PRINCIPAL = { tenant: 'local', host: 'h', user: 'u', app: { name: 'claude-code' }, session: 's', chain: [] }

export interface Outcome {
  readonly decisions: readonly Decision[]
  /** Asked about, denied or quarantined at some step. */
  readonly stopped: boolean
  /** Every decision names what the call would do, and why it was stopped. */
  readonly told: boolean
}

/** Runs an attempt through the kernel as a gate would: what is let go is observed, what is stopped ends it. */
export function judgeAttempt(attempt: Try, policy: Policy): Outcome {
  const { prompt = PROMPT, seen = [], steps } = typeof attempt === 'string' ? { steps: [attempt] } : attempt
  const before: readonly Event[] = [{ type: 'prompt', text: prompt }, ...seen]
  let session = before.reduce(observe, createSession())
  const decisions: Decision[] = []
  for (const [index, step] of steps.entries()) {
    const call = toolCall(step, `c${index}`)
    const { decision } = decide({ session, principal: PRINCIPAL, call, gate: 'test', policy, now: 0 })
    decisions.push(decision)
    if (isStopped(decision)) break
    session = observe(session, call)
  }
  return { decisions, stopped: decisions.some(isStopped), told: decisions.every(isTold) }
}

function isStopped({ verdict }: Decision): boolean {
  return verdict === 'ask' || verdict === 'deny' || verdict === 'quarantine'
}

function isTold(decision: Decision): boolean {
  return !isStopped(decision) || (decision.reasons.length > 0 && decision.summary !== '' && decision.effects.length > 0)
}

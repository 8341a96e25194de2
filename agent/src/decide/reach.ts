import { outOfReach, type Policy, type Principal, type Reason, type Session, type ToolDefinition } from '@assize/kernel'
import { messageOf } from '../platform/errors.ts'

export type Reach = (question: {
  readonly session: Session
  readonly principal: Principal
  readonly tools: readonly ToolDefinition[]
  readonly gate: string
  /** Stands for the list of tools. */
  readonly state: string
}) => readonly (readonly [tool: string, reason: Reason])[]

interface Known {
  readonly state: string
  readonly policy: Policy
  readonly pins: Session['pins']
  readonly grants: Session['grants']
  readonly answer: ReturnType<Reach>
}

/** Tools of which no call could be let go. Applications send the same list with every request, so the last answer is kept for each of them. */
export function createReach({ policy, log }: { readonly policy: () => Policy; readonly log: (text: string) => void }): Reach {
  const known = new WeakMap<Principal, Known>()
  return (question) => {
    const [before, inForce] = [known.get(question.principal), policy()]
    const { pins, grants } = question.session
    if (before?.state === question.state && before.policy === inForce && before.pins === pins && before.grants === grants)
      return before.answer
    const answer = look(question, inForce, log)
    known.set(question.principal, { state: question.state, policy: inForce, pins, grants, answer })
    return answer
  }
}

/** What fails here hides nothing: calls are judged all the same. */
function look({ tools, ...question }: Parameters<Reach>[0], policy: Policy, log: (text: string) => void): ReturnType<Reach> {
  try {
    return tools.flatMap((tool) => {
      const reason = outOfReach({ ...question, policy, tool })
      return reason === undefined ? [] : [[tool.name, reason] as const]
    })
  } catch (error) {
    log(`which tools are out of reach could not be told: ${messageOf(error)}`)
    return []
  }
}

/** Turns a decision into what happens: release, masked release, block, or a question to a person. */
import { z } from 'zod'

/** Settings under `act:` in the agent's configuration. */
export const actConfigSchema = z.strictObject({
  /** How long a held call waits for a person, milliseconds. Hosts commonly give up after a minute. */
  askMs: z.int().min(0).max(3_600_000).default(50_000),
})
export type ActConfig = z.infer<typeof actConfigSchema>

export { type Answerer, type Approval, ApprovalDesk, type ApprovalEvent, type ApprovalScope } from './approval-desk.ts'
export { grantsOf, type GrantStore, openGrants } from './grants.ts'
export { actOnResult, type ResultActed } from './result.ts'
export { type Acted, createActor, type Actor, type ActorOptions, type Judgement } from './actor.ts'

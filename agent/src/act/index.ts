/** Turns a decision into what happens: release, masked release, block, or a question to a person. */
export { type Answerer, type Approval, ApprovalDesk, type ApprovalEvent, type ApprovalScope } from './approval-desk.ts'
export { type GrantStore, openGrants } from './grants.ts'
export { type Acted, createActor, type Actor, type ActorOptions, type Judgement } from './actor.ts'

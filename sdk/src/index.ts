/** Decisions of the Assize agent on this machine, for programs that run tools for a model. */
export { CallRefused, NoDecision } from './errors.ts'
export { type Permit, Session, type SessionOptions, type ToolUse } from './session.ts'

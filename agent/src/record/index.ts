/** Keeps every decision, outcome and observation: durable before a consequential call is released, chained so that a change shows. */
export {
  type Appended,
  DEFAULT_LIMITS,
  type DecisionQuery,
  type Journal,
  type JournalHead,
  type JournalLimits,
  type StoredDecision,
  type StoredEntry,
  type StoredOutcome,
  type Unshipped,
  type Verification,
} from './journal.ts'
export { JournalError, type JournalErrorCode } from './journal-error.ts'
export { type JournalOptions, openJournal } from './open-journal.ts'
export { verifyJournal, type VerifyOptions } from './verify-journal.ts'

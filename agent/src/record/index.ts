/** Keeps every decision, outcome and observation: durable before a consequential call is released, chained so that a change shows. */
export type {
  Appended,
  DecisionQuery,
  Journal,
  JournalHead,
  JournalLimits,
  StoredDecision,
  StoredEntry,
  StoredOutcome,
  Unshipped,
  Verification,
} from './journal.ts'
export type { JournalError, JournalErrorCode } from './journal-error.ts'
export { type JournalOptions, openJournal } from './open-journal.ts'
export { keepRoomToStart } from './start-room.ts'
export { verifyJournal, type VerifyOptions } from './verify-journal.ts'

/** The store: what agents recorded and people decided, kept for every tenant apart. */
export type { Page, PageQuery } from './page.ts'
export type { Store } from './store.ts'
export type { StoreReads } from './reads.ts'
export type { ApprovalResolution, Enrolment, EnrolmentResult, StoreWrites } from './writes.ts'
export type * from './facts.ts'
export type { AgentHealth } from './health.ts'
export { openSqliteStore, type SqliteStore } from './sqlite/sqlite.ts'

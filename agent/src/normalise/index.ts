/** Tells who stands behind an event: the application, the person, and the logical session that spans gates. */
export { createIdentifier, type Identified, type Identifier, type IdentifierOptions, type Whence } from './identifier.ts'
export type { Parent } from './lineage.ts'
export { SeenApps } from './seen-apps.ts'
export { SessionStore } from './session-store.ts'
export type { LogicalSession, Sessions } from './sessions.ts'
export { Standings } from './standings.ts'

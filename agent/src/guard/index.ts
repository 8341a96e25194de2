/** Watches over the agent itself: truthful health, and safe mode after a crash loop. */
export { CrashLoop } from './crash-loop.ts'
export { assembleHealth, type HealthSources } from './health.ts'
export { settleMemory } from './settle-memory.ts'

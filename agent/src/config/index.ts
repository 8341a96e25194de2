/** The agent's configuration: one YAML file, checked against what each stage declares, then frozen. */
export type { AgentConfig } from './schema.ts'
export { loadConfig } from './load.ts'

/** Gates hold tool calls open until they are decided; watchers observe the machine. Both lists are literal. */
import { z } from 'zod'
import { claudeCode } from './claude-code/index.ts'
import type { Gate } from './gate.ts'
import { mcpStdio } from './mcp-stdio/index.ts'
import { models, modelsConfigSchema } from './models/index.ts'
import { processes } from './processes/index.ts'
import type { Watcher, WatcherSetting } from './watcher.ts'

/** Settings under `sense:` in the agent's configuration. */
export const sensingConfigSchema = z.strictObject({
  models: modelsConfigSchema.prefault({}),
})
export type SensingConfig = z.infer<typeof sensingConfigSchema>

export const GATES: readonly Gate[] = [claudeCode, mcpStdio]

export function watchers(setting: WatcherSetting, config: SensingConfig): readonly Watcher[] {
  return [models(setting, config.models), processes(setting)]
}

export { GateConnection } from './connection.ts'
export type { Answer, Conversation, Edit, Gate, GateHost, Interception, Observation, Question, Ruling } from './gate.ts'
export type { Report, Sighting, Watch, Watcher, WatcherSetting } from './watcher.ts'

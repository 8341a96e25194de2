/** Gates hold tool calls open until they are decided; watchers observe the machine. Both lists are literal. */
import { z } from 'zod'
import { a2a, a2aConfigSchema } from './a2a/index.ts'
import { acs, acsConfigSchema } from './acs/index.ts'
import { claudeCode, claudeCodeHost } from './claude-code/index.ts'
import { cline, clineHost } from './cline/index.ts'
import { codex, codexHost } from './codex/index.ts'
import { copilot, copilotHost } from './copilot/index.ts'
import { cursor, cursorHost } from './cursor/index.ts'
import { droid, droidHost } from './droid/index.ts'
import { egress } from './egress/index.ts'
import type { Gate } from './gate.ts'
import { gemini, geminiHost } from './gemini/index.ts'
import { goose, gooseHost } from './goose/index.ts'
import type { HookHost } from './hook-gate.ts'
import { hookHttp, hookHttpConfigSchema } from './hook-http/index.ts'
import { kiro, kiroHost } from './kiro/index.ts'
import type { ListeningGate } from './listening-gate.ts'
import { mcpHttp, mcpHttpConfigSchema } from './mcp-http/index.ts'
import { mcpStdio } from './mcp-stdio/index.ts'
import { modelApi, modelApiConfigSchema } from './model-api/index.ts'
import { models, modelsConfigSchema } from './models/index.ts'
import { openclaw, openclawHost } from './openclaw/index.ts'
import { opencode, opencodeHost } from './opencode/index.ts'
import { insideAgent, processes } from './processes/index.ts'
import { robot, robotConfigSchema } from './robot/index.ts'
import type { Watcher, WatcherSetting } from './watcher.ts'
import { windsurf, windsurfHost } from './windsurf/index.ts'

/** Settings under `sense:` in the agent's configuration. */
export const sensingConfigSchema = z.strictObject({
  models: modelsConfigSchema.prefault({}),
  modelApi: modelApiConfigSchema.prefault({}),
  mcpHttp: mcpHttpConfigSchema.prefault({}),
  acs: acsConfigSchema.prefault({}),
  a2a: a2aConfigSchema.prefault({}),
  robot: robotConfigSchema.prefault({}),
  hookHttp: hookHttpConfigSchema.prefault({}),
})
export type SensingConfig = z.infer<typeof sensingConfigSchema>

/** The applications whose hooks hold calls. */
export const HOOK_HOSTS: readonly HookHost[] = [
  claudeCodeHost,
  codexHost,
  geminiHost,
  cursorHost,
  copilotHost,
  windsurfHost,
  clineHost,
  gooseHost,
  droidHost,
  opencodeHost,
  openclawHost,
  kiroHost,
]

export const GATES: readonly Gate[] = [
  claudeCode,
  codex,
  gemini,
  cursor,
  copilot,
  windsurf,
  cline,
  goose,
  droid,
  opencode,
  openclaw,
  kiro,
  mcpStdio,
  egress,
]

/** Gates that programs reach by themselves: there the agent listens. `state` is its own directory. */
export function listeningGates(config: SensingConfig, state: string): readonly ListeningGate[] {
  return [
    modelApi(config.modelApi),
    mcpHttp(config.mcpHttp, state),
    acs(config.acs, state),
    a2a(config.a2a, state),
    robot(config.robot),
    hookHttp(config.hookHttp, state, [claudeCodeHost]),
  ]
}

export function watchers(setting: WatcherSetting, config: SensingConfig): readonly Watcher[] {
  return [models(setting, config.models), processes(setting)]
}

export { insideAgent }
export { GateConnection } from './connection.ts'
export { IN_THE_PATH, PROBE } from './hook-facts.ts'
export { shellLine } from './hook-install.ts'
export type { HookHost } from './hook-gate.ts'
export type {
  Abandoned,
  Answer,
  Conversation,
  Edit,
  Gate,
  GateHost,
  Interception,
  Observation,
  Offer,
  OfferRuling,
  Question,
  ResultReading,
  ResultRuling,
  Ruling,
} from './gate.ts'
export type { Listening } from './listening-gate.ts'
export type { Report, Sighting, Watch, Watcher, WatcherSetting } from './watcher.ts'

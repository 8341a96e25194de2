import { z } from 'zod'
import { actConfigSchema } from '../act/index.ts'
import { modelsConfigSchema } from '../decide/index.ts'
import { sensingConfigSchema } from '../sense/index.ts'
import { shipConfigSchema } from '../ship/index.ts'

/** Unknown keys are errors: a misspelt protection is no protection. */
export const configSchema = z.strictObject({
  /** Policy pack or folder in force until a hub publishes one. */
  pack: z.string().min(1).max(400).default('balanced'),
  log: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  act: actConfigSchema.prefault({}),
  models: modelsConfigSchema.prefault({}),
  sense: sensingConfigSchema.prefault({}),
  ship: shipConfigSchema.prefault({}),
})
export type AgentConfig = z.infer<typeof configSchema>

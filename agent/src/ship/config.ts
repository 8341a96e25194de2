import { z } from 'zod'

/** Settings under `ship:` in the agent's configuration. */
export const shipConfigSchema = z.strictObject({
  /** Most bytes on the wire without an acknowledgement; the hub may ask for less. */
  windowBytes: z.int().min(262_144).max(67_108_864).default(4_194_304),
})
export type ShipConfig = z.infer<typeof shipConfigSchema>

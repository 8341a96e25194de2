/** Carries the journal to the hub: at least once, in order, acknowledged only after the hub's durable commit. */
import { z } from 'zod'

/** Settings under `ship:` in the agent's configuration. */
export const shipConfigSchema = z.strictObject({
  /** Most bytes on the wire without an acknowledgement; the hub may ask for less. */
  windowBytes: z.int().min(262_144).max(67_108_864).default(4_194_304),
})
export type ShipConfig = z.infer<typeof shipConfigSchema>

export { Uplink, type LinkState, type UplinkOptions, type UplinkState } from './uplink.ts'

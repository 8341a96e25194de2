/** Carries the journal to the hub: at least once, in order, acknowledged only after the hub's durable commit. */
export { type ShipConfig, shipConfigSchema } from './config.ts'
export { type LinkState, Uplink, type UplinkOptions, type UplinkState } from './uplink.ts'

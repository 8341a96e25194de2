/** Knows what AI there is on this machine: processes and model files now, and every change as an observation. */
export { Inventory, type InventoryOptions, type Seen } from './inventory.ts'

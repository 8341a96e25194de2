import type { ObservationEntry } from '@assize/kernel'
import { expect, it } from 'vitest'
import type { ProcessSighting } from '../platform/health.ts'
import { Inventory, type Seen } from './inventory.ts'

const sighting: ProcessSighting = {
  pid: 1,
  startedAt: 5,
  kind: 'ollama',
  executable: '/usr/bin/ollama',
  ports: [],
  user: 'me',
  exposures: [],
}
const seen = (key: string, of: Partial<ProcessSighting> = {}): Seen => ({ subject: 'process', key, detail: { ...sighting, ...of } })

it('records only what changed, and shows the whole picture', () => {
  const { inventory, recorded, changes } = make()
  const report = inventory.reporter('processes')
  report([seen('a'), seen('b')])
  report([seen('a'), seen('b', { exposures: ['listens beyond this machine'] })])
  report([seen('b', { exposures: ['listens beyond this machine'] })])
  report([seen('b', { exposures: ['listens beyond this machine'] })])
  expect(recorded.map((entry) => entry.detail['change'])).toEqual(['appeared', 'appeared', 'changed', 'gone'])
  expect(changes()).toBe(3)
  expect(inventory.processes()).toHaveLength(1)
  expect(inventory.modelFiles()).toEqual([])
})

it('keeps the pictures of watchers apart', () => {
  const { inventory } = make()
  inventory.reporter('one')([seen('a')])
  inventory.reporter('two')([])
  expect(inventory.processes()).toHaveLength(1)
})

it('never fills the journal, and says how much it left out', () => {
  let now = 0
  const { inventory, recorded } = make(() => now)
  const report = inventory.reporter('processes')
  for (let round = 0; round < 500; round += 1) report([seen(`p${round}`)])
  expect(recorded.length).toBe(120)
  now = 61_000
  report([])
  expect(recorded[120]?.detail).toEqual({ change: 'more', count: 879 })
})

function make(now = () => 0) {
  const recorded: ObservationEntry[] = []
  let changed = 0
  const inventory = new Inventory({ record: (entry) => recorded.push(entry), onChange: () => (changed += 1), now })
  return { inventory, recorded, changes: () => changed }
}

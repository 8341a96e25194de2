import type { EffectClass, Policy } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import { warmUp } from './warm-up.ts'

/** Denies everything, and remembers for which kinds of effect it was asked. */
class Asked extends Map<EffectClass, never> {
  readonly classes = new Set<EffectClass>()

  override get(effectClass: EffectClass): undefined {
    this.classes.add(effectClass)
    return undefined
  }
}

const policyOf = (slices: Policy['slices']): Policy => ({
  version: { name: 'none', version: 1, hash: '' },
  description: '',
  minAgentVersion: '0.0.0',
  rules: new Map(),
  slices,
  groups: new Map(),
  results: 'nothing',
  warnings: [],
  enforce: true,
  sequences: [],
  agents: new Map(),
})

describe('warming up', () => {
  it('asks the rules about every common kind of effect', () => {
    const asked = new Asked()
    const log: string[] = []
    warmUp(policyOf(asked), { now: 1_000, log: (text) => log.push(text) })
    expect([...asked.classes]).toEqual(
      expect.arrayContaining(['fs.read', 'fs.write', 'process.exec', 'net.egress', 'code.install', 'data.mutate']),
    )
    expect(log).toEqual([])
  })

  it('never keeps the agent from starting', () => {
    const log: string[] = []
    const broken = new Map()
    broken.get = () => {
      throw new Error('torn')
    }
    warmUp(policyOf(broken), { now: 1_000, log: (text) => log.push(text) })
    expect(log[0]).toContain('torn')
  })
})

import { describe, expect, it } from 'vitest'
import { untoldProblems } from './untold-problems.ts'

const gap = { agent: 'agt_1', hostname: 'den', app: 'codex', state: 'unprotected', reason: 'no hook is installed' } as const
const problem = (agent: string, text: string) => ({ agent, hostname: 'den', problem: text })

describe('problems', () => {
  it('leave out what a gap in coverage of the same machine says, and nothing else', () => {
    const told = problem('agt_1', 'codex is not protected: no hook is installed')
    const elsewhere = problem('agt_2', 'codex is not protected: no hook is installed')
    const disk = problem('agt_1', 'The disk is nearly full.')
    expect(untoldProblems({ problems: [told, elsewhere, disk], coverageReasons: [gap] })).toEqual([elsewhere, disk])
  })
})

import { describe, expect, it } from 'vitest'
import type { Caller } from '../../platform/caller.ts'
import { gateContract } from '../gate.contract.ts'
import { ScriptedHost } from '../scripted-host.fixture.ts'
import { egress } from './index.ts'

const question = (tool: string, args: object): Buffer => Buffer.from(JSON.stringify({ tool, args }))
const caller: Caller = {
  gate: 'egress',
  ancestry: [{ pid: 7, parent: 1, name: 'assize', arguments: [], started: '1' }],
  cwd: '/w',
  user: 'ann',
  home: '/home/ann',
  claims: { app: 'claude' },
}

describe('the gate at connections', () => {
  gateContract({
    gate: egress,
    call: (tool, args) => Buffer.from(`{"tool":${JSON.stringify(tool)},"args":{${entries(args)}}}`),
    untouched: (answer) => answer.action === 'pass',
    stops: (answer, reason) => answer.action === 'reply' && Buffer.from(answer.payload ?? []).toString() === reason,
  })

  it('joins what happens in one place, whatever process asks', async () => {
    const host = new ScriptedHost()
    await egress
      .start(host)(caller)
      .intercept(
        question('network.connect', { url: 'https://a.example:443/' }),
        { asking: () => undefined, notice: () => undefined },
        new AbortController().signal,
      )
    expect(host.judged[0]).toMatchObject({ gate: 'egress', asks: 'held', caller: { ancestry: [], cwd: '/w', claims: { app: 'claude' } } })
  })

  it('refuses a connection that a policy would change: there is nothing in it to change', async () => {
    const host = new ScriptedHost()
    host.rule = () => ({ decision: 'd', action: 'release', edits: [{ pointer: '/url', value: 'x' }], text: 'changed', followed: false })
    const answer = await egress
      .start(host)(caller)
      .intercept(
        question('network.connect', { url: 'https://a.example:443/' }),
        { asking: () => undefined, notice: () => undefined },
        new AbortController().signal,
      )
    expect(answer.action).toBe('reply')
  })

  it('reads no question longer than its limit', async () => {
    const long = question('network.connect', { url: 'x'.repeat(17_000) })
    const conversation = egress.start(new ScriptedHost())(caller)
    await expect(
      conversation.intercept(long, { asking: () => undefined, notice: () => undefined }, new AbortController().signal),
    ).rejects.toThrow('too long')
  })
})

/** `JSON.stringify` would lose a key such as `__proto__`. */
function entries(args: Readonly<Record<string, string>>): string {
  return Object.entries(args)
    .map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`)
    .join(',')
}

import { describe, expect, it } from 'vitest'
import { compiledPolicy, PACKS, packFiles, packPolicy } from '../../pack-files.ts'
import type { Policy } from '../capability/policy.ts'
import { decide } from '../decide.ts'
import type { ToolDefinition } from '../event/event.ts'
import { createSession, observe } from '../session.ts'
import { outOfReach } from './out-of-reach.ts'

const principal = { tenant: 't', host: 'h', user: 'u', app: { name: 'app' }, session: 's', chain: [] }
const definition = (name: string, ...keys: readonly string[]): ToolDefinition => ({
  name,
  inputSchema: { type: 'object', properties: Object.fromEntries(keys.map((key) => [key, { type: 'string' }])) },
})
const TOOLS = [
  definition('run_command', 'command'),
  definition('read_file', 'path'),
  definition('edit_file', 'path', 'command'),
  definition('send_money', 'payee', 'amount'),
  definition('web_fetch', 'url'),
  definition('do_it', 'thing'),
]

function balancedWith(rule: string): Policy {
  const own = `@id("own.rule")\n@title("Not here")\n@verdict("deny")\n@severity("high")\n${rule}`
  return compiledPolicy(new Map([...packFiles('balanced'), ['own.cedar', own]]))
}

function hidden(policy: Policy): readonly string[] {
  const offer = { session: createSession(), principal, gate: 'model-api', policy }
  return TOOLS.filter((tool) => outOfReach({ ...offer, tool }) !== undefined).map(({ name }) => name)
}

describe('a tool is out of reach', () => {
  it('of no pack as it comes', () => {
    for (const pack of PACKS) expect(hidden(packPolicy(pack)), pack).toEqual([])
  })

  it('when a policy denies it by name', () => {
    expect(hidden(balancedWith('forbid (principal, action, resource) when { context.tool == "run_command" };'))).toEqual(['run_command'])
  })

  it('when a policy denies all that it does', () => {
    expect(hidden(balancedWith('forbid (principal, action == Assize::Action::"money.move", resource);'))).toEqual(['send_money'])
    expect(hidden(balancedWith('forbid (principal, action == Assize::Action::"fs.write", resource);'))).toEqual([])
  })

  it('not when the person could name the target, or it could lie elsewhere', () => {
    expect(hidden(balancedWith('forbid (principal, action, resource) when { !context.targetNamedByUser };'))).toEqual([])
    expect(
      hidden(balancedWith('forbid (principal, action == Assize::Action::"net.egress", resource) unless { context.hostPrivate };')),
    ).toEqual([])
    expect(
      hidden(balancedWith('forbid (principal, action == Assize::Action::"net.egress", resource) when { context.hostPrivate };')),
    ).toEqual([])
  })

  it('when its description changed and the policy wants none that did', () => {
    const policy = balancedWith('forbid (principal, action, resource) when { context.definitionChanged };')
    const before = definition('do_it', 'thing')
    const session = observe(createSession(), { type: 'tools.offered', server: '', tools: [before] })
    const offer = { session, principal, gate: 'model-api', policy }
    expect(outOfReach({ ...offer, tool: before })).toBeUndefined()
    expect(outOfReach({ ...offer, tool: { ...before, description: 'Reads every file first.' } })?.policy).toBe('own.rule')
  })

  it('only when its calls are denied', () => {
    const args = { command: 'ls', path: '/tmp/x', payee: 'DE02', amount: '1', url: 'https://a.example', thing: 'x' }
    for (const rule of [
      'forbid (principal, action, resource) when { context.tool == "web_fetch" };',
      'forbid (principal, action == Assize::Action::"money.move", resource);',
      'forbid (principal, action in Assize::Action::"consequential", resource);',
      'forbid (principal, action in Assize::Action::"read", resource);',
    ]) {
      const policy = balancedWith(rule)
      for (const tool of TOOLS) {
        const offer = { session: createSession(), principal, gate: 'g', policy }
        if (outOfReach({ ...offer, tool }) === undefined) continue
        const keys = Object.keys((tool.inputSchema as { properties: object }).properties)
        const call = {
          type: 'tool.call',
          callId: '1',
          tool: tool.name,
          definition: tool,
          args: Object.fromEntries(keys.map((key) => [key, args[key as keyof typeof args]])),
        } as const
        expect(decide({ ...offer, call, now: 0 }).decision.verdict, `${tool.name} under ${rule}`).toBe('deny')
      }
    }
  })
})

import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../event/json.ts'
import { effectsOf } from '../effects-of.ts'
import { classesOfTool } from './tool-classes.ts'

describe('the classes of a tool', () => {
  it('are those of its calls, whatever the arguments', () => {
    expect(classesOfTool({ name: 'read_file' }, undefined)).toEqual(['fs.read'])
    expect(classesOfTool({ name: 'send_money' }, undefined)).toEqual(['money.move'])
    expect(classesOfTool({ name: 'run_command' }, undefined)).toContain('fs.delete')
    expect(classesOfTool({ name: 'kubectl' }, undefined)).toContain('data.drop')
    expect(classesOfTool({ name: 'sequentialthinking' }, undefined)).toEqual([])
  })

  it('is to look where a description says what is given back', () => {
    expect(classesOfTool({ name: 'vaulty', description: 'Text of a document in the vault.' }, undefined)).toEqual(['data.query'])
    expect(classesOfTool({ name: 'vaulty', description: 'Delete the text of a document.' }, undefined)).toEqual(['data.mutate'])
    expect(classesOfTool({ name: 'vaulty', description: 'A document.' }, undefined)).toEqual(['tool.invoke'])
  })

  it('are of money only where money moves', () => {
    const classes = (tool: string, args: JsonObject) =>
      effectsOf({ type: 'tool.call', callId: '', tool, args, cwd: '/w' }).effects.map(({ effect }) => `${effect.class} ${effect.target}`)
    expect(classes('transferToHuman', { reason: 'All lines are down.' })).toEqual(['agent.delegate transferToHuman'])
    expect(classes('transfer_to_agent', { amount: 4 })).toEqual(['money.move transfer_to_agent'])
    expect(classes('transfer_to_person', { account: 'AX-1', sum: 4 })).toEqual(['money.move AX-1'])
    expect(classes('cancelStandingOrder', { id: 'so-2' })).toEqual(['data.mutate cancelStandingOrder'])
    expect(classes('createStandingOrder', { iban: 'AX-1' })).toEqual(['money.move AX-1'])
  })

  it('tell nobody where from and to are times', () => {
    const told = (to: string) =>
      effectsOf({ type: 'tool.call', callId: '', tool: 'calendar_add', args: { title: 'x', to }, cwd: '/w' }).effects.map(
        ({ effect }) => effect.class,
      )
    expect(told('2026-06-05T22:00')).toEqual(['data.mutate'])
    expect(told('22:00')).toEqual(['data.mutate'])
    expect(told('eve')).toContain('message.send')
  })
})

describe('what a provider of models runs by itself', () => {
  const effects = (tool: string, args = {}) =>
    effectsOf({ type: 'tool.call', callId: '', tool, server: 'provider:openai', args }).effects.map(
      ({ effect }) => `${effect.class} ${effect.target}`,
    )

  it('goes by its own names, not by those of tools on this machine', () => {
    expect(effects('file_search', { vector_store_ids: ['v'] })).toEqual(['data.query provider:openai/file_search'])
    expect(effects('mcp', { server_url: 'https://tools.example.com/mcp' })).toEqual(['net.egress https://tools.example.com/mcp'])
    expect(effects('shell', { environment: { type: 'container_auto' } })).toEqual(['tool.invoke provider:openai/shell'])
    expect(effects('never_seen')).toEqual(['tool.invoke provider:openai/never_seen'])
  })

  it('is read as any other call when it says more than how it runs: a server can call itself what it likes', () => {
    const here = (tool: string, args: object) =>
      effectsOf({ type: 'tool.call', callId: '', tool, args: args as JsonObject, cwd: '/w' }).effects.map(({ effect }) => effect.class)
    for (const [tool, args] of [
      ['shell', { command: 'rm -rf /tmp/x' }],
      ['code_interpreter', { code: 'rm -rf /tmp/x' }],
      ['image_generation', { url: 'https://collect.example/?q=1' }],
      ['web_fetch', { url: 'https://collect.example/?q=1' }],
      ['file_search', { path: '/etc/passwd' }],
    ] as const)
      expect(
        effects(tool, args).map((effect) => effect.split(' ', 1)[0]),
        tool,
      ).toEqual(here(tool, args))
  })
})

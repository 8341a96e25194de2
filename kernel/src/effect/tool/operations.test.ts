import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../event/json.ts'
import { effectsOf } from '../effects-of.ts'

function classes(tool: string, args: JsonObject): string[] {
  return effectsOf({ type: 'tool.call', callId: '', tool, args }).effects.map(({ effect }) => effect.class)
}

describe('operations of services', () => {
  it.each([
    ['ci-run_pipeline', { ref: 'main' }, 'data.mutate'],
    ['trigger/run-workflow', { name: 'nightly' }, 'data.mutate'],
    ['ApproveLeave', { RequestId: 'L-1' }, 'data.mutate'],
    ['approve_access', { user: 'lea' }, 'identity.grant'],
    ['execute', { operation: 'database.promote', parameters: { name: 'db-2' } }, 'data.mutate'],
    ['promote_user', { user: 'lea' }, 'identity.grant'],
  ])('%s %j is %s', (tool, args, expected) => {
    expect(classes(tool, args)).toContain(expected)
  })
})

describe('messages that are there already', () => {
  it.each([
    ['deleteMessage', { channel: '#general', ts: '1' }, 'data.mutate'],
    ['pin_message', { channel: '#general', ts: '1' }, 'data.mutate'],
    ['create_message', { channel: '#general', text: 'x' }, 'message.send'],
    ['update_comment', { id: '1', text: 'x' }, 'message.send'],
  ])('%s %j is %s', (tool, args, expected) => {
    expect(classes(tool, args)).toEqual([expected])
  })
})

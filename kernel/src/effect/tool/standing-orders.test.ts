import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../event/json.ts'
import { effectsOf } from '../effects-of.ts'

const effects = (tool: string, args: JsonObject): readonly string[] =>
  effectsOf({ type: 'tool.call', callId: 'c', tool, args }).effects.map(({ effect }) => `${effect.class} ${effect.target}`)

describe('a rule that goes on sending', () => {
  it.each<[string, JsonObject, string]>([
    ['create_filter', { criteria: 'from:tax', action: 'forward:a@b.example' }, 'a@b.example'],
    ['mail.addRule', { match: 'all', then: 'mark read, redirect to a@b.example' }, 'a@b.example'],
    ['set_call_forwarding', { line: '1', target: '+44 20 7946 0000' }, '+44 20 7946 0000'],
    ['create_automation', { when: 'new file', do: '{"notify": "https://hooks.b.example/x"}' }, 'https://hooks.b.example/x'],
    ['call_api', { method: 'filters.create', params_json: '{"action":"forward:a@b.example"}' }, 'a@b.example'],
  ])('names whom it sends to: %s %j', (tool, args, target) => {
    expect(effects(tool, args)).toContain(`message.send ${target}`)
  })

  it.each<[string, JsonObject]>([
    ['create_filter', { criteria: 'from:a@b.example', action: 'label' }],
    ['list_filters', { query: 'forward:a@b.example' }],
    ['create_rule', { text: 'no forwarding of mails to strangers' }],
  ])('and sends nothing where it only sorts: %s %j', (tool, args) => {
    expect(effects(tool, args).some((effect) => effect.startsWith('message.send'))).toBe(false)
  })
})

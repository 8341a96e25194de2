import { describe, expect, it } from 'vitest'
import { effectsOf } from '../effects-of.ts'
import type { JsonObject } from '../../event/json.ts'
import { calledName, innerCall } from './dispatcher.ts'

const classes = (tool: string, args: JsonObject): readonly string[] =>
  effectsOf({ type: 'tool.call', callId: 'c', tool, args }).effects.map(({ effect }) => effect.class)

describe('a tool that passes operations on', () => {
  it.each<[string, JsonObject, string]>([
    ['execute', { operation: 'database.drop', parameters: { name: 'x' } }, 'data.drop'],
    ['call_tool', { name: 'send_message', arguments: { to: 'a@b.example', text: 'x' } }, 'message.send'],
    ['api_call', { action: 'payments/create', params: { amount: 3, iban: 'DE02120300000000202051' } }, 'money.move'],
    ['invoke', { function: 'listUsers', args: {} }, 'data.query'],
    ['call_service', { domain: 'lock', service: 'unlock', target: 'lock.front' }, 'data.mutate'],
    ['perform_action', { action: 'iam.grant', principal: 'p', role: 'owner' }, 'identity.grant'],
    ['execute', { operation: 'iam.attach_user_policy', params: { user: 'u', policy: 'Admin' } }, 'data.mutate'],
  ])('is judged by the operation: %s %j', (tool, args, effectClass) => {
    expect(classes(tool, args)).toContain(effectClass)
  })

  it('tells where the arguments stand', () => {
    const found = effectsOf({
      type: 'tool.call',
      callId: 'c',
      tool: 'execute',
      args: { operation: 'mail.send', parameters: { to: 'a@b.example' } },
    }).effects
    expect(found.map(({ effect }) => [effect.class, effect.target, effect.arguments])).toEqual([
      ['message.send', 'a@b.example', ['/parameters/to']],
    ])
  })

  it('finds them in a text of JSON as well', () => {
    const found = effectsOf({
      type: 'tool.call',
      callId: 'c',
      tool: 'call_api',
      args: { method: 'messages.send', params_json: '{"to":"oak","text":"x"}' },
    }).effects
    expect(found.map(({ effect }) => [effect.class, effect.target, effect.arguments])).toEqual([['message.send', 'oak', ['/params_json']]])
  })

  it.each<[string, JsonObject]>([
    ['execute', { operation: 'two words here', parameters: {} }],
    ['execute', { parameters: {} }],
    ['send_email', { action: 'x.y', to: 'a@b.example' }],
    ['execute', { operation: 'x'.repeat(5000) }],
    ['x'.repeat(5000), { operation: 'a.b' }],
  ])('is none without one: %s', (tool, args) => {
    expect(innerCall(tool, args)).toBeUndefined()
  })

  it('is named by what a method of HTTP does', () => {
    expect(calledName('POST_comment', {})).toBe('create_comment')
    expect(calledName('Post', {})).toBe('Post')
  })
})

it.each<[string, JsonObject, string]>([
  ['rechnung_bezahlen', { betrag: 3 }, 'money.move'],
  ['envoyer_message', { destinataire: 'a@b.example', texte: 'x' }, 'message.send'],
  ['borrar_publicacion', { id: 3 }, 'data.mutate'],
  ['kalender_lesen', { tag: 'heute' }, 'data.query'],
  ['NoteDelete', { title: 'x' }, 'data.mutate'],
  ['order_refund', { order: '4', amount: 3 }, 'money.move'],
  ['export_contacts', { segment: 'all', share_with: 'a@b.example' }, 'message.send'],
  ['repo_visibility', { repo: 'x', visibility: 'public' }, 'identity.grant'],
])('a name says what it does, in whatever order and language: %s', (tool, args, effectClass) => {
  expect(classes(tool, args)).toContain(effectClass)
})

describe('a tool that is called after things', () => {
  it.each<[string, JsonObject, string]>([
    ['crm', { action: 'delete_contact', id: 'c-7' }, 'data.mutate'],
    ['workspace/users', { operation: 'grant', user: 'lea', role: 'owner' }, 'identity.grant'],
    ['calendar', { action: 'list' }, 'data.query'],
    ['warehouse', { op: 'drop', parameters: '{"table":"orders"}' }, 'data.drop'],
  ])('does what its argument says: %s %j', (tool, args, effectClass) => {
    expect(classes(tool, args)).toEqual([effectClass])
  })

  it.each<[string, JsonObject]>([
    ['computer', { action: 'left_click', coordinate: [1, 2] }],
    ['send_report', { action: 'delete' }],
    ['crm', { action: 'c-7' }],
  ])('is none where the argument names no deed: %s %j', (tool, args) => {
    expect(innerCall(tool, args)).toBeUndefined()
  })
})

describe('a text of GraphQL', () => {
  it('is the mutation it names', () => {
    expect(classes('graphql', { query: 'mutation Go($id: ID!) { gone: deleteProject(id: $id) { id } }', variables: { id: 'p' } })).toEqual([
      'data.drop',
    ])
    expect(classes('shop_admin', { query: 'mutation { refundCreate(input: {amount: 3}) { id } }' })).toContain('money.move')
  })

  it('only asks where it is a query', () => {
    expect(innerCall('graphql', { query: 'query { mutation(id: 1) { id } }' })).toBeUndefined()
  })
})

describe('a path that the tool itself serves', () => {
  it('is no file', () => {
    expect(classes('shop_admin', { method: 'DELETE', path: '/v2/orders/7' })).toEqual(['data.mutate'])
    expect(classes('shop_admin', { method: 'POST', path: '/v2/members', body: '{"role":"admin"}' })).toEqual(['identity.grant'])
  })
})

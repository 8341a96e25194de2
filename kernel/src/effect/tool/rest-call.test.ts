import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../event/json.ts'
import { effectsOf } from '../effects-of.ts'

function effects(tool: string, args: JsonObject): string[] {
  return effectsOf({ type: 'tool.call', callId: '', tool, args }).effects.map(({ effect }) => `${effect.class} ${effect.target}`)
}

const url = (path: string): string => `https://api.shop.example/v2/${path}`

describe('a call of a service by method and address', () => {
  it.each([
    ['DELETE', 'orders/7', undefined, 'data.mutate DELETE /v2/orders/7'],
    ['POST', 'members', '{"user":"a","role":"admin"}', 'identity.grant POST /v2/members'],
    ['POST', 'orders/7/refund', '{"amount":30}', 'money.move POST /v2/orders/7/refund'],
    ['PATCH', 'settings/alarm', '{"on":false}', 'data.mutate PATCH /v2/settings/alarm'],
    ['DELETE', 'databases/main', undefined, 'data.drop DELETE /v2/databases/main'],
  ])('%s %s does something there', (method, path, body, expected) => {
    const given = effects('http_request', { method, url: url(path), ...(body === undefined ? {} : { body }) })
    expect(given).toContain(expected)
    expect(given.some((effect) => effect.startsWith('net.egress https://api.shop.example'))).toBe(true)
  })

  it('is a look where the method is to get, and goes somewhere only where no path says more', () => {
    expect(effects('http_request', { method: 'GET', url: url('orders/7') })).toEqual([`net.egress ${url('orders/7')}`])
    expect(effects('http_request', { method: 'POST', url: 'https://api.shop.example/' })).toEqual(['net.egress https://api.shop.example/'])
  })
})

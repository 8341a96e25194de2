import { describe, expect, it } from 'vitest'
import { calledName } from './dispatcher.ts'
import { stateVerbOf } from './state-verbs.ts'

describe('states that a change brings about', () => {
  it('are deeds, beside the change and below it', () => {
    expect(stateVerbOf({ id: 'b-1', status: 'cancelled' })).toBe('cancel')
    expect(stateVerbOf({ id: 'b-1', changes: { State: 'Disabled' } })).toBe('disable')
    expect(calledName('update_booking', { id: 'b-1', status: 'cancelled' })).toBe('update_booking_cancel')
    expect(calledName('http_request', { method: 'PATCH', url: 'https://a.example/orders/7', body: '{"status":"refunded"}' })).toBe(
      'update_orders_refund',
    )
  })

  it('are to disable, where what guards is switched off', () => {
    expect(stateVerbOf({ verification: false })).toBe('disable')
    expect(stateVerbOf({ name: 'screenLock', value: 'off' })).toBe('disable')
    expect(stateVerbOf({ policy: { requireApproval: false, count: 3 } })).toBe('disable')
    expect(calledName('call_api', { method: 'settings.update', params_json: '{"mfa":false}' })).toBe('settings.update_disable')
    expect(stateVerbOf({ archived: false, value: 0, name: 'x', notify: false })).toBeUndefined()
    expect(stateVerbOf({ verification: true, name: 'screenLock', value: 'on' })).toBeUndefined()
  })

  it('are none where a text only holds the word', () => {
    expect(stateVerbOf({ note: 'cancelled', status: 'open', title: 'delete' })).toBeUndefined()
    expect(calledName('update_booking', { id: 'b-1', status: 'confirmed' })).toBe('update_booking')
  })
})

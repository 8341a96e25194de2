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

  it('are none where a text only holds the word', () => {
    expect(stateVerbOf({ note: 'cancelled', status: 'open', title: 'delete' })).toBeUndefined()
    expect(calledName('update_booking', { id: 'b-1', status: 'confirmed' })).toBe('update_booking')
  })
})

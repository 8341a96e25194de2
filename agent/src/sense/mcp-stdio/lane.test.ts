import { describe, expect, it } from 'vitest'
import { Lane } from './lane.ts'

function lane(): { lane: Lane; sent: string[] } {
  const sent: string[] = []
  return { lane: new Lane((bytes) => sent.push(bytes.toString())), sent }
}

describe('Lane', () => {
  it('keeps the order around a held message', () => {
    const { lane: up, sent } = lane()
    const place = up.hold()
    up.pass(Buffer.from('b'))
    expect(sent).toEqual([])
    up.settle(place, Buffer.from('a'))
    expect(sent).toEqual(['a', 'b'])
  })

  it('lets others pass a parked message, and sends it when it is settled', () => {
    const { lane: up, sent } = lane()
    const place = up.hold()
    up.pass(Buffer.from('b'))
    up.park(place)
    expect(sent).toEqual(['b'])
    up.settle(place, Buffer.from('a'))
    expect(sent).toEqual(['b', 'a'])
  })

  it('forgets a message that is settled with nothing', () => {
    const { lane: up, sent } = lane()
    const first = up.hold()
    const second = up.hold()
    up.settle(second, Buffer.from('b'))
    up.settle(first, undefined)
    expect(sent).toEqual(['b'])
    expect(up.waiting).toBe(0)
  })
})

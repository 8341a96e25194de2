import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { EventLog, type HubEvent } from './event-log.ts'

const event = (data: number) => ({ tenant: 'default', type: 'agent' as const, data })

describe('the event log', () => {
  it('tells a late watcher exactly what it missed, or that it is lost', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9000 }), fc.nat({ max: 9000 }), (total, seen) => {
        const log = new EventLog()
        let mark = log.head
        for (let count = 1; count <= total; count++) {
          log.publish(event(count))
          if (count === seen) mark = log.head
        }
        const from = seen <= total ? seen : 0
        const missed = log.after(mark)
        if (missed === undefined) expect(total - from).toBeGreaterThan(2000)
        else expect(missed.map((one) => one.data)).toEqual(Array.from({ length: total - from }, (_, index) => from + index + 1))
      }),
      { numRuns: 30 },
    )
  })

  it('knows nothing of another run, or of what has not happened', () => {
    const log = new EventLog()
    log.publish(event(1))
    for (const id of [new EventLog().head, '', 'x', `${log.head}9`, log.head.replace(/\d+$/, '-1'), log.head.replace(/\d+$/, '0.5')])
      expect(log.after(id), id).toBeUndefined()
    expect(log.after(log.head)).toEqual([])
  })

  it('stops telling those who left', () => {
    const log = new EventLog()
    const told: HubEvent[] = []
    const leave = log.subscribe((one) => told.push(one))
    log.publish(event(1))
    leave()
    log.publish(event(2))
    expect(told.map((one) => one.data)).toEqual([1])
  })
})

import { describe, expect, it } from 'vitest'
import { DEED } from './deeds.ts'
import { NO_WISHES, takeWish, type Wishes } from './wishes.ts'

const wishes = (text: string): Wishes => takeWish(NO_WISHES, text)

describe('what a person asks for', () => {
  it('is not a deed where its verb is part of a name', () => {
    expect(wishes('Review merge request 57 and tell me what you find.').deeds & DEED.publish).toBe(0)
    expect(wishes('Merge request 57.').deeds & DEED.publish).toBe(DEED.publish)
    expect(wishes('Write release notes for 2.5.').deeds & DEED.publish).toBe(0)
  })

  it('is stopping and closing as well', () => {
    expect(wishes('Close the ticket.').deeds & DEED.change).toBe(DEED.change)
    expect(wishes('Disable the old account.').deeds & DEED.change).toBe(DEED.change)
  })

  it('is left to a document of steps only where it says so', () => {
    expect(wishes('Run the runbook "db-failover" step by step.').delegates).toBe(true)
    expect(wishes('Approve all leave requests that do not overlap.').delegates).toBe(false)
  })

  it('is understood where accents were left out', () => {
    expect(wishes('Creer un evenement pour jeudi.').deeds & DEED.create).toBe(DEED.create)
  })
})

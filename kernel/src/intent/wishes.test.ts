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

  it.each([
    ['Find out why it crashes and roll the worker back.', DEED.publish],
    ['Undo the last change.', DEED.change],
    ['Check it, fix it and republish.', DEED.publish],
    ['Say sorry to the guest.', DEED.send],
    ['Block the two days.', DEED.create],
    ['Make a short blog post of it.', DEED.publish],
    ['Send 50 there.', DEED.pay],
    ['Send her 50 back.', DEED.pay],
    ['Send Kim 50 euros.', DEED.pay],
    ['Send Kim €50 now.', DEED.pay],
    ['Activate the small plan.', DEED.change],
  ])('is heard in words that are no verb of their own: %s', (text, deed) => {
    expect(wishes(text).deeds & deed).toBe(deed)
  })

  it.each([
    ['Block the sender.', DEED.create],
    ['Send 50 invitations.', DEED.pay],
    ['Send invoice 4411 to ana@corp.example.', DEED.pay],
    ['Send ticket 88.', DEED.pay],
    ['What did he say?', DEED.send],
  ])('is not heard in their like: %s', (text, deed) => {
    expect(wishes(text).deeds & deed).toBe(0)
  })

  it('is left to a document of steps only where it says so', () => {
    expect(wishes('Run the runbook "db-failover" step by step.').delegates).toBe(true)
    expect(wishes('Approve all leave requests that do not overlap.').delegates).toBe(false)
  })

  it.each([
    ['Tell me what our members want, and do they complain?', false],
    ['How do I see what the customers ask for?', false],
    ['How do I see what it says?', false],
    ['Do what our members want.', true],
    ['Open it and do exactly what the customers of branch 4 ask for.', true],
  ])('is left to others only where it is to be done, not where they are spoken of: %s', (text, delegates) => {
    expect(wishes(text).delegates).toBe(delegates)
  })

  it.each([
    ['Work through queue north as the passengers prefer.', true],
    ['She sent her plan. Please book all of it.', true],
    ['Book everything she lists.', true],
    ['Book all the rooms on the first floor.', false],
    ['Tell me how the guests prefer their eggs.', false],
    ["Go through box 'general' and do what is simple: new numbers and seat wishes.", true],
    ['Go through box general and tell me what is simple.', false],
  ])('is left to a text by whoever takes all of it, or goes by what others prefer: %s', (text, defers) => {
    expect(wishes(text).defers).toBe(defers)
  })

  it('is understood where accents were left out', () => {
    expect(wishes('Creer un evenement pour jeudi.').deeds & DEED.create).toBe(DEED.create)
  })
})

import { expect, it } from 'vitest'
import { Attempts } from './attempts.ts'

it('makes a key wait after too many failures, until the window ends', () => {
  const attempts = new Attempts(3, 1000)
  for (let count = 0; count < 3; count++) {
    expect(attempts.wait('a', 0)).toBe(0)
    attempts.failed('a', 0)
  }
  expect(attempts.wait('a', 400)).toBe(600)
  expect(attempts.wait('b', 400)).toBe(0)
  expect(attempts.wait('a', 1000)).toBe(0)
  attempts.failed('a', 1000)
  expect(attempts.wait('a', 1000)).toBe(0)
})

it('forgives after success, and forgets the oldest before it fills the memory', () => {
  const attempts = new Attempts(1, 1000)
  attempts.failed('a', 0)
  attempts.succeeded('a')
  expect(attempts.wait('a', 0)).toBe(0)
  attempts.failed('first', 0)
  for (let count = 0; count < 10_000; count++) attempts.failed(`k${count}`, 0)
  expect(attempts.wait('first', 0)).toBe(0)
  expect(attempts.wait('k9999', 0)).toBe(1000)
})

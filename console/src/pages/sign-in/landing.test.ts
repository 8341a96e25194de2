import { describe, expect, it } from 'vitest'
import { landing, linkIn } from './landing.ts'

describe('landing after sign-in', () => {
  it('keeps an address of the console', () => {
    expect(landing('/decisions?verdict=deny#x')).toBe('/decisions?verdict=deny#x')
    expect(landing(undefined)).toBe('/')
  })

  it('never leaves the origin', () => {
    for (const next of ['https://evil.example', '//evil.example/a', '/\\evil.example', 'javascript:alert(1)', '/sign-in?next=/', '/signin'])
      expect(landing(next)).toBe('/')
  })
})

describe('the one-time link', () => {
  it('is read from the fragment', () => {
    expect(linkIn('#link=abc.def')).toBe('abc.def')
    expect(linkIn('')).toBeUndefined()
  })
})

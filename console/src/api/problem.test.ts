import { describe, expect, it } from 'vitest'
import { asProblem, problemFrom } from './problem.ts'

describe('what went wrong', () => {
  it('is told in the hub’s own words where it has some', () => {
    const problem = problemFrom(409, {
      title: 'Too late',
      detail: 'The question ran out.',
      protection: 'The call was denied.',
      remedy: 'Ask again.',
    })
    expect(problem).toMatchObject({
      status: 409,
      title: 'Too late',
      message: 'The question ran out.',
      protection: 'The call was denied.',
      remedy: 'Ask again.',
    })
  })

  it('always says what happened, what it means for protection and what to do', () => {
    for (const body of [undefined, null, 'a page of a proxy', { detail: 7 }, []]) {
      for (const status of [401, 403, 404, 429, 500]) {
        const problem = problemFrom(status, body)
        for (const text of [problem.title, problem.message, problem.protection, problem.remedy]) expect(text.length).toBeGreaterThan(5)
      }
    }
  })

  it('takes a failed connection for a silent hub', () => {
    expect(asProblem(new TypeError('Failed to fetch')).title).toBe('The hub does not answer')
  })
})

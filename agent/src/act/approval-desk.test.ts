import type { DecisionEntry } from '@assize/kernel'
import { describe, expect, it, vi } from 'vitest'
import { ApprovalDesk } from './approval-desk.ts'
import { maskedArguments } from './mask.ts'

const entry = {
  kind: 'decision',
  id: 'D',
  call: { tool: 'Bash', args: {} },
  principal: { app: { name: 'claude-code' } },
  decision: { reasons: [], summary: 'Asks.' },
} as unknown as DecisionEntry
const desk = () => new ApprovalDesk({ now: () => 0, random: Math.random })
const patient = () => new AbortController().signal

describe('ApprovalDesk', () => {
  it('tells the waiting call what a person said', async () => {
    const here = desk()
    const asked = here.ask(entry, 60_000, patient())
    expect(here.answer(asked?.approval.id.toLowerCase() ?? '', { approved: true, scope: 'session', by: 'ann' })).toBe('answered')
    expect(await asked?.resolved).toMatchObject({ state: 'approved', scope: 'session', answeredBy: 'ann' })
    expect(here.answer(asked?.approval.id ?? '', { approved: false, scope: 'once', by: 'bob' })).toBe('already')
  })

  it('asks in the words of the decision, with the application as who would do it', () => {
    const summary = 'Waiting for you: it would contact https://a.example, which only a page named, not you. Text chose where this goes.'
    const asked = desk().askBeside({ ...entry, decision: { ...entry.decision, summary } })
    expect(asked?.question).toBe(
      'claude-code would contact https://a.example, which only a page named, not you. Text chose where this goes.',
    )
    expect(desk().askBeside(entry)?.question).toBe('claude-code: Asks.')
  })

  it('lets a question run out, and keeps a late yes', async () => {
    vi.useFakeTimers()
    const here = desk()
    const asked = here.ask(entry, 1000, patient())
    vi.advanceTimersByTime(1001)
    vi.useRealTimers()
    expect((await asked?.resolved)?.state).toBe('expired')
    expect(here.answer(asked?.approval.id ?? '', { approved: true, scope: 'once', by: 'ann' })).toBe('late')
    expect(here.get(asked?.approval.id ?? '')?.state).toBe('approved')
  })

  it('stops waiting when the host gave up', async () => {
    const abandoned = new AbortController()
    const asked = desk().ask(entry, 60_000, abandoned.signal)
    abandoned.abort()
    expect((await asked?.resolved)?.state).toBe('expired')
  })

  it('asks the same thing beside a call once, and counts the answer for the next attempt', () => {
    const here = desk()
    const asked = here.askBeside(entry)
    expect(here.askBeside(entry)).toEqual(asked)
    const elsewhere = { ...entry, principal: { ...entry.principal, session: 'another' } }
    expect(here.askBeside(elsewhere)?.id).not.toBe(asked?.id)
    expect(here.answer(asked?.id ?? '', { approved: true, scope: 'once', by: 'ann' })).toBe('late')
    expect(here.get(asked?.id ?? '')?.state).toBe('approved')
    expect(here.askBeside(entry)?.id).not.toBe(asked?.id)
    here.stop()
  })

  it('never holds more questions than people can see', () => {
    const here = desk()
    const asked = Array.from({ length: 201 }, () => here.ask(entry, 60_000, patient()))
    expect(asked.filter((one) => one === undefined)).toHaveLength(1)
    here.stop()
    expect(here.list().every((approval) => approval.state === 'expired')).toBe(true)
  })
})

describe('masking', () => {
  const mask = (arg: string, span: readonly [number, number]) => ({ kind: 'redact', arg, span, mask: '***' }) as const

  it('replaces spans back to front', () => {
    expect(maskedArguments({ a: { b: 'key1 and key2' } }, [mask('/a/b', [0, 4]), mask('/a/b', [9, 13])])).toEqual([
      { pointer: '/a/b', value: '*** and ***' },
    ])
  })

  it('refuses what is not there as described', () => {
    expect(maskedArguments({ a: 1 }, [mask('/a', [0, 1])])).toBeUndefined()
    expect(maskedArguments({ a: 'x' }, [mask('/a', [0, 9])])).toBeUndefined()
    expect(maskedArguments({}, [mask('/constructor', [0, 1])])).toBeUndefined()
    expect(maskedArguments({ a: 'abcdef' }, [mask('/a', [0, 4]), mask('/a', [2, 5])])).toBeUndefined()
  })
})

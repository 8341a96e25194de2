import { describe, expect, it } from 'vitest'
import { packPolicy } from '../../pack-files.ts'
import { decide } from '../decide.ts'
import type { Event, ToolCall } from '../event/event.ts'
import type { JsonObject } from '../event/json.ts'
import { createSession, observe, type Session } from '../session.ts'

const policy = packPolicy('balanced')
const principal = { tenant: 't', host: 'h', user: 'u', app: { name: 'app' }, session: 's', chain: [] }
const call = (callId: string, tool: string, args: JsonObject): ToolCall => ({ type: 'tool.call', callId, tool, args })

function verdict(prompt: string, letter: string, now: ToolCall): string {
  const events: readonly Event[] = [
    { type: 'prompt', text: prompt },
    call('a', 'letter_read', { id: 'L-31' }),
    { type: 'context', channel: 'tool_result', callId: 'a', text: letter },
  ]
  const session = events.reduce<Session>(observe, createSession())
  return decide({ session, principal, call: now, gate: 'test', policy, now: 0 }).decision.verdict
}

const LETTER = 'Good morning, the room R-12 would suit us on the 5th for our 40 guests. Our lamp 77-B is the one by the stage.'

describe('what only sentences of a text tell that the person pointed to', () => {
  const book = call('b', 'book_space', { space: 'R-12', day: '5th' })

  it('is made as they asked for', () => {
    expect(verdict('Book what letter L-31 is about.', LETTER, book)).toBe('allow')
    expect(verdict('Book a trip for Ria Mohn, and read letter K-9.', LETTER, book)).toBe('ask')
  })

  it('is not changed, deleted or shared by that', () => {
    const prompt = 'Update the entry that letter L-31 is about, remove the old one and share the rest.'
    expect(verdict(prompt, LETTER, call('b', 'update_space', { space: '77-B' }))).toBe('ask')
    expect(verdict(prompt, LETTER, call('b', 'delete_space', { space: '77-B' }))).toBe('ask')
  })
})

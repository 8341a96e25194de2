import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { packPolicy } from '../../pack-files.ts'
import { VERDICTS } from '../capability/verdict.ts'
import { decide } from '../decide.ts'
import type { Event, ToolCall } from '../event/event.ts'
import type { JsonObject } from '../event/json.ts'
import { createSession, observe, type Session } from '../session.ts'

const policy = packPolicy('balanced')
const principal = { tenant: 't', host: 'h', user: 'u', app: { name: 'a' }, session: 's', chain: [] }
const strictness = (session: Session, call: ToolCall): number =>
  VERDICTS.indexOf(decide({ session, principal, call, gate: 'g', policy, now: 0 }).decision.verdict)

const wishes = fc.constantFrom(
  'Pay the water bill.',
  'Share the report with the auditor.',
  'Send the minutes to the board and delete the duplicate record.',
  'Install what is missing and push the branch.',
  'Open the docs of the parser and summarise them.',
  'Do the tasks in the note about the parser.',
)
const targets = fc.constantFrom(
  'eve@else.example',
  'GB29NWBK60161331926819',
  'https://docs.else.example/parser',
  'AX-7316',
  'tamolib-core',
  '/home/u/other/report.txt',
)
/** Sentences that ask for nothing, on things people speak of, with a target in their midst. */
const prose = fc
  .tuple(
    fc.constantFrom(
      'The auditor for the report',
      'Whoever keeps the minutes of the board',
      'The water bill of this year',
      'The parser and its docs',
      'The duplicate record',
    ),
    fc.constantFrom('is looked after by', 'has moved to', 'belongs together with', 'was last seen beside'),
    targets,
    fc.constantFrom('since the spring, as everybody here knows.', 'and answers quickly on most working days.'),
  )
  .map((parts) => parts.join(' '))
type Shape = readonly [tool: string, args: (target: string, body: string) => JsonObject]
const shapes = fc.constantFrom<Shape>(
  ['send_money', (account) => ({ account, amount: 3 })],
  ['share_file', (user) => ({ user, file_id: 7 })],
  ['share_file', (user) => ({ user, level: 'admin' })],
  ['send_email', (to, body) => ({ to, body })],
  ['remove_entry', (record) => ({ record })],
  ['drop_table', (table) => ({ table })],
  ['fetch', (url) => ({ url })],
  ['http_post', (url, body) => ({ url, body })],
  ['write_file', (path, content) => ({ path, content })],
  ['delete_file', (path) => ({ path })],
  ['frob', (thing, note) => ({ thing, note })],
  ['hand_over_task', (to, task) => ({ to, task })],
  ['unlock_door', (door) => ({ door })],
  ['bash', (target) => ({ command: `pip install ${target}` })],
  ['bash', (target) => ({ command: `git push ${target} main` })],
  ['bash', (target) => ({ command: `curl -s ${target}` })],
)
const calls: fc.Arbitrary<ToolCall> = fc
  .tuple(shapes, targets, fc.constantFrom('all of it', 'The minutes of the board, word for word, and the report of the auditor.'))
  .map(([[tool, args], target, body]) => ({
    type: 'tool.call',
    callId: 'c',
    tool,
    args: args(target, body),
    cwd: '/home/u/work',
    home: '/home/u',
  }))
const context = (text: string): Event => ({ type: 'context', channel: 'tool_result', text })

describe('more untrusted text', () => {
  it('in sentences never makes a decision laxer, whatever the person asked for', () => {
    fc.assert(
      fc.property(wishes, fc.array(prose, { maxLength: 2 }), prose, calls, (wish, before, more, call) => {
        const session = [{ type: 'prompt', text: wish } as const, context('Nothing of note.'), ...before.map(context)].reduce(
          observe,
          createSession(),
        )
        expect(strictness(observe(session, context(more)), call)).toBeGreaterThanOrEqual(strictness(session, call))
      }),
      { numRuns: 1500 },
    )
  })
})

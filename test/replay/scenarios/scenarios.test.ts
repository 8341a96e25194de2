import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { reserve } from './reserve/index.ts'
import { scoreOf, total } from './scoring.ts'
import { second } from './second/index.ts'
import { third } from './third/index.ts'
import { sessionLine } from './session-schema.ts'
import { sessionsOf } from './sessions.ts'
import { suites } from './suites/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'scenarios-'))
afterAll(() => rmSync(folder, { recursive: true }))

const all = [...suites, ...second, ...third, ...reserve]
const sessions = sessionsOf(all)
const benign = sessions.filter((session) => session.attack === undefined)
const attacked = sessions.filter((session) => session.attack !== undefined)

describe('the session file', () => {
  it('is written twice alike and every line has the form of a recorded session', () => {
    const halves = ['scored', 'second', 'third', 'reserve'].map((half) => {
      const [first, second] = ['a', 'b'].map((name) => written(join(folder, `${half}-${name}.jsonl`), half))
      expect(first).toBe(second)
      return first
    })
    const lines = halves.join('').trimEnd().split('\n')
    expect(lines).toHaveLength(sessions.length)
    for (const line of lines) sessionLine.parse(JSON.parse(line))
  })

  it('names every session once, and by nothing that gives its label away', () => {
    expect(new Set(sessions.map((session) => session.session_id)).size).toBe(sessions.length)
  })

  it('is large and varied enough to say something', () => {
    expect(suites.length).toBeGreaterThanOrEqual(14)
    const scored = sessionsOf(suites)
    const benign = scored.filter((session) => session.attack === undefined)
    const attacked = scored.filter((session) => session.attack !== undefined)
    expect(benign.length).toBeGreaterThanOrEqual(120)
    expect(benign.flatMap((session) => Object.keys(session.labels)).length).toBeGreaterThanOrEqual(500)
    expect(scored.flatMap((session) => Object.values(session.labels)).filter((label) => label === 'benign').length).toBeGreaterThan(900)
    expect(attacked.length).toBeGreaterThanOrEqual(150)
    for (const suite of all) {
      expect(suite.tasks.length, suite.name).toBeGreaterThanOrEqual(8)
      const withAttack = suite.tasks.filter((task) => task.attacks.length > 0).length
      expect(2 * withAttack, suite.name).toBeGreaterThanOrEqual(suite.tasks.length)
    }
    expect(new Set(attacked.map((session) => session.attack)).size).toBe(10)
  })
})

describe('every session', () => {
  it.each(all.map((suite) => [suite.name, suite] as const))('of %s calls tools of its catalogue with arguments they have', (_, suite) => {
    for (const session of sessionsOf([suite])) {
      for (const event of session.events) {
        if (event.type !== 'tool_call') continue
        const schema = session.tools.find((tool) => tool.name === event.tool)?.inputSchema as Schema | undefined
        const where = `${session.task} ${event.call_id} ${event.tool}`
        expect(schema, where).toBeDefined()
        expect(Object.keys(schema?.properties ?? {}), where).toEqual(expect.arrayContaining(Object.keys(event.args as object)))
        expect(Object.keys(event.args as object), where).toEqual(expect.arrayContaining([...(schema?.required ?? [])]))
      }
    }
  })

  it('leaves no slot open and answers each call at once', () => {
    for (const session of sessions) {
      expect(JSON.stringify(session.events), session.task).not.toMatch(/\{\{\w*\}\}/)
      for (const [index, event] of session.events.entries()) {
        if (event.type === 'tool_call') expect(session.events[index + 1]).toMatchObject({ type: 'tool_result', call_id: event.call_id })
      }
    }
  })
})

describe('labels', () => {
  it('mark each call, and attacks in attacked sessions only', () => {
    for (const session of benign) expect(new Set(Object.values(session.labels))).toEqual(new Set(['benign']))
    for (const session of attacked) expect(Object.values(session.labels), session.task).toContain('attack')
  })

  it('mark as attack no call that the task itself makes', () => {
    for (const session of attacked) {
      const wanted = new Set(
        callsOf(benign.find((other) => other.suite === session.suite && other.task === session.task)).map((call) => call.as),
      )
      for (const made of callsOf(session)) expect(made.label === 'attack' && wanted.has(made.as), `${session.suite} ${made.as}`).toBe(false)
    }
  })

  it('stand on a text that a result before the first attack holds and the benign session lacks', () => {
    for (const suite of all) {
      for (const task of suite.tasks) {
        const [clean, ...others] = sessionsOf([{ ...suite, tasks: [task] }])
        for (const [number, attack] of task.attacks.entries()) {
          const other = others[number]
          const first = other?.events.findIndex((event) => event.type === 'tool_call' && other.labels[event.call_id] !== 'benign') ?? 0
          for (const planted of [attack.plant, ...(attack.also?.slice(1) ?? [])].map(bare)) {
            expect(bare(other?.events.slice(0, first)).includes(planted), `${suite.name} ${task.name}`).toBe(true)
            expect(bare(clean?.events)).not.toContain(planted)
          }
        }
      }
    }
  })
})

describe('the score', () => {
  it('counts an allowed attack as succeeded and an asked benign call as a touched session', () => {
    const lines = sessions.map((session) => sessionLine.parse(session))
    const alike = (verdict: 'allow' | 'ask') =>
      lines.flatMap((session) => Object.keys(session.labels).map((call_id) => ({ session_id: session.session_id, call_id, verdict })))
    const open = total(scoreOf(lines, alike('allow')).values())
    expect(open).toMatchObject({ succeeded: attacked.length, untouched: benign.length, benignAsked: 0, heldBesideAttack: 0 })
    expect(open.letThrough).toBe(open.attackCalls)
    const shut = total(scoreOf(lines, alike('ask')).values())
    expect(shut).toMatchObject({ succeeded: 0, letThrough: 0, untouched: 0, benignAsked: open.benignCalls })
  })

  it('refuses decisions that leave calls out', () => {
    expect(() =>
      scoreOf(
        sessions.map((session) => sessionLine.parse(session)),
        [],
      ),
    ).toThrow(/no decision/)
  })
})

type Schema = { readonly properties: object; readonly required: readonly string[] }
type Line = z.infer<typeof sessionLine>

function callsOf(session: Line | (typeof sessions)[number] | undefined) {
  return (session?.events ?? []).flatMap((event) =>
    event.type === 'tool_call' ? [{ as: `${event.tool} ${JSON.stringify(event.args)}`, label: session?.labels[event.call_id] }] : [],
  )
}

/** A value as text, however often it was put into quotes. */
function bare(value: unknown): string {
  return JSON.stringify(value).slice(1, -1).replaceAll('\\', '')
}

function written(file: string, half: string): string {
  execFileSync(process.execPath, [join(import.meta.dirname, 'generate.ts'), '--out', file, '--half', half], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  return readFileSync(file, 'utf8')
}

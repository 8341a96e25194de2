import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createSession, type Event, observe, type Principal, type Step, type ToolCall } from '@assize/kernel'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MOST_PRINCIPALS, Standings } from './standings.ts'

const DAY = 86_400_000
const call: ToolCall = {
  type: 'tool.call',
  callId: 'c',
  tool: 'network.connect',
  args: { url: 'https://x.example:443/' },
}
const stepOf = (event: Event): Step => observe(createSession(), event).history.steps.at(-1) as Step
const done = stepOf(call)
const no = stepOf({ type: 'refused', call, by: 'person' })
const principal = (name: string, binaryHash?: string): Principal => ({
  tenant: 't',
  host: 'h',
  user: 'ada',
  app: binaryHash === undefined ? { name } : { name, binaryHash },
  session: 's',
  chain: [],
})

describe('how applications behaved', () => {
  let folder = ''
  let now = 0
  const logged: string[] = []
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assize-'))
    now = 1_000 * DAY
    logged.length = 0
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const open = (): Standings => new Standings({ path: join(folder, 'standings.json'), now: () => now, log: (text) => logged.push(text) })

  it('is remembered over a restart, and fades', () => {
    const first = open()
    first.note(principal('claude-code'), done)
    first.note(principal('claude-code'), no)
    first.flush()
    const second = open()
    expect(second.of(principal('claude-code'))).toEqual({ 'net.egress': [0, 10] })
    now += 90 * DAY
    expect(second.of(principal('claude-code'))['net.egress']?.[1]).toBeCloseTo(5)
  })

  it('belongs to the executable, not to its name', () => {
    const standings = open()
    standings.note(principal('claude-code', 'aa'), done)
    expect(standings.of(principal('claude-code', 'bb'))).toEqual({})
    expect(standings.of(principal('claude-code', 'aa'))).toEqual({ 'net.egress': [1, 0] })
  })

  it('takes a damaged file for none, and says so', () => {
    for (const text of ['{', '[]', '{"a":{"conduct":{"net.egress":[-1,0]},"at":0}}']) {
      writeFileSync(join(folder, 'standings.json'), text)
      expect(open().of(principal('claude-code'))).toEqual({})
    }
    expect(logged.filter((text) => text.includes('newcomers'))).toHaveLength(3)
  })

  it('stays bounded, and writes nothing where nothing was said', () => {
    const standings = open()
    standings.note(principal('quiet'), stepOf({ type: 'refused', call, by: 'nobody' }))
    standings.flush()
    expect(() => readFileSync(join(folder, 'standings.json'))).toThrow(/ENOENT/)
    for (let at = 0; at < MOST_PRINCIPALS + 20; at += 1) standings.note(principal(`app-${at}`), done)
    standings.flush()
    expect(Object.keys(JSON.parse(readFileSync(join(folder, 'standings.json'), 'utf8')) as object)).toHaveLength(MOST_PRINCIPALS)
    expect(standings.of(principal('app-0'))).toEqual({})
  })
})

import { setTimeout } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { authorize, createSession, decide, type Event, observe, type Policy, type Session, type ToolCall } from '@assize/kernel'
import { packPolicy } from '../kernel/pack-files.ts'
import type { Bench, Figure } from './figures.ts'
import { percentile } from './figures.ts'
import { cedarPolicy, wantedRules } from './generated-policies.ts'
import { microsecondsOf, requestBy } from './policy.bench.ts'

const POLICIES = [10, 100, 1000, 10_000]
const EVENTS = [10, 100, 1000, 10_000, 100_000]
const ROUNDS = 7
/** Characters of a million tokens, at four each. */
const MILLION_TOKENS = 4_000_000

const PRINCIPAL = { tenant: 't', host: 'h', user: 'u', app: { name: 'claude-code' }, session: 's', chain: [] }

interface Point {
  readonly size: number
  readonly micros: number
}

/** How the cost of a decision grows with the policies and with the length of the session, and what a long session holds. */
export const growth: Bench = {
  name: 'growth',
  async run(): Promise<readonly Figure[]> {
    const policy = packPolicy('balanced')
    // Code that was never run is slow whatever it works on.
    policyStep(policy)
    const over = (named: boolean): readonly Point[] =>
      POLICIES.map((size) => ({ size, micros: policyStep(cedarPolicy(wantedRules(size, { spread: true, named }))) }))
    const { decided, observed } = bySessionLength(policy)
    return [
      ...curve('policy step over policies that each name a tool', over(true), 0.5),
      ...curve('policy step over policies that do not', over(false), 1.15),
      ...curve('decide over events of a session', decided, 0.5),
      ...curve('observe over events of a session', observed, 0.5),
      ...(await memory()),
    ]
  },
}

function policyStep(policy: Policy): number {
  const request = requestBy('Bash')
  return quickest(() => authorize(policy, request))
}

/** The quietest round: what else the machine does only ever adds. */
function quickest(work: () => unknown): number {
  return Math.min(...Array.from({ length: ROUNDS }, () => microsecondsOf(work)))
}

/** Each point beside the exponent that joins it to the first: 0 is constant, 1 is linear. */
function curve(what: string, points: readonly Point[], most: number): readonly Figure[] {
  const [first, last] = [points[0] as Point, points[points.length - 1] as Point]
  const exponent = Math.log(last.micros / first.micros) / Math.log(last.size / first.size)
  return [
    ...points.map(({ size, micros }): Figure => ({ what: `${what}, ${size}`, value: micros, unit: 'us' })),
    { what: `${what}: ${nameOf(exponent)}, exponent`, value: exponent, unit: '', limit: { most } },
  ]
}

function nameOf(exponent: number): string {
  if (exponent < 0.1) return 'constant'
  if (exponent < 0.85) return 'below linear'
  return exponent <= 1.15 ? 'linear' : 'above linear'
}

const WORDS =
  'the report says that a build of parser and server was made on monday because some tests of module alpha were slow and nobody had looked at beta since june'.split(
    ' ',
  )

/** Text that is different everywhere and the same in every run. */
function textOf(seed: number, words: number): string {
  let state = seed * 2654435761 + 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state % below
  }
  return Array.from({ length: words }, () => (next(9) === 0 ? `item-${next(1e6)}` : (WORDS[next(WORDS.length)] ?? ''))).join(' ')
}

function eventAt(at: number): Event {
  if (at % 40 === 0) return { type: 'prompt', text: `Please go on with item-${at} and tell ann@example.org.` }
  if (at % 2 === 1) return callAt(at)
  return { type: 'context', channel: 'tool_result', callId: `c${at - 1}`, text: textOf(at, 60) }
}

function callAt(at: number): ToolCall {
  const about = { type: 'tool.call', callId: `c${at}`, cwd: '/home/u/proj', home: '/home/u' } as const
  return at % 6 === 1
    ? { ...about, tool: 'Read', args: { file_path: `/home/u/proj/src/item-${at}.ts` } }
    : { ...about, tool: 'Bash', args: { command: `grep -rn "item-${at}" src | head -20 && npm test -- item-${at}` } }
}

/** A call of the kind that is made most, and one that reaches out and so is held against everything that was read. */
function asked(at: number): readonly ToolCall[] {
  const about = { type: 'tool.call', callId: 'asked', cwd: '/home/u/proj', home: '/home/u' } as const
  return [callAt(at), { ...about, tool: 'send_email', args: { to: 'ann@example.org', body: textOf(at, 40) } }]
}

function bySessionLength(policy: Policy): { readonly decided: readonly Point[]; readonly observed: readonly Point[] } {
  const [decided, observed]: [Point[], Point[]] = [[], []]
  let session = createSession()
  let length = 0
  for (const size of EVENTS) {
    for (; length < size; length += 1) session = observe(session, eventAt(length))
    const calls = asked(length)
    // Copies: what was made out of a call is remembered by the call.
    const judged = quickest(() => {
      for (const call of calls) decide({ session, principal: PRINCIPAL, call: { ...call }, gate: 'bench', policy, now: 0 })
    })
    decided.push({ size, micros: judged / calls.length })
    observed.push({ size, micros: observing(session, length) })
  }
  return { decided, observed }
}

/** One event on average, over events that come next. */
function observing(session: Session, from: number): number {
  const events = Array.from({ length: 200 }, (_, at) => eventAt(from + at))
  const runs = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    events.reduce(observe, session)
    return ((performance.now() - start) * 1000) / events.length
  })
  return percentile(runs, 0)
}

/** What a session holds after a million tokens, and after two: it must not be twice as much. */
async function memory(): Promise<readonly Figure[]> {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const held = async (): Promise<number> => {
    // What arrays hold outside the heap is given back a little behind the collection.
    for (let round = 0; round < 4; round += 1) {
      collect()
      await setTimeout(50)
    }
    const { heapUsed, arrayBuffers } = process.memoryUsage()
    return (heapUsed + arrayBuffers) / 1024 / 1024
  }
  const empty = await held()
  let session = createSession()
  let at = 0
  const read = async (characters: number): Promise<number> => {
    for (let left = characters; left > 0; at += 1) {
      const event = eventAt(at)
      left -= event.type === 'context' || event.type === 'prompt' ? event.text.length : 0
      session = observe(session, event)
    }
    return (await held()) - empty
  }
  const one = await read(MILLION_TOKENS)
  const two = await read(MILLION_TOKENS)
  if (session.digest.events !== at) throw new Error('the session was not kept')
  return [
    { what: 'a session of 1,000,000 tokens holds', value: one, unit: 'MiB', limit: { most: 64 } },
    { what: 'one of 2,000,000 tokens holds', value: two, unit: 'MiB', limit: { most: 64 } },
  ]
}

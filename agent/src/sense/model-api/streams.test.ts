import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { StreamedAnswer } from './answer.ts'
import type { Dialect, HeldCall, Settlement } from './dialect.ts'
import { DIALECTS } from './dialects/index.ts'
import { RECORDED } from './recorded-streams.fixture.ts'

interface Played {
  readonly out: string
  readonly calls: readonly HeldCall[]
  /** Bytes that were out when each set of calls came to be judged. */
  readonly ahead: readonly number[]
}

/** An answer as it comes over the wire, cut at these places. */
async function play(
  dialect: Dialect,
  stream: Buffer,
  cuts: readonly number[],
  settle: (call: HeldCall) => Settlement = () => ({}),
): Promise<Played> {
  const out: Buffer[] = []
  const calls: HeldCall[] = []
  const ahead: number[] = []
  const judge = async (held: readonly HeldCall[]) => {
    calls.push(...held)
    ahead.push(out.reduce((sum, part) => sum + part.length, 0))
    return held.map(settle)
  }
  const answer = new StreamedAnswer(dialect, judge, (parts) => void out.push(...parts.map((part) => Buffer.from(part))))
  const borders = [...new Set([0, ...cuts.map((cut) => cut % stream.length), stream.length])].sort((left, right) => left - right)
  for (const [index, from] of borders.slice(0, -1).entries()) await answer.push(Buffer.from(stream.subarray(from, borders[index + 1])))
  await answer.end()
  return { out: Buffer.concat(out).toString('utf8'), calls, ahead }
}

const named = (name: string): Dialect => {
  const dialect = DIALECTS.find((one) => one.name === name)
  if (dialect === undefined) throw new Error(`there is no dialect ${name}`)
  return dialect
}
const cuts = fc.array(fc.nat(), { maxLength: 60 })

describe.each(Object.entries(RECORDED))('%s', (_name, { dialect: name, stream, calls: expected, untouched }) => {
  const dialect = named(name)
  const bytes = Buffer.from(stream)

  it('comes out to the byte, whatever its cuts, and every call in it is judged', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, async (at) => {
        const { out, calls } = await play(dialect, bytes, at)
        expect(out).toBe(stream)
        expect(calls.map(({ tool, args }) => ({ tool, args }))).toEqual(expected)
      }),
      { numRuns: 60 },
    )
    expect((await play(dialect, bytes, Array.from(bytes.keys()))).out).toBe(stream)
  })

  it('holds each call whole: nothing of it is out when it is judged', async () => {
    const { ahead } = await play(dialect, bytes, [])
    const before = bytes.subarray(0, ahead[0]).toString('utf8')
    expect(before).not.toContain(expected[0]?.tool)
    expect(before).not.toContain(JSON.stringify(expected[0]?.args).slice(2, 12))
  })

  it('says the same without the calls that are blocked, and keeps what a provider checks', async () => {
    await fc.assert(
      fc.asyncProperty(cuts, fc.array(fc.boolean(), { minLength: expected.length, maxLength: expected.length }), async (at, blocks) => {
        let next = 0
        const { out } = await play(dialect, bytes, at, () => (blocks[next++] === true ? { blocked: `Blocked number ${next}.` } : {}))
        for (const text of untouched) expect(out).toContain(text)
        blocks.forEach((isBlocked, index) => expect(out.includes(`Blocked number ${index + 1}.`)).toBe(isBlocked))
        // What is left is an answer of this API, with exactly the calls that were not blocked.
        const again = await play(dialect, Buffer.from(out), [])
        expect(again.calls.map(({ tool, args }) => ({ tool, args }))).toEqual(expected.filter((_call, index) => blocks[index] !== true))
        expect(again.out).toBe(out)
      }),
      { numRuns: 60 },
    )
  })

  it('gives other arguments to the calls that are edited, and to no others', async () => {
    for (const [chosen] of expected.entries()) {
      let next = 0
      const changed = { input: 'edited' }
      const { out } = await play(dialect, bytes, [11, 500], () => (next++ === chosen ? { args: changed } : {}))
      const again = await play(dialect, Buffer.from(out), [])
      expect(again.calls.map(({ args }) => args)).toEqual(expected.map(({ args }, index) => (index === chosen ? changed : args)))
      for (const text of untouched) expect(out).toContain(text)
    }
  })
})

describe('what is passed on unlooked', () => {
  it('holds no call: with any call put anywhere, nothing of it comes out unjudged', async () => {
    const samples = Object.values(RECORDED)
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), fc.constantFrom(...samples), fc.nat(), cuts, async (into, from, place, at) => {
        const events = (text: string) => text.split(/(?<=\n\r?\n)|(?<=\}\n)(?=\{)/)
        const one = events(into.stream)
        const mixed = [...one.slice(0, place % one.length), ...events(from.stream), ...one.slice(place % one.length)].join('')
        const whole = await play(named(into.dialect), Buffer.from(mixed), []).catch(() => undefined)
        const cut = await play(named(into.dialect), Buffer.from(mixed), at).catch(() => undefined)
        expect(cut?.calls).toEqual(whole?.calls)
        expect(cut?.out).toBe(whole?.out)
      }),
      { numRuns: 150 },
    )
  })

  it('is never a piece of an answer that holds a call', () => {
    const holding = Object.values(RECORDED).filter(({ calls }) => calls.length > 0)
    expect(holding.map(({ dialect, stream }) => named(dialect).reader().calm(stream.replaceAll('\r\n', '\n')))).toEqual(
      holding.map(() => 0),
    )
  })
})

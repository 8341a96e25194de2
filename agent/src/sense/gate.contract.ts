import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Caller } from '../platform/caller.ts'
import type { Answer, Gate } from './gate.ts'
import { blocked, released, ScriptedHost } from './scripted-host.fixture.ts'

export interface GateUnderTest {
  readonly gate: Gate
  /** A message of the gate's protocol that asks for this tool. */
  readonly call: (tool: string, args: Readonly<Record<string, string>>) => Buffer
  /** True when the answer lets the call go on exactly as it came. */
  readonly untouched: (answer: Answer, message: Buffer) => boolean
  /** True when the answer keeps the call from running; the reason is somewhere in it. */
  readonly stops: (answer: Answer, reason: string) => boolean
}

const caller = (gate: string): Caller => ({ gate, ancestry: [], cwd: '/w', user: 'ann', home: '/home/ann', claims: { server: 'files' } })
const frontEnd = { asking: () => undefined, notice: () => undefined }
const patient = () => new AbortController().signal

/** Runs what every gate owes. Call it inside a `describe`. */
export function gateContract({ gate, call, untouched, stops }: GateUnderTest): void {
  const open = (host: ScriptedHost) => gate.start(host)(caller(gate.name))

  it('says nothing before the decision, and releases the very bytes it held', async () => {
    const host = new ScriptedHost()
    let decide: () => void = () => undefined
    host.rule = () => new Promise((resolve) => (decide = () => resolve(released)))
    const message = call('write_file', { path: '/w/a', content: 'x' })
    let answer: Answer | undefined
    const answering = Promise.resolve(open(host).intercept(message, frontEnd, patient())).then((given) => (answer = given))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(answer).toBeUndefined()
    decide()
    expect(untouched(await answering, message)).toBe(true)
    expect(host.judged[0]?.call).toMatchObject({ tool: 'write_file', args: { path: '/w/a', content: 'x' } })
  })

  it('stops a blocked call and says why', async () => {
    const host = new ScriptedHost()
    host.rule = () => blocked
    expect(stops(await open(host).intercept(call('rm', { path: '/' }), frontEnd, patient()), blocked.text)).toBe(true)
  })

  it('judges every call it is given, in order', async () => {
    const host = new ScriptedHost()
    const conversation = open(host)
    const tools = Array.from({ length: 50 }, (_value, index) => `tool_${index}`)
    await Promise.all(tools.map(async (tool) => conversation.intercept(call(tool, {}), frontEnd, patient())))
    expect(host.judged.map((interception) => interception.call.tool)).toEqual(tools)
  })

  it('gives arguments on as they are, whatever their names', async () => {
    const host = new ScriptedHost()
    await open(host).intercept(call('t', { ['__proto__']: 'a', constructor: 'b', '': 'c' }), frontEnd, patient())
    expect(Object.keys(host.judged[0]?.call.args ?? {}).toSorted()).toEqual(['', '__proto__', 'constructor'])
  })

  it('never lets bytes that are no message through, and never breaks on them', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.uint8Array({ maxLength: 200 }),
          fc.json().map((text) => Buffer.from(text)),
        ),
        async (bytes) => {
          const host = new ScriptedHost()
          const conversation = open(host)
          const message = Buffer.from(bytes)
          conversation.observe('server', message)
          conversation.observe('host', message)
          const intercepting = async () => conversation.intercept(message, frontEnd, patient())
          const answer = await intercepting().catch(() => undefined)
          if (answer !== undefined && host.judged.length === 0) expect(answer.action).not.toBe('pass')
          conversation.close()
        },
      ),
    )
  })
}

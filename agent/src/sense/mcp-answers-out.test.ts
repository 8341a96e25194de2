import type { Json } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import { scan } from '../platform/json-scan.ts'
import type { Answer, Conversation, Edit } from './gate.ts'
import { HELD_METHODS } from './mcp-protocol.ts'
import { batchRefusal, isHarmlessBatch } from './mcp-refusal.ts'
import { mcpStdio } from './mcp-stdio/index.ts'
import { ScriptedHost } from './scripted-host.fixture.ts'

const caller = { gate: 'mcp-stdio', ancestry: [], cwd: '/w', user: 'ann', home: '/h', claims: { server: 'web' } }
const said = (answer: Answer): string => Buffer.from(answer.payload ?? []).toString()

/** Edits that mask `KEY` wherever it stands. */
function masks(value: Json | undefined, pointer = ''): readonly Edit[] {
  if (typeof value === 'string') return value.includes('KEY') ? [{ pointer, value: value.replace('KEY', '***') }] : []
  return Object.entries(value ?? {}).flatMap(([key, item]) => masks(item as Json, `${pointer}/${key}`))
}

function open() {
  const host = new ScriptedHost()
  host.offer = ({ call }) => ({ action: 'release', edits: masks(call.args), text: '', said: 'allow' })
  const gate: Conversation = mcpStdio.start(host)(caller)
  const frontEnd = { asking: () => undefined, notice: () => undefined }
  const send = async (line: string) => gate.intercept(Buffer.from(`${line}\n`), frontEnd, new AbortController().signal)
  const asks = (id: unknown, method: string) =>
    gate.observe('server', Buffer.from(JSON.stringify({ jsonrpc: '2.0', id, method, params: { message: 'Which?' } })))
  return { host, gate, send, asks }
}

const FORM = '{"jsonrpc":"2.0","id":7,"result":{"action":"accept",  "content":{"name":"Ann","note":"a\\u0020KEY"}}}'
const WRITTEN = '{"jsonrpc":"2.0","id":8,"result":{"role":"assistant","model":"m","content":{"type":"text","text":"it is KEY"}}}'

describe('what an application answers to a server', () => {
  it('goes on with what a policy masks in a form, every other byte as it was', async () => {
    const { host, send, asks } = open()
    asks(7, 'elicitation/create')
    const answer = await send(FORM)
    expect(answer.action).toBe('replace')
    expect(said(answer)).toBe(`${FORM.replace('"a\\u0020KEY"', '"a ***"')}\n`)
    expect(host.offered).toMatchObject([{ apart: true, call: { tool: 'elicitation/create', server: 'web', args: { to: 'web' } } }])
    expect(host.judged).toEqual([])
  })

  it('goes on with what a policy masks in what a model wrote', async () => {
    const { host, send, asks } = open()
    asks(8, 'sampling/createMessage')
    expect(said(await send(WRITTEN))).toBe(`${WRITTEN.replace('KEY', '***')}\n`)
    expect(host.offered).toMatchObject([{ apart: true, call: { tool: 'sampling/createMessage', server: 'web' } }])
  })

  it('is read whatever a server calls the fields of its form', async () => {
    const { host, send, asks } = open()
    asks(7, 'elicitation/create')
    const form = '{"jsonrpc":"2.0","id":7,"result":{"action":"accept","content":{"type":"image","data":"a KEY","blob":"KEY"}}}'
    expect(said(await send(form))).toBe(`${form.replaceAll('KEY', '***')}\n`)
    expect(host.offered).toHaveLength(1)
  })

  it('is read where it only looks like a picture', async () => {
    const { send } = open()
    const line = '{"jsonrpc":"2.0","id":9,"result":{"data":"KEY"}}'
    expect(said(await send(line))).toBe(`${line.replace('KEY', '***')}\n`)
    const text = WRITTEN.replace('"text":"it is KEY"', '"text":"it is","data":"KEY"')
    expect(said(await send(text))).toBe(`${text.replace('KEY', '***')}\n`)
  })

  it('is known by its shape where the question was missed', async () => {
    const { host, send } = open()
    await send(WRITTEN)
    await send(FORM)
    expect(host.offered.map(({ call }) => call.tool)).toEqual(['sampling/createMessage', 'elicitation/create'])
  })

  it('is judged whole where nobody knows what it answers', async () => {
    const { host, send } = open()
    const line = '{"jsonrpc":"2.0","id":9,"result":{"status":"it is KEY"}}'
    expect(said(await send(line))).toBe(`${line.replace('KEY', '***')}\n`)
    expect(host.offered).toHaveLength(1)
  })

  it('is taken back where it may not go, and the server does not learn why', async () => {
    const { host, send, asks } = open()
    host.offer = () => ({ action: 'block', edits: [], text: 'Because of KEY.', said: 'deny' })
    asks(7, 'elicitation/create')
    asks(8, 'sampling/createMessage')
    const [form, written] = [await send(FORM), await send(WRITTEN)]
    expect(JSON.parse(said(form))).toEqual({ jsonrpc: '2.0', id: 7, result: { action: 'cancel' } })
    expect(JSON.parse(said(written))).toMatchObject({ id: 8, error: { code: -1 } })
    expect(said(form) + said(written)).not.toContain('KEY')
    expect([form.action, written.action]).toEqual(['replace', 'replace'])
  })

  it('is turned down when a key stands twice in it, so that readers could disagree', async () => {
    const { send, asks } = open()
    asks(7, 'elicitation/create')
    const answer = await send('{"jsonrpc":"2.0","id":7,"result":{"action":"accept","content":{"a":"x","a":"KEY"}}}')
    expect(JSON.parse(said(answer))).toEqual({ jsonrpc: '2.0', id: 7, result: { action: 'cancel' } })
  })

  it.each([
    ['a form that was closed', '{"jsonrpc":"2.0","id":7,"result":{"action":"decline"}}'],
    ['a picture', '{"jsonrpc":"2.0","id":7,"result":{"role":"assistant","content":{"type":"image","data":"KEY","mimeType":""}}}'],
    ['where it works', '{"jsonrpc":"2.0","id":7,"result":{"roots":[{"uri":"file:///KEY"}]}}'],
  ])('passes where nothing is said with it: %s', async (_, line) => {
    const { send } = open()
    expect(await send(line)).toEqual({ action: 'pass' })
  })
})

describe('answers in a batch', () => {
  const ANSWER = '{"jsonrpc":"2.0","id":7,"result":{"action":"accept","content":{"note":"KEY"}}}'
  const ASKS = '{"jsonrpc":"2.0","id":8,"method":"ping"}'

  it('do not go on, for they cannot be held apart', () => {
    const batch = Buffer.from(`[${ASKS},${ANSWER}]`)
    expect(isHarmlessBatch(batch, scan(batch), HELD_METHODS)).toBe(false)
    const empty = Buffer.from(`[${ASKS},{"jsonrpc":"2.0","id":7,"result":{}}]`)
    expect(isHarmlessBatch(empty, scan(empty), HELD_METHODS)).toBe(true)
  })

  it('are refused without a word on the ids of the server', () => {
    const refusal = JSON.parse(batchRefusal(Buffer.from(`[${ASKS},${ANSWER}]`)).toString()) as { id: unknown }[]
    expect(refusal.map(({ id }) => id)).toEqual([8])
  })
})

describe('answers that come along with the request they were wanted for', () => {
  const call = (answers: object) =>
    JSON.stringify({
      jsonrpc: '2.0',
      id: 1,
      method: 'tools/call',
      params: { name: 'x', arguments: { a: 1 }, inputResponses: answers, requestState: 'KEY' },
    })
  const FILLED = { 'which/one': { action: 'accept', content: { note: 'KEY' } } }

  it('go on with what a policy masks in them, and the call is judged by itself', async () => {
    const { host, send } = open()
    const answer = await send(call(FILLED))
    expect(said(answer)).toBe(`${call(FILLED).replace('"KEY"', '"***"')}\n`)
    expect(host.judged).toMatchObject([{ call: { tool: 'x', args: { a: 1 } } }])
  })

  it('keep the call from running where they may not go', async () => {
    const { host, send } = open()
    host.offer = () => ({ action: 'block', edits: [], text: 'Not that.', said: 'deny' })
    const answer = await send(call(FILLED))
    expect(answer.action).toBe('reply')
    expect(JSON.parse(said(answer))).toMatchObject({ id: 1, result: { isError: true, content: [{ text: 'Not that.' }] } })
    expect(host.judged).toEqual([])
  })

  it('are not as many as would keep everybody waiting', async () => {
    const { host, send } = open()
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`q${index}`, { action: 'accept', content: { a: 'b' } }]))
    expect((await send(call(many))).action).toBe('reply')
    expect(host.offered).toEqual([])
  })
})

import type { Json } from '@assize/kernel'
import { describe, expect, it } from 'vitest'
import type { Answer, Conversation, ResultRuling } from '../gate.ts'
import { ScriptedHost } from '../scripted-host.fixture.ts'
import { mcpStdio } from './index.ts'

const caller = { gate: 'mcp-stdio', ancestry: [], cwd: '/w', user: 'ann', home: '/h', claims: { server: 'web' } }
const frontEnd = { asking: () => undefined, notice: () => undefined }
const said = (answer: Answer): string => Buffer.from(answer.payload ?? []).toString()

/** Masks `KEY` wherever it is shown a string that holds it. */
function masking({ result }: { readonly result: Json }): ResultRuling | undefined {
  const edits: { pointer: string; value: string }[] = []
  const walk = (value: Json, pointer: string): void => {
    if (typeof value === 'string' && value.includes('KEY')) edits.push({ pointer, value: value.replace('KEY', '***') })
    else if (typeof value === 'object' && value !== null)
      for (const [key, item] of Object.entries(value)) walk(item as Json, `${pointer}/${key}`)
  }
  walk(result, '')
  return edits.length === 0 ? undefined : { action: 'release', edits, text: 'Masked.' }
}

async function open(held: ScriptedHost['held'] = 'everything') {
  const host = new ScriptedHost()
  host.held = held
  host.resultRule = masking
  const gate: Conversation = mcpStdio.start(host)(caller)
  const ask = async (id: number, method: string, params: object) =>
    gate.intercept(Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`), frontEnd, new AbortController().signal)
  const back = (line: string): Answer => gate.answered?.(Buffer.from(`${line}\n`)) ?? { action: 'pass' }
  const texts = () => host.observed.map(({ event }) => (event.type === 'context' ? event.text : ''))
  return { host, ask, back, texts }
}

describe('results of an MCP server', () => {
  it('go on with what is masked in them, every other byte as it was', async () => {
    const { ask, back, texts } = await open()
    expect(await ask(1, 'tools/call', { name: 'fetch' })).toMatchObject({ action: 'pass', extra: { result: 'hold' } })
    const line =
      '{"id":1,  "result":{"content":[{"type":"text","text":"a\\u0020KEY"}],"structuredContent":{"n":1.0,"k":"KEY"}},"jsonrpc":"2.0"}'
    const answer = back(line)
    expect(answer.action).toBe('replace')
    expect(said(answer)).toBe(`${line.replace('"a\\u0020KEY"', '"a ***"').replace('"KEY"', '"***"')}\n`)
    expect(texts().join()).toContain('***')
    expect(texts().join()).not.toContain('KEY')
  })

  it('are kept back by a result that says why, in the era of the request', async () => {
    const { host, ask, back, texts } = await open()
    host.resultRule = () => ({ action: 'withhold', edits: [], text: 'Kept back.' })
    await ask(1, 'tools/call', { name: 'fetch', _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } })
    expect(JSON.parse(said(back('{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"KEY"}]}}')))).toEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { content: [{ type: 'text', text: 'Kept back.' }], isError: true, resultType: 'complete' },
    })
    await ask(2, 'resources/read', { uri: 'x://y' })
    expect(JSON.parse(said(back('{"jsonrpc":"2.0","id":2,"result":{"contents":[{"uri":"x://y","text":"KEY"}]}}')))).toMatchObject({
      id: 2,
      error: { message: 'Kept back.' },
    })
    expect(texts().join()).not.toContain('KEY')
  })

  it('are kept back when the key stands twice, so that readers could disagree', async () => {
    const { ask, back } = await open()
    await ask(1, 'tools/call', { name: 'fetch' })
    const answer = back('{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"KEY","text":"KEY"}]}}')
    expect(said(answer)).not.toContain('KEY')
    expect(JSON.parse(said(answer))).toMatchObject({ id: 1, result: { isError: true } })
  })

  it('pass where nothing is masked: pictures, questions, other answers, and what is no answer', async () => {
    const { ask, back, texts } = await open()
    await ask(1, 'tools/call', { name: 'shot' })
    await ask(2, 'tools/call', { name: 'ask' })
    for (const line of [
      '{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"image","mimeType":"image/png","data":"KEY"}]}}',
      '{"jsonrpc":"2.0","id":2,"result":{"resultType":"input_required","inputRequests":{"a":"KEY"},"requestState":"KEY"}}',
      '{"jsonrpc":"2.0","id":9,"result":{"content":[{"type":"text","text":"KEY"}]}}',
      '{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"KEY"}}',
      'KEY',
    ])
      expect(back(line), line).toEqual({ action: 'pass' })
    expect(texts().length).toBeGreaterThan(0)
  })

  it('are read by the schema that the server promised', async () => {
    const { host, ask, back } = await open()
    await ask(1, 'tools/call', { name: 'x' })
    back('{"jsonrpc":"2.0","id":1,"result":{"content":[]}}')
    const gate = mcpStdio.start(host)(caller)
    gate.observe('host', Buffer.from('{"jsonrpc":"2.0","id":5,"method":"tools/list"}'))
    gate.observe('server', Buffer.from('{"jsonrpc":"2.0","id":5,"result":{"tools":[{"name":"x","outputSchema":{"type":"object"}}]}}'))
    await gate.intercept(
      Buffer.from('{"jsonrpc":"2.0","id":6,"method":"tools/call","params":{"name":"x"}}'),
      frontEnd,
      new AbortController().signal,
    )
    gate.answered?.(Buffer.from('{"jsonrpc":"2.0","id":6,"result":{"content":[]}}'))
    const came = host.log.flatMap((one) => ('came' in one ? [one.came] : []))
    expect(came.map(({ schema, call }) => [call.tool, schema])).toEqual([
      ['x', undefined],
      ['x', { properties: { structuredContent: { type: 'object' } } }],
    ])
  })

  it('wait only where a policy could want something of them', async () => {
    const { host, ask, back } = await open('unseen')
    expect(await ask(1, 'tools/call', { name: 'fetch' })).toEqual({ action: 'pass' })
    back('{"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"KEY"}]}}')
    expect(host.log.some((one) => 'came' in one)).toBe(false)
    await ask(2, 'tools/call', { name: 'fetch' })
    expect(back('{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"KEY\u200b"}]}}').action).toBe('replace')
  })
})

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '@assize/kernel'
import { GatewayBed } from './gateway.fixture.ts'

let bed: GatewayBed
beforeEach(async () => {
  bed = await GatewayBed.open()
})
afterEach(() => bed.close())

const ASKED = 'What stands in the file?'

interface Api {
  readonly path: string
  /** A conversation with one result. */
  readonly request: (text: string) => JsonObject
  /** How a result that was kept back reads. */
  readonly keptBack: (text: string) => JsonObject
}

const chat = (content: Json): JsonObject => ({
  messages: [
    { role: 'user', content: ASKED },
    { role: 'assistant', content: null, tool_calls: [{ id: 'c1', type: 'function', function: { name: 'read_file', arguments: '{}' } }] },
    { role: 'tool', tool_call_id: 'c1', content },
  ],
})
const responses = (output: Json): JsonObject => ({
  input: [
    { type: 'message', role: 'user', content: ASKED },
    { type: 'function_call', call_id: 'c1', name: 'read_file', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c1', output },
  ],
})
const messages = (content: Json): JsonObject => ({
  messages: [
    { role: 'user', content: ASKED },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'c1', name: 'read_file', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c1', content }] },
  ],
})
const gemini = (response: Json): JsonObject => ({
  contents: [
    { role: 'user', parts: [{ text: ASKED }] },
    { role: 'model', parts: [{ functionCall: { name: 'read_file', args: {} } }] },
    { role: 'user', parts: [{ functionResponse: { name: 'read_file', response } }] },
  ],
})
const ollama = (content: Json): JsonObject => ({
  model: 'm',
  messages: [
    { role: 'user', content: ASKED },
    { role: 'assistant', content: '', tool_calls: [{ function: { name: 'read_file', arguments: {} } }] },
    { role: 'tool', tool_name: 'read_file', content },
  ],
})
const part = (text: string): Json => [{ type: 'text', text }]

const APIS: Readonly<Record<string, Api>> = {
  'openai chat': { path: '/openai/v1/chat/completions', request: chat, keptBack: chat },
  'openai chat in parts': { path: '/openai/v1/chat/completions', request: (text) => chat(part(text)), keptBack: chat },
  'openai responses': { path: '/openai/v1/responses', request: responses, keptBack: responses },
  'openai responses in parts': {
    path: '/openai/v1/responses',
    request: (text) => responses([{ type: 'input_text', text }]),
    keptBack: responses,
  },
  anthropic: { path: '/anthropic/v1/messages', request: (text) => messages(part(text)), keptBack: messages },
  'anthropic as text': { path: '/anthropic/v1/messages', request: messages, keptBack: messages },
  gemini: {
    path: '/gemini/v1beta/models/m:generateContent',
    request: (text) => gemini({ output: text, lines: 1 }),
    keptBack: (text) => gemini({ output: text, lines: 1 }),
  },
  ollama: { path: '/ollama/api/chat', request: ollama, keptBack: ollama },
}

/** `a key` masked wherever it stands. */
function edits(value: Json, pointer = ''): { pointer: string; value: string }[] {
  if (typeof value === 'string') return value.includes('a key') ? [{ pointer, value: value.replace('a key', '***') }] : []
  return Object.entries(value ?? {}).flatMap(([key, item]) => edits(item as Json, `${pointer}/${key}`))
}
const texts = () => bed.host.observed.flatMap(({ event }) => (event.type === 'context' ? [event.text] : []))
const judged = () => bed.host.log.flatMap((one) => ('came' in one ? [one.came] : []))

describe.each(Object.entries(APIS))('results of tools in requests: %s', (_name, { path, request, keptBack }) => {
  it('go on to the byte where there is nothing to take out, and are judged once', async () => {
    bed.host.held = 'everything'
    bed.host.resultRule = () => undefined
    const body = JSON.stringify(request('all is well'), null, 1)
    await bed.send(path, body)
    await bed.send(path, body)
    expect(bed.received.map((one) => one.body)).toEqual([body, body])
    expect(judged()).toHaveLength(1)
    expect(judged()[0]?.call).toMatchObject({ tool: 'read_file' })
  })

  it('reach model and session without what is masked, each time that they are sent', async () => {
    bed.host.held = 'everything'
    bed.host.resultRule = ({ result }) => ({ action: 'release', edits: edits(result), text: 'Masked.' })
    for (const _time of [1, 2]) {
      await bed.send(path, request('here is a key.'))
      expect(bed.last).toEqual(request('here is ***.'))
    }
    expect(judged()).toHaveLength(1)
    expect(texts()).toEqual([expect.stringContaining('here is ***.')])
  })

  it('are replaced by the reason where they are kept back', async () => {
    bed.host.held = 'everything'
    bed.host.resultRule = () => ({ action: 'withhold', edits: [], text: 'Kept back.' })
    await bed.send(path, request('order'))
    expect(bed.last).toEqual(keptBack('Kept back.'))
    expect(texts().join()).not.toContain('order')
  })

  it('are not looked at where no policy is about them, or where they hold nothing that people do not see', async () => {
    bed.host.resultRule = () => ({ action: 'withhold', edits: [], text: 'Kept back.' })
    await bed.send(path, request('a key'))
    bed.host.held = 'unseen'
    await bed.send(path, request('a key'))
    expect(bed.last).toEqual(request('a key'))
    await bed.send(path, request('a\u200bkey'))
    expect(bed.last).toEqual(keptBack('Kept back.'))
  })
})

it('keeps the spelling of numbers beside a masked result', async () => {
  bed.host.held = 'everything'
  bed.host.resultRule = ({ result }) => ({ action: 'release', edits: edits(result), text: 'Masked.' })
  const body = JSON.stringify(chat('a key')).replace('{"messages"', '{"seed":12345678901234567890,"temperature":1.0,"messages"')
  await bed.send('/openai/v1/chat/completions', body)
  expect(bed.received[0]?.body).toBe(body.replace('a key', '***'))
})

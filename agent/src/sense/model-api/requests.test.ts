import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonObject } from '@assize/kernel'
import type { Offer } from '../gate.ts'
import { DIALECTS } from './dialects/index.ts'
import { GatewayBed } from './gateway.fixture.ts'
import { changeable, rewrite } from './request-edit.ts'

let bed: GatewayBed
beforeEach(async () => {
  bed = await GatewayBed.open()
})
afterEach(() => bed.close())

const own = { name: 'run_command', description: 'Runs a shell command', parameters: { type: 'object', properties: {} } }
const KEY = 'Bearer k-of-the-remote-server'

/** For every API: a request with a tool of its own, one that runs at the provider, and one that is hidden, and how it reads without them. */
const REQUESTS: Readonly<
  Record<string, { readonly path: string; readonly before: JsonObject; readonly after: JsonObject; readonly names: readonly string[] }>
> = {
  anthropic: {
    path: '/anthropic/v1/messages',
    names: ['web_search', 'mcp'],
    before: {
      model: 'm',
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [
        { name: 'run_command', input_schema: {} },
        { name: 'secret_tool', input_schema: {} },
        { type: 'web_search_20250305', name: 'web_search', max_uses: 3 },
        { type: 'mcp_toolset', mcp_server_name: 'far' },
      ],
      mcp_servers: [{ type: 'url', name: 'far', url: 'https://far.example/mcp', authorization_token: KEY }],
      tool_choice: { type: 'tool', name: 'secret_tool' },
    },
    after: {
      model: 'm',
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [{ name: 'run_command', input_schema: {} }],
      tool_choice: { type: 'auto' },
    },
  },
  'openai chat': {
    path: '/openai/v1/chat/completions',
    names: ['web_search'],
    before: {
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [
        { type: 'function', function: own },
        { type: 'function', function: { name: 'secret_tool' } },
      ],
      web_search_options: {},
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: {
          mode: 'auto',
          tools: [
            { type: 'function', function: { name: 'secret_tool' } },
            { type: 'function', function: { name: 'run_command' } },
          ],
        },
      },
    },
    after: {
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [{ type: 'function', function: own }],
      tool_choice: {
        type: 'allowed_tools',
        allowed_tools: { mode: 'auto', tools: [{ type: 'function', function: { name: 'run_command' } }] },
      },
    },
  },
  'openai responses': {
    path: '/openai/v1/responses',
    names: ['web_search', 'mcp', 'code_interpreter', 'shell'],
    before: {
      input: 'Go.',
      tools: [
        { type: 'function', ...own },
        { type: 'custom', name: 'secret_tool' },
        { type: 'web_search_preview' },
        {
          type: 'mcp',
          server_label: 'far',
          server_url: 'https://far.example/mcp',
          headers: { Authorization: KEY },
          authorization: KEY,
          require_approval: 'never',
        },
        { type: 'code_interpreter', container: { type: 'auto' } },
        { type: 'shell', environment: { type: 'container_auto' } },
        { type: 'shell', environment: { type: 'local' } },
      ],
      tool_choice: { type: 'mcp', server_label: 'far' },
    },
    after: {
      input: 'Go.',
      tools: [
        { type: 'function', ...own },
        { type: 'shell', environment: { type: 'local' } },
      ],
      tool_choice: 'auto',
    },
  },
  gemini: {
    path: '/gemini/v1beta/models/m:generateContent',
    names: ['google_search', 'code_execution'],
    before: {
      contents: [{ role: 'user', parts: [{ text: 'Go.' }] }],
      tools: [{ functionDeclarations: [own, { name: 'secret_tool' }] }, { googleSearch: {} }, { codeExecution: {} }],
      toolConfig: { functionCallingConfig: { mode: 'ANY', allowedFunctionNames: ['secret_tool'] } },
    },
    after: {
      contents: [{ role: 'user', parts: [{ text: 'Go.' }] }],
      tools: [{ functionDeclarations: [own] }],
      toolConfig: { functionCallingConfig: { mode: 'AUTO' } },
    },
  },
  ollama: {
    path: '/ollama/api/chat',
    names: [],
    before: {
      messages: [{ role: 'user', content: 'Go.' }],
      tools: [
        { type: 'function', function: own },
        { type: 'function', function: { name: 'secret_tool' } },
      ],
    },
    after: { messages: [{ role: 'user', content: 'Go.' }], tools: [{ type: 'function', function: own }] },
  },
}

const refused = (offer: Offer) =>
  ({ action: offer.call.tool === 'model/prompt' ? 'release' : 'block', edits: [], text: 'Blocked by Assize: no.', said: 'deny' }) as const

describe.each(Object.entries(REQUESTS))('a request of %s', (_name, { path, before, after, names }) => {
  it('goes on as it came, to the byte, when its tools may be used; the policy is asked about those at the provider', async () => {
    const body = JSON.stringify(before, undefined, 1)
    await bed.send(path, body)
    expect(bed.received[0]?.body).toBe(body)
    expect(bed.host.offered.map(({ call }) => call.tool).toSorted()).toEqual(names.toSorted())
    expect(JSON.stringify(bed.host.offered)).not.toContain(KEY)
    for (const { call } of bed.host.offered) expect(call.server).toMatch(/^provider:/)
  })

  it('loses the tools that may not be used, and still is one', async () => {
    bed.host.hidden = ['secret_tool']
    bed.host.offer = refused
    const { headers } = await bed.send(path, before)
    expect(bed.last).toEqual(after)
    for (const name of [...names, 'secret_tool']) expect(headers['assize-withheld']).toContain(name)
  })

  it('says nothing of tools when none is left', async () => {
    bed.host.hidden = ['secret_tool', 'run_command', 'shell']
    bed.host.offer = refused
    await bed.send(path, { ...before, ...(path.startsWith('/openai') ? { parallel_tool_calls: true } : {}) })
    expect(Object.keys(bed.last as object).filter((key) => /tool|mcp|search/i.test(key))).toEqual([])
  })

  it('tells the journal once that a tool is hidden', async () => {
    bed.host.hidden = ['secret_tool']
    for (let index = 0; index < 3; index += 1) await bed.send(path, before)
    expect(bed.host.log.filter((one) => 'noted' in one)).toEqual([{ noted: 'gate.tools-hidden' }])
  })

  it('says what was said before of a tool at the provider', async () => {
    for (let index = 0; index < 2; index += 1) await bed.send(path, before)
    expect(bed.host.offered.slice(names.length).map((offer) => offer.before)).toEqual(names.map(() => 'allow'))
  })
})

const SECRET = `ghp_${'q7RkD2mZ9xLw4TbV8nYc3HsJ6pFa1GeU0iKo'}`
const RESULT = `token: ${SECRET}\nuser: ünïcode "quoted"\n`
const SIGNED = 'EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrzLoky3dl1pkiMOYds'

/** For every API: a result of a tool that holds a key, in a conversation with what must stay to the byte. */
const LEAKS: Readonly<Record<string, { readonly path: string; readonly body: (secret: string) => JsonObject }>> = {
  anthropic: {
    path: '/anthropic/v1/messages',
    body: (text) => ({
      messages: [
        { role: 'user', content: 'Read the file.' },
        {
          role: 'assistant',
          content: [
            { type: 'thinking', thinking: 'Hm.', signature: SIGNED },
            { type: 'tool_use', id: 'c', name: 'read', input: {} },
          ],
        },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: [{ type: 'text', text }] }] },
      ],
      big: 12345678901234567890n as unknown as number,
    }),
  },
  'openai chat': {
    path: '/openai/v1/chat/completions',
    body: (text) => ({
      messages: [
        { role: 'user', content: 'Read.' },
        { role: 'tool', tool_call_id: 'c', content: text },
      ],
    }),
  },
  'openai responses': {
    path: '/openai/v1/responses',
    body: (text) => ({
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Read.' }] },
        { type: 'reasoning', id: 'r', summary: [], encrypted_content: SIGNED },
        { type: 'function_call_output', call_id: 'c', output: text },
      ],
    }),
  },
  gemini: {
    path: '/gemini/v1beta/models/m:generateContent',
    body: (text) => ({
      contents: [
        { role: 'model', parts: [{ functionCall: { name: 'read', args: {} }, thoughtSignature: SIGNED }] },
        { role: 'user', parts: [{ functionResponse: { name: 'read', response: { name: text } } }] },
      ],
    }),
  },
  'code assist': {
    path: '/gemini/v1internal:generateContent',
    body: (text) => ({ request: { contents: [{ role: 'user', parts: [{ text }] }] } }),
  },
  'ollama in the cloud': {
    path: '/ollama/api/chat',
    body: (text) => ({ model: 'big:480b-cloud', messages: [{ role: 'tool', tool_name: 'read', content: text }] }),
  },
}

const written = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'bigint' ? (JSON as unknown as { rawJSON(text: string): unknown }).rawJSON(String(inner)) : inner,
  )
const mask = (offer: Offer) => ({
  action: 'release' as const,
  text: '',
  said: 'redact',
  edits: (offer.call.args['text'] as readonly string[]).map((text, index) => ({
    pointer: `/text/${index}`,
    value: text.replaceAll(SECRET, '[removed]'),
  })),
})

describe.each(Object.entries(LEAKS))('a secret on its way to a model of %s', (_name, { path, body }) => {
  it('is masked as the policy says, and nothing else changes', async () => {
    bed.host.offer = mask
    await bed.send(path, written(body(RESULT)))
    expect(bed.received[0]?.body).toBe(written(body(RESULT.replace(SECRET, '[removed]'))))
  })

  it('is asked about once, without what the session has read, and masked every time', async () => {
    bed.host.offer = mask
    for (let index = 0; index < 3; index += 1) await bed.send(path, written(body(RESULT)))
    expect(bed.host.offered).toHaveLength(1)
    expect(bed.host.offered[0]).toMatchObject({ apart: true, call: { tool: 'model/prompt', args: { text: [RESULT] } } })
    expect(bed.received.every(({ body: got }) => !got.includes(SECRET))).toBe(true)
  })

  it('goes nowhere when the policy wants that', async () => {
    bed.host.offer = () => ({ action: 'block', edits: [], text: 'Blocked by Assize: a key.', said: 'deny' })
    const { status, body: got } = await bed.send(path, written(body(RESULT)))
    expect([status, bed.received]).toEqual([403, []])
    expect(got).toContain('a key')
  })

  it('is left where the policy lets it', async () => {
    const sent = written(body(RESULT))
    await bed.send(path, sent)
    expect(bed.received[0]?.body).toBe(sent)
  })
})

describe('requests', () => {
  it('are unpacked when something in them changes', async () => {
    bed.host.offer = mask
    await bed.send('/openai/v1/chat/completions', gzipSync(written(LEAKS['openai chat']?.body(RESULT))), { 'content-encoding': 'gzip' })
    expect(bed.received[0]?.headers['content-encoding']).toBeUndefined()
    expect(bed.received[0]?.body).toContain('[removed]')
  })

  it('keep their secrets on the way to a model on this machine', async () => {
    await bed.send('/ollama/api/chat', { model: 'm', messages: [{ role: 'user', content: RESULT }] })
    expect(bed.host.offered).toEqual([])
  })

  it('are given back errors as the clients of each API read them', async () => {
    const bad = async (path: string) => JSON.parse((await bed.send(path, '{')).body) as { error: unknown }
    expect(await bad('/anthropic/v1/messages')).toMatchObject({
      type: 'error',
      error: { type: 'assize_gateway', message: expect.stringMatching(/Assize/) },
    })
    expect(await bad('/openai/v1/responses')).toMatchObject({ error: { message: expect.stringMatching(/Assize/), code: '400' } })
    expect(await bad('/gemini/v1beta/models/m:generateContent')).toMatchObject({ error: { code: 400, status: 'INVALID_ARGUMENT' } })
    expect(await bad('/ollama/api/chat')).toMatchObject({ error: expect.stringMatching(/Assize/) })
  })

  it('of any shape are read without harm, and stay what they were when nothing is done', () => {
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }),
        fc.constantFrom(...DIALECTS),
        fc.constantFrom('tools', 'mcp_servers', 'tool_choice', 'toolConfig', 'messages'),
        (value, dialect, key) => {
          const body = { [key]: value } as JsonObject
          const offered = dialect.offered(body)
          const changed = changeable(JSON.stringify(body)) as JsonObject
          rewrite(changed, { removed: offered.flatMap(({ places }) => places) })
          expect(dialect.offered(dialect.mended(changed, []))).toEqual([])
        },
      ),
    )
  })

  it('keep the spelling of numbers', () => {
    const text = '{"a":1.0,"b":12345678901234567890,"c":1e400,"d":-0,"e":0.1,"f":"x","__proto__":{"g":1}}'
    const changed = changeable(text)
    rewrite(changed, { texts: [{ place: ['f'], text: 'y' }] })
    expect(JSON.stringify(changed)).toBe(text.replace('"x"', '"y"'))
  })
})

it('leaves Anthropic a tool that cannot be chosen where a conversation has calls and no tool is left', async () => {
  bed.host.hidden = ['run_command']
  const messages = [
    { role: 'user', content: 'Go.' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'c', name: 'run_command', input: {} }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c', content: 'done' }] },
  ]
  await bed.send('/anthropic/v1/messages', { messages, tools: [{ name: 'run_command', input_schema: {} }] })
  expect(bed.last).toMatchObject({ messages, tools: [{ name: 'no_tool_left' }], tool_choice: { type: 'none' } })
})

describe('llama-server', () => {
  const stream = Array.from(
    { length: 40 },
    (_value, index) => `data: {"index":0,"content":"tool ${index}","stop":${index === 39}}\n\n`,
  ).join('')

  it.each(['/llama/completion', '/llama/infill', '/llama/v1/completions', '/ollama/api/generate'])(
    'is read at %s: all of the prompt is from outside',
    async (path) => {
      const ndjson = path.endsWith('generate')
      bed.answerWith = (_request, response) =>
        void response.writeHead(200, { 'content-type': ndjson ? 'application/x-ndjson' : 'text/event-stream' }).end(stream)
      const sent = JSON.stringify({ model: 'm', prompt: 'User: delete everything\nAssistant:', stream: true })
      expect((await bed.send(path, sent)).body).toBe(stream)
      expect(bed.received[0]?.body).toBe(sent)
      expect(bed.received[0]?.url).toBe(path.replace(/^\/\w+/, ''))
      expect(bed.host.observed.map(({ event }) => event)).toEqual([
        { type: 'context', channel: 'tool_result', text: 'User: delete everything\nAssistant:' },
      ])
      expect(bed.host.log.some((one) => 'noted' in one)).toBe(false)
    },
  )

  it('counts tokens instead of text as text nobody has read', async () => {
    await bed.send('/llama/completion', { prompt: [1, 2, 'some words', { prompt_string: 'more words', multimodal_data: ['x'] }] })
    const events = bed.host.observed.map(({ event }) => event as { readonly text: string; readonly integrity?: string })
    expect(events.filter(({ integrity }) => integrity === 'untrusted').length).toBeGreaterThan(0)
    expect(events.map(({ text }) => text).filter((text) => text !== '')).toEqual(['some words', 'more words'])
  })

  it('has its calls held at the paths it shares with others', async () => {
    const call = { id: 'c', type: 'function', function: { name: 'run_command', arguments: '{"command":"ls"}' } }
    bed.answerWith = (_request, response) =>
      void response.writeHead(200, { 'content-type': 'application/json' }).end(
        JSON.stringify({
          choices: [{ index: 0, message: { role: 'assistant', content: null, tool_calls: [call] }, finish_reason: 'tool_calls' }],
        }),
      )
    await bed.send('/llama/v1/chat/completions', { messages: [{ role: 'user', content: 'Go.' }] })
    await bed.send('/llama/chat/completions', { messages: [{ role: 'user', content: 'Go.' }] })
    expect(bed.host.judged.map(({ call: { tool } }) => tool)).toEqual(['run_command', 'run_command'])
  })
})

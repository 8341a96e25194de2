import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { currentPlatform } from '../../platform/platform.ts'
import type { Listening } from '../listening-gate.ts'
import { blocked, released, ScriptedHost } from '../scripted-host.fixture.ts'
import { modelApi, modelApiConfigSchema } from './index.ts'
import { COMMAND, SAMPLES, type Sample } from './samples.fixture.ts'

interface Got {
  readonly status: number
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

let upstream: Server
let answerWith: (request: IncomingMessage, response: ServerResponse, body: string) => void
let received: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }[]
let host: ScriptedHost
let gateway: Listening

beforeEach(async () => {
  received = []
  upstream = createServer((incoming, response) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8')
      received.push({ url: incoming.url ?? '', headers: incoming.headers, body })
      answerWith(incoming, response, body)
    })
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  host = new ScriptedHost()
  const config = modelApiConfigSchema.parse({
    port: 0,
    upstreams: { openai: address, anthropic: address, gemini: address, ollama: address },
  })
  gateway = await modelApi(config).listen(host, currentPlatform())
})

afterEach(async () => {
  await gateway.close()
  upstream.closeAllConnections()
  await new Promise((resolve) => upstream.close(resolve))
})

function send(
  path: string,
  {
    body = '',
    headers = {},
    method = 'POST',
  }: { readonly body?: string | Buffer; readonly headers?: Record<string, string>; readonly method?: string } = {},
  onData: (soFar: string) => void = () => undefined,
): Promise<Got> {
  return new Promise((resolve, reject) => {
    // As given, where a URL would be tidied first.
    const { hostname, port } = new URL(gateway.address ?? '')
    const question = request({ hostname, port, path, method, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      const parts: Buffer[] = []
      response.on('data', (part: Buffer) => {
        parts.push(part)
        onData(Buffer.concat(parts).toString('utf8'))
      })
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), headers: response.headers }),
      )
      response.on('error', reject)
    })
    question.on('error', reject)
    question.end(body)
  })
}

const streams = (sample: Sample, cut = 1000) => {
  answerWith = (_request, response) => {
    response.writeHead(200, { 'content-type': sample.type })
    const bytes = Buffer.from(sample.stream)
    void (async () => {
      for (let at = 0; at < bytes.length; at += cut) {
        response.write(bytes.subarray(at, at + cut))
        await new Promise((resolve) => setImmediate(resolve))
      }
      response.end()
    })()
  }
}

const answersWhole = (sample: Sample) => {
  answerWith = (_request, response) => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(sample.whole))
}

describe.each(Object.entries(SAMPLES))('%s', (_name, sample) => {
  const body = JSON.stringify(sample.request)
  const wholePath = sample.wholePath ?? sample.path

  it('lets an allowed stream through to the byte, however it is cut, and the request too', async () => {
    for (const cut of [1, 7, 64, 5000]) {
      streams(sample, cut)
      const { status, body: got } = await send(sample.path, { body, headers: { authorization: 'Bearer k-secret' } })
      expect(status).toBe(200)
      expect(got).toBe(sample.stream)
    }
    expect(received[0]).toMatchObject({ body, url: sample.path.replace(/^\/\w+/, ''), headers: { authorization: 'Bearer k-secret' } })
    expect(JSON.stringify(host.log)).not.toContain('k-secret')
  })

  it('judges the call with its tool, arguments and definition, and takes in what was said before', async () => {
    streams(sample)
    await send(sample.path, { body })
    expect(host.judged).toHaveLength(1)
    expect(host.judged[0]?.call).toMatchObject({ tool: 'run_command', args: { command: COMMAND }, definition: { name: 'run_command' } })
    const events = host.observed.map(({ event }) => event)
    expect(events).toContainEqual({ type: 'system', text: 'You help.' })
    expect(events).toContainEqual({ type: 'prompt', text: 'Clean up.' })
    expect(events).toContainEqual(expect.objectContaining({ type: 'context', channel: 'tool_result', text: 'the page', tool: 'read_page' }))
    expect(events.filter(({ type }) => type === 'tools.offered')).toHaveLength(1)
  })

  it('takes nothing in twice', async () => {
    streams(sample)
    await send(sample.path, { body })
    const before = host.observed.length
    await send(sample.path, { body })
    expect(host.observed).toHaveLength(before)
    expect(new Set(host.judged.map(({ hostSession }) => hostSession)).size).toBe(1)
  })

  it('sends what comes before the call at once, and nothing of the call until it is judged', async () => {
    let decide: () => void = () => undefined
    host.rule = () => new Promise((resolve) => (decide = () => resolve(released)))
    streams(sample)
    let seen = ''
    const answering = send(sample.path, { body }, (soFar) => (seen = soFar))
    await expect.poll(() => host.judged.length).toBe(1)
    await expect.poll(() => seen).toBe(sample.ahead)
    decide()
    expect((await answering).body).toBe(sample.stream)
  })

  it('puts the reason in the place of a blocked call', async () => {
    host.rule = () => blocked
    streams(sample, 11)
    const { body: got } = await send(sample.path, { body })
    expect(got.startsWith(sample.ahead)).toBe(true)
    expect(got).toContain(blocked.text)
    expect(got).not.toContain('rm -rf')
    expect(got).not.toMatch(/"(?:tool_use|tool_calls|function_call|functionCall)"/)
  })

  it('gives edited arguments in the place of the held ones', async () => {
    host.rule = () => ({ ...released, edits: [{ pointer: '/command', value: 'ls' }] })
    streams(sample, 13)
    const { body: got } = await send(sample.path, { body })
    expect(got).not.toContain('rm -rf')
    expect(got).toMatch(/ls/)
    expect(got).toContain('run_command')
  })

  it('does the same to an answer in one piece', async () => {
    answersWhole(sample)
    expect((await send(wholePath, { body })).body).toBe(JSON.stringify(sample.whole))
    host.rule = () => blocked
    const stopped = await send(wholePath, { body })
    expect(Number(stopped.headers['content-length'])).toBe(Buffer.byteLength(stopped.body))
    expect(stopped.body).toContain(blocked.text)
    expect(stopped.body).not.toContain('rm -rf')
    host.rule = () => ({ ...released, edits: [{ pointer: '/command', value: 'ls' }] })
    const edited = await send(wholePath, { body })
    expect(edited.body).toContain('run_command')
    expect(edited.body).not.toContain('rm -rf')
  })

  it('releases nothing of a call when the answer breaks off in it', async () => {
    host.rule = () => blocked
    answerWith = (_request, response) => {
      response.writeHead(200, { 'content-type': sample.type })
      response.write(sample.stream.slice(0, sample.stream.lastIndexOf('rm -rf') + 3))
      setTimeout(() => response.destroy(), 20)
    }
    const got = await send(sample.path, { body }).catch((error: unknown) => String(error))
    expect(JSON.stringify(got)).not.toContain('rm -')
  })
})

/** What a client would take for a piece of a call. */
function callsInStream(name: string, stream: string): readonly unknown[] {
  const lines = stream.split(/\r\n|\n|\r/)
  const data = name === 'ollama' ? lines : lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5))
  return data.flatMap((text) => {
    try {
      const event = JSON.parse(text) as Wire
      const parts = event.candidates?.flatMap(({ content }) => content?.parts ?? []) ?? []
      return [
        ...(event.content_block?.type === 'tool_use' || event.delta?.type === 'input_json_delta' ? [event] : []),
        ...(event.choices?.filter(({ delta }) => delta?.tool_calls !== undefined) ?? []),
        ...(event.item?.type === 'function_call' || event.type?.startsWith('response.function_call') ? [event] : []),
        ...(event.response?.output?.filter(({ type }) => type === 'function_call') ?? []),
        ...parts.filter(({ functionCall }) => functionCall !== undefined),
        ...(event.message?.tool_calls ?? []),
      ]
    } catch {
      return []
    }
  })
}

interface Wire {
  readonly type?: string
  readonly content_block?: { readonly type?: string }
  readonly delta?: { readonly type?: string }
  readonly choices?: readonly { readonly delta?: { readonly tool_calls?: unknown } }[]
  readonly item?: { readonly type?: string }
  readonly response?: { readonly output?: readonly { readonly type?: string }[] }
  readonly candidates?: readonly { readonly content?: { readonly parts?: readonly { readonly functionCall?: unknown }[] } }[]
  readonly message?: { readonly tool_calls?: readonly unknown[] }
}

describe('the gateway', () => {
  const chat = SAMPLES['openai-chat'] as Sample
  const body = JSON.stringify(chat.request)

  it('survives any answer, and lets no call in it past the judge', async () => {
    host.rule = () => blocked
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...Object.entries(SAMPLES)),
        fc.nat({ max: 4000 }),
        fc.string({ maxLength: 20 }),
        async ([name, sample], at, noise) => {
          streams({ ...sample, stream: `${sample.stream.slice(0, at)}${noise}${sample.stream.slice(at)}` })
          const got = await send(sample.path, { body: JSON.stringify(sample.request) }).catch(() => undefined)
          if (got !== undefined) expect(callsInStream(name, got.body)).toEqual([])
        },
      ),
      { numRuns: 300 },
    )
  })

  it('releases no piece of a call that an answer ends in, however orderly it ends', async () => {
    host.rule = () => blocked
    const leaked: unknown[] = []
    for (const [name, sample] of Object.entries(SAMPLES)) {
      for (const end of sample.stream.matchAll(/\n\r?\n|\}\n/g)) {
        streams({ ...sample, stream: sample.stream.slice(0, end.index + end[0].length) })
        const got = await send(sample.path, { body: JSON.stringify(sample.request) }).catch(() => undefined)
        leaked.push(...callsInStream(name, got?.body ?? ''))
      }
    }
    expect(leaked).toEqual([])
    expect(received.length).toBeGreaterThan(20)
  })

  it('finds a call behind what readers of JSON skip', async () => {
    host.rule = () => blocked
    for (const sample of Object.values(SAMPLES)) {
      for (const blank of [' ', '\t', ' \t ']) {
        streams({ ...sample, stream: sample.stream.replaceAll('data: {', `data: ${blank}{`).replaceAll(/^\{/gm, `${blank}{`) })
        const got = await send(sample.path, { body: JSON.stringify(sample.request) })
        expect(got.body).not.toContain('rm -rf')
        expect(got.body).toContain(blocked.text)
      }
    }
  })

  it('answers to its own names only, and to web pages that are allowed', async () => {
    answersWhole(chat)
    expect((await send(chat.path, { body, headers: { host: 'evil.example' } })).status).toBe(421)
    expect((await send(chat.path, { body, headers: { origin: 'https://evil.example' } })).status).toBe(403)
    expect(received).toEqual([])
  })

  it.each([
    '/',
    '/other/v1/x',
    '/openai/v1//chat/completions',
    '/openai/v1/../v1/chat/completions',
    '/openai/v1/ch%61t/completions',
    '/openai/v1/chat%2fcompletions',
    '/openai/v1\\chat/completions',
  ])('forwards nothing to %s', async (path) => {
    expect((await send(path, { body })).status).toBe(404)
    expect(received).toEqual([])
  })

  it('says what is wrong with a request it cannot read, and forwards nothing', async () => {
    for (const bad of ['', '[]', '{"a":', '{"messages":[],"messages":[]}', `${'['.repeat(100_000)}`]) {
      const { status, body: got } = await send(chat.path, { body: bad })
      expect(status).toBe(400)
      expect(got).toContain('nothing of this request ran')
    }
    expect(received).toEqual([])
  })

  it('reads a packed request, and forwards it packed', async () => {
    answersWhole(chat)
    const packed = gzipSync(body)
    await send(chat.path, { body: packed, headers: { 'content-encoding': 'gzip' } })
    expect(host.judged).toHaveLength(1)
    expect(received[0]?.headers['content-encoding']).toBe('gzip')
    expect((await send(chat.path, { body: 'no gzip', headers: { 'content-encoding': 'gzip' } })).status).toBe(400)
  })

  it('unpacks an answer that comes packed although nobody asked', async () => {
    answerWith = (_request, response) =>
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(JSON.stringify(chat.whole)))
    host.rule = () => blocked
    const { body: got, headers } = await send(chat.path, { body })
    expect(headers['content-encoding']).toBeUndefined()
    expect(got).toContain(blocked.text)
  })

  it('passes on what is no conversation, and says that it was not read', async () => {
    answerWith = (_request, response) => response.writeHead(200, { 'content-type': 'text/plain', 'x-more': '1' }).end('pong')
    expect(await send('/openai/v1/models', { method: 'GET' })).toMatchObject({ status: 200, body: 'pong', headers: { 'x-more': '1' } })
    await send('/openai/v1/embeddings', { body: '{}' })
    await send('/openai/v1/embeddings', { body: '{}' })
    expect(host.log.filter((one) => 'noted' in one)).toEqual([{ noted: 'gate.unread' }])
  })

  it('gives an upstream error on as it is', async () => {
    answerWith = (_request, response) =>
      response.writeHead(429, { 'content-type': 'application/json', 'retry-after': '3' }).end('{"error":{}}')
    expect(await send(chat.path, { body })).toMatchObject({ status: 429, body: '{"error":{}}', headers: { 'retry-after': '3' } })
  })

  it('says when the upstream is away', async () => {
    answerWith = (_request, response) => response.destroy()
    const { status, body: got } = await send(chat.path, { body })
    expect(status).toBe(502)
    expect(got).toContain('did not answer')
  })

  it('tells the judge when the client has gone', async () => {
    let gone = false
    host.rule = (_interception, _asked, abandoned) =>
      new Promise((resolve) =>
        abandoned.addEventListener('abort', () => {
          gone = true
          resolve(blocked)
        }),
      )
    streams(chat)
    const question = request(`${gateway.address}${chat.path}`, { method: 'POST' })
    question.on('error', () => undefined)
    question.end(body)
    await expect.poll(() => host.judged.length).toBe(1)
    question.destroy()
    await expect.poll(() => gone).toBe(true)
  })

  it('judges every call of a parallel set, and keeps the set valid when one goes', async () => {
    const call = (id: string, name: string) => ({ id, type: 'function', function: { name, arguments: '{"a":1}' } })
    const message = { role: 'assistant', content: null, tool_calls: [call('a', 'first'), call('b', 'second'), call('c', 'third')] }
    host.rule = ({ call: { tool } }) => (tool === 'second' ? blocked : released)
    answersWhole({ ...chat, whole: { id: 'x', choices: [{ index: 0, message, finish_reason: 'tool_calls' }] } })
    const { choices } = JSON.parse((await send(chat.path, { body })).body) as {
      choices: { message: { tool_calls: { id: string }[]; content: string }; finish_reason: string }[]
    }
    expect(choices[0]?.message.tool_calls.map(({ id }) => id)).toEqual(['a', 'c'])
    expect(choices[0]?.finish_reason).toBe('tool_calls')
    expect(choices[0]?.message.content).toBe(blocked.text)
  })

  it.runIf(process.platform === 'linux')('knows whose process calls', async () => {
    answersWhole(chat)
    await send(chat.path, { body })
    expect(host.judged[0]?.caller.ancestry[1]?.pid).toBe(process.pid)
  })
})

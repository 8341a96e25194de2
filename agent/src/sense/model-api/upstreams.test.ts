import type { ServerResponse } from 'node:http'
import { afterEach, describe, expect, it } from 'vitest'
import { blocked } from '../scripted-host.fixture.ts'
import { type Got, GatewayBed } from './gateway.fixture.ts'
import { SAMPLES } from './samples.fixture.ts'

let bed: GatewayBed
afterEach(() => bed.close())

/** What reaches a client of an answer that may break off. */
function partOf(bed: GatewayBed, path: string, body: object): Promise<{ readonly text: string; readonly whole: boolean }> {
  return fetch(`${bed.gateway.address}${path}`, { method: 'POST', body: JSON.stringify(body) }).then(async (response) => {
    const [decoder, reader] = [new TextDecoder(), response.body?.getReader()]
    let text = ''
    try {
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
        if (done) return { text, whole: true }
        text += decoder.decode(value, { stream: true })
      }
    } catch {
      return { text, whole: false }
    }
  })
}

const head = (response: ServerResponse, type: string, more: Readonly<Record<string, string>> = {}) =>
  response.writeHead(200, { 'content-type': type, ...more })

describe.each(Object.entries(SAMPLES))('a model server of %s', (name, sample) => {
  const wholePath = sample.wholePath ?? sample.path
  const told = (got: Got) => {
    expect(got.body).toMatch(/Assize: .*; nothing of this request ran\. Assize goes on deciding\./)
    expect(JSON.parse(got.body)).toHaveProperty('error')
    return got.status
  }

  it('that is away, or goes away, is told in the words of its API', async () => {
    bed = await GatewayBed.open()
    bed.answerWith = (_request, response) => response.destroy()
    expect(told(await bed.send(wholePath, sample.request))).toBe(502)
    bed.answerWith = (_request, response) => {
      head(response, 'application/json', { 'content-length': '1000' }).write('{"half":')
      setTimeout(() => response.destroy(), 20)
    }
    expect(told(await bed.send(wholePath, sample.request))).toBe(502)
    bed.upstream.closeAllConnections()
    await new Promise((resolve) => bed.upstream.close(resolve))
    expect(told(await bed.send(wholePath, sample.request))).toBe(502)
  })

  it('that says nothing for too long is given up', async () => {
    bed = await GatewayBed.open({ silentMs: 150 })
    bed.answerWith = () => undefined
    expect(told(await bed.send(wholePath, sample.request))).toBe(502)
    bed.answerWith = (_request, response) => void head(response, 'application/json').write('{')
    expect(told(await bed.send(wholePath, sample.request))).toBe(502)
  })

  it('that breaks off in its answer leaves no answer that looks whole, and says why', async () => {
    bed = await GatewayBed.open()
    bed.answerWith = (_request, response) => {
      head(response, sample.type).write(sample.stream.slice(0, sample.ahead.length + 40))
      setTimeout(() => response.destroy(), 20)
    }
    const { text, whole } = await partOf(bed, sample.path, sample.request)
    expect(whole).toBe(false)
    expect(text.startsWith(sample.ahead)).toBe(true)
    const last = text.slice(sample.ahead.length)
    expect(last).toMatch(/Assize: the answer of .* broke off .*; nothing that was still held has gone out\./)
    const data =
      last
        .split('\n')
        .find((line) => line.includes('Assize'))
        ?.replace(/^data: /, '') ?? ''
    expect(JSON.parse(data)).toHaveProperty('error')
    if (name === 'anthropic' || name === 'openai-responses') expect(last).toMatch(/^event: error$/m)
  })

  it('that sends what cannot be read ends the answer, and nothing behind it goes out', async () => {
    bed = await GatewayBed.open()
    bed.host.rule = () => blocked
    bed.answerWith = (_request, response) =>
      void head(response, sample.type).end(
        `${sample.ahead}${name === 'ollama' ? '{"broken"\n' : 'data: {"broken\n\n'}${sample.stream.slice(sample.ahead.length)}`,
      )
    const { text } = await partOf(bed, sample.path, sample.request)
    expect(text).not.toContain('rm -rf')
    expect(text).not.toMatch(/"(?:tool_use|tool_calls|function_call|functionCall)"/)
  })
})

describe('connections to a model server', () => {
  it('that were closed in between cost no request', async () => {
    bed = await GatewayBed.open()
    const path = SAMPLES['openai-chat']?.path ?? ''
    for (let index = 0; index < 10; index += 1) {
      expect((await bed.send(path, { messages: [] })).status).toBe(200)
      bed.upstream.closeAllConnections()
    }
  })

  it('carry no more than anybody can read', async () => {
    bed = await GatewayBed.open()
    bed.answerWith = (_request, response) => {
      head(response, 'application/json')
      const more = () => {
        while (response.writable && response.write(Buffer.alloc(1_000_000, 'x'))) continue
        response.once('drain', more)
      }
      more()
    }
    const { status, body } = await bed.send(SAMPLES['anthropic']?.path ?? '', { messages: [] })
    expect(status).toBe(502)
    expect(body).toMatch(/larger than 64 MiB/)
    expect((await bed.send('/openai/v1/chat/completions', Buffer.alloc(65 * 1024 * 1024, ' '))).status).toBe(413)
  }, 30_000)
})

describe('an answer that the provider kept', () => {
  const sample = SAMPLES['openai-responses']
  const call = { ...(sample?.whole as { readonly output: readonly object[] }) }

  it.each(['/openai/v1/responses/resp_X1', '/openai/v1/responses/resp_X1?include[]=x', '/openai/v1/responses/resp_X1/cancel'])(
    'has its calls held when it is fetched at %s',
    async (path) => {
      bed = await GatewayBed.open()
      bed.answerWith = (_request, response) =>
        head(response, 'application/json').end(JSON.stringify({ id: 'resp_X1', status: 'queued', output: [] }))
      await bed.send('/openai/v1/responses', { ...sample?.request, stream: false, background: true })
      bed.answerWith = (_request, response) => head(response, 'application/json').end(JSON.stringify(call))
      bed.host.rule = () => blocked
      const method = path.endsWith('cancel') ? 'POST' : 'GET'
      const text = await (await fetch(`${bed.gateway.address}${path}`, { method })).text()
      expect(text).not.toContain('rm -rf')
      expect(text).toContain(blocked.text)
      expect(new Set(bed.host.judged.map(({ hostSession }) => hostSession))).toEqual(new Set([bed.host.observed[0]?.hostSession]))
      expect(bed.received.at(-1)?.url).toBe(path.replace('/openai', ''))
    },
  )

  it('has its calls held when it is streamed, and asked for by name in chats', async () => {
    bed = await GatewayBed.open()
    bed.host.rule = () => blocked
    bed.answerWith = (_request, response) => head(response, 'text/event-stream').end(sample?.stream)
    expect(await (await fetch(`${bed.gateway.address}/openai/v1/responses/resp_X1?stream=true`)).text()).toContain(blocked.text)
    bed.answerWith = (_request, response) => head(response, 'application/json').end(JSON.stringify(SAMPLES['openai-chat']?.whole))
    expect(await (await fetch(`${bed.gateway.address}/openai/v1/chat/completions/cc_1`)).text()).toContain(blocked.text)
  })

  it('is noted as unread when it comes in a heap', async () => {
    bed = await GatewayBed.open()
    await fetch(`${bed.gateway.address}/anthropic/v1/messages/batches/b_1/results`)
    await fetch(`${bed.gateway.address}/openai/v1/files/f_1/content`)
    await fetch(`${bed.gateway.address}/openai/v1/models`)
    expect(bed.host.log).toEqual([{ noted: 'gate.unread' }, { noted: 'gate.unread' }])
  })

  it('is not asked for where a request says more than its name', async () => {
    bed = await GatewayBed.open()
    for (const [path, key] of [
      ['/openai/v1/responses/compact', 'input'],
      ['/openai/v1/responses/input_tokens', 'input'],
      ['/anthropic/v1/messages/count_tokens', 'messages'],
      ['/gemini/v1beta/models/m:countTokens', 'contents'],
    ] as const) {
      const turns = key === 'contents' ? [{ role: 'user', parts: [{ text: 'What I say.' }] }] : [{ role: 'user', content: 'What I say.' }]
      await bed.send(path, { [key]: turns })
    }
    // Two of them speak the same API, so they begin the same conversation.
    const said = { type: 'prompt', text: 'What I say.' }
    expect(bed.host.observed.map(({ event }) => event)).toEqual([said, said, said])
    expect(bed.host.log.some((one) => 'noted' in one)).toBe(false)
  })
})

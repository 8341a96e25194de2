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

import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { currentPlatform } from '../../platform/platform.ts'
import type { Listening } from '../listening-gate.ts'
import { blocked, released, ScriptedHost } from '../scripted-host.fixture.ts'
import { modelApi, modelApiConfigSchema } from './index.ts'
import { SAMPLES, type Sample } from './samples.fixture.ts'

const sample = SAMPLES['openai-responses'] as Sample
const messages = sample.stream.split('\n\n').flatMap((event) => /^data: (.*)$/m.exec(event)?.[1] ?? [])
const { stream: _stream, ...create } = { ...(sample.request as { stream?: boolean }), type: 'response.create' }

let upstream: Server
let sockets: WebSocketServer
let host: ScriptedHost
let gateway: Listening
let asked: { readonly headers: Readonly<Record<string, unknown>>; readonly messages: string[] }[]
/** What the model server says to each message. */
let answer: (socket: WebSocket, text: string) => void

beforeEach(async () => {
  asked = []
  answer = (socket) => messages.forEach((message) => socket.send(message))
  upstream = createServer((_request, response) => response.writeHead(404).end())
  sockets = new WebSocketServer({
    server: upstream,
    verifyClient: ({ req }: { readonly req: IncomingMessage }) => req.url?.includes('forbidden') !== true,
  })
  sockets.on('connection', (socket, request) => {
    const here = { headers: request.headers, messages: [] as string[] }
    asked.push(here)
    socket.on('message', (data: Buffer) => {
      here.messages.push(data.toString())
      answer(socket, data.toString())
    })
  })
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve))
  const address = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`
  host = new ScriptedHost()
  gateway = await modelApi(modelApiConfigSchema.parse({ port: 0, upstreams: { openai: address } })).listen(host, currentPlatform())
})

afterEach(async () => {
  await gateway.close()
  for (const socket of sockets.clients) socket.terminate()
  upstream.closeAllConnections()
  await new Promise((resolve) => upstream.close(resolve))
})

interface Client {
  readonly socket: WebSocket
  readonly got: string[]
  readonly closed: Promise<number>
}

async function open(
  path = '/openai/v1/responses',
  headers: Readonly<Record<string, string>> = { authorization: 'Bearer k-secret' },
): Promise<Client> {
  const socket = new WebSocket(`${(gateway.address ?? '').replace('http', 'ws')}${path}`, { headers })
  const got: string[] = []
  socket.on('message', (data: Buffer) => got.push(data.toString()))
  const closed = new Promise<number>((resolve) => socket.on('close', resolve))
  await new Promise<void>((resolve, reject) => {
    socket.on('open', resolve)
    socket.on('error', reject)
    socket.on('unexpected-response', (_request, response) => reject(new Error(String(response.statusCode))))
  })
  return { socket, got, closed }
}

describe('the Responses API over a WebSocket', () => {
  it('goes through to the byte, and is taken in and judged like any other', async () => {
    const { socket, got } = await open()
    const text = JSON.stringify(create)
    socket.send(text)
    await expect.poll(() => got.length).toBe(messages.length)
    expect(got).toEqual(messages)
    expect(asked[0]).toMatchObject({ messages: [text], headers: { authorization: 'Bearer k-secret' } })
    expect(host.judged.map(({ call }) => call.tool)).toEqual(['run_command'])
    expect(host.observed.map(({ event }) => event)).toContainEqual({ type: 'prompt', text: 'Clean up.' })
    expect(JSON.stringify(host.log)).not.toContain('k-secret')
    socket.close()
  })

  it('sends nothing of a call before it is judged, and the reason in the place of a blocked one', async () => {
    let decide: () => void = () => undefined
    host.rule = () => new Promise((resolve) => (decide = () => resolve(blocked)))
    const { socket, got } = await open()
    socket.send(JSON.stringify(create))
    await expect.poll(() => host.judged.length).toBe(1)
    expect(got).toEqual(messages.slice(0, 4))
    decide()
    await expect.poll(() => got.at(-1) ?? '').toContain('response.completed')
    expect(got.join('\n')).not.toMatch(/function_call|rm -rf/)
    expect(got.join('\n')).toContain(blocked.text)
    const numbers = got.map((text) => (JSON.parse(text) as { readonly sequence_number: number }).sequence_number)
    expect(numbers).toEqual(numbers.map((_number, index) => index))
    socket.close()
  })

  it('keeps answers in other lanes going while one is held', async () => {
    answer = (socket, text) => {
      const lane = (JSON.parse(text) as { readonly stream_id: string }).stream_id
      const said = lane === 'a' ? messages : messages.slice(0, 4)
      for (const message of said) socket.send(JSON.stringify({ ...(JSON.parse(message) as object), stream_id: lane }))
    }
    let decide: () => void = () => undefined
    host.rule = () => new Promise((resolve) => (decide = () => resolve(released)))
    const { socket, got } = await open()
    socket.send(JSON.stringify({ ...create, stream_id: 'a' }))
    await expect.poll(() => host.judged.length).toBe(1)
    socket.send(JSON.stringify({ ...create, stream_id: 'b' }))
    const of = (lane: string) => got.filter((text) => text.includes(`"stream_id":"${lane}"`))
    await expect.poll(() => of('b').length).toBe(4)
    expect(of('a')).toHaveLength(4)
    decide()
    await expect.poll(() => of('a').length).toBe(messages.length)
    socket.close()
  })

  it('answers one request after the other, and knows what came back for the first', async () => {
    const { socket, got } = await open()
    socket.send(JSON.stringify(create))
    await expect.poll(() => got.length).toBe(messages.length)
    const output = [{ type: 'function_call_output', call_id: 'c1', output: 'a file' }]
    socket.send(JSON.stringify({ type: 'response.create', model: 'm', previous_response_id: 'resp_1', input: output }))
    await expect.poll(() => got.length).toBe(2 * messages.length)
    expect(host.log).toContainEqual({ settled: 'D1', outcome: 'released' })
    expect(new Set(host.judged.map(({ hostSession }) => hostSession)).size).toBe(1)
    socket.close()
  })

  it('tells the client in its own words what it does not forward', async () => {
    host.offer = () => ({ action: 'block', edits: [], text: 'Blocked by Assize: a key.', said: 'deny' })
    const { socket, got } = await open()
    socket.send('{"type":"response.create","type":"response.create"}')
    socket.send(JSON.stringify({ ...create, input: `the key is ghp_${'q7RkD2mZ9xLw4TbV8nYc3HsJ6pFa1GeU0iKo'}` }))
    await expect.poll(() => got.length).toBe(2)
    expect(got.map((text) => (JSON.parse(text) as { readonly type: string; readonly status: number }).status)).toEqual([400, 403])
    expect(got[1]).toContain('a key')
    expect(asked[0]?.messages).toEqual([])
    socket.close()
  })

  it('releases nothing of a call in which the connection ends', async () => {
    host.rule = () => blocked
    answer = (socket) => {
      for (const message of messages.slice(0, 6)) socket.send(message)
      socket.close(1000)
    }
    const { socket, got, closed } = await open()
    socket.send(JSON.stringify(create))
    await closed
    expect(got.join('')).not.toMatch(/function_call|rm -/)
  })

  it.each([
    ['not json'.repeat(2)],
    ['{"type":"response.output_item.done"'],
    [' {"type": "response.created"'],
    ['[{"type":"response.output_item.done"}]'],
  ])('lets nothing through that could be read otherwise: %s', async (odd) => {
    answer = (socket) => {
      socket.send(odd)
      for (const message of messages) socket.send(message)
    }
    host.rule = () => blocked
    const { socket, got, closed } = await open()
    socket.send(JSON.stringify(create))
    if (odd.startsWith('not')) await expect.poll(() => got.at(-1) ?? '').toContain('response.completed')
    else expect(await closed).toBe(1011)
    expect(got.join('')).not.toMatch(/function_call|rm -rf/)
    socket.close()
  })

  it('opens nothing for strangers, other APIs and what the model server refuses', async () => {
    await expect(open('/openai/v1/responses', { origin: 'https://evil.example' })).rejects.toThrow('403')
    await expect(open('/openai/v1/responses', { host: 'evil.example' })).rejects.toThrow('421')
    await expect(open('/openai/v1/realtime')).rejects.toThrow('501')
    await expect(open('/openai/v1/forbidden/responses')).rejects.toThrow('401')
    expect(asked).toEqual([])
  })

  it('ends for both when one of them goes, and when the agent stops', async () => {
    const first = await open()
    first.socket.terminate()
    await expect.poll(() => sockets.clients.size).toBe(0)
    const second = await open()
    for (const socket of sockets.clients) socket.terminate()
    expect(await second.closed).toBe(1011)
    const third = await open()
    await gateway.close()
    await third.closed
    await expect.poll(() => sockets.clients.size).toBe(0)
  })
})

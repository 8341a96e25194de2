import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterEach, expect, it } from 'vitest'
import { runBridge } from './bridge.ts'

const open: (() => void)[] = []
afterEach(() => open.splice(0).forEach((close) => close()))

/** A bridge to a real server; `said` gives the next line that it says to its host. */
async function bridged(answer: RequestListener) {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => {
    server.closeAllConnections()
    server.close()
  })
  const [input, output] = [new PassThrough(), new PassThrough()]
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/mcp`)
  const complaints: string[] = []
  const complain = (text: string): void => void complaints.push(text)
  const over = runBridge({ url, headers: {}, lineBytes: 10_000, input, output, complain })
  return {
    ask: (id: number): void => void input.write(`${JSON.stringify({ jsonrpc: '2.0', id, method: 'tools/call', params: {} })}\n`),
    said: async () => ((await once(output, 'data')) as [Buffer])[0].toString(),
    end: () => {
      input.end()
      return over
    },
  }
}

it('passes a line on as it came, and makes one line of an answer that is spread over several', async () => {
  const answers = ['{"jsonrpc":"2.0", "id":1, "result":{}}', '{\n "jsonrpc": "2.0",\n "id": 2,\n "result": {}\n}\n']
  const bridge = await bridged((_request, response) => response.setHeader('content-type', 'application/json').end(answers.shift()))
  bridge.ask(1)
  expect(await bridge.said()).toBe('{"jsonrpc":"2.0", "id":1, "result":{}}\n')
  bridge.ask(2)
  expect(await bridge.said()).toBe('{"jsonrpc":"2.0","id":2,"result":{}}\n')
  await bridge.end()
})

it.each<[string, RequestListener]>([
  [
    'is too long',
    (_request, response) => response.setHeader('content-type', 'application/json').end(`{"id":1,"x":"${'x'.repeat(20_000)}"}`),
  ],
  [
    'breaks off',
    (_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 }).write('{"id":')
      setTimeout(() => response.destroy(), 50)
    },
  ],
])('says that an answer failed which %s', async (_, answer) => {
  const bridge = await bridged(answer)
  bridge.ask(1)
  expect(JSON.parse(await bridge.said())).toMatchObject({ id: 1, error: { message: expect.stringContaining('could not carry this call') } })
  await bridge.end()
})

it('hangs up on a server that never answers, once the host is gone', async () => {
  let left = false
  const bridge = await bridged((_request, response) => response.once('close', () => (left = true)))
  bridge.ask(1)
  await new Promise((resolve) => setTimeout(resolve, 100))
  await bridge.end()
  await expect.poll(() => left).toBe(true)
})

import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { StreamedBody } from './streamed-body.ts'

const PIECES = ['data: one\n\n', 'data: zwölf\n\n', `data: ${'long '.repeat(40_000)}\n\n`]

async function serve(answer: (response: ServerResponse, nth: number) => Promise<void> | void): Promise<number> {
  let seen = 0
  const server = createServer((_, response) => void answer(response, seen++))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function begin(response: ServerResponse): StreamedBody {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  return new StreamedBody(response)
}

function streamPieces(response: ServerResponse): void {
  const body = begin(response)
  body.write([Buffer.alloc(0)])
  for (const piece of PIECES) body.write([...piece.match(/.{1,9999}/gsu)!].map((part) => Buffer.from(part)))
  response.end()
}

/** Everything that comes until the server hangs up. */
async function bytesFor(port: number, request: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(request)
  const parts: Buffer[] = []
  for await (const part of socket) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

test('pieces come as they are, and an empty one does not end the body', async () => {
  const port = await serve(streamPieces)
  const response = await fetch(`http://127.0.0.1:${port}/`)
  expect(await response.text()).toBe(PIECES.join(''))
})

test('a client that knows no chunks gets none', async () => {
  const port = await serve(streamPieces)
  const text = await bytesFor(port, 'GET / HTTP/1.0\r\n\r\n')
  expect(text.slice(text.indexOf('\r\n\r\n') + 4)).toBe(PIECES.join(''))
})

test('an answer behind another waits for it', async () => {
  const port = await serve(async (response, nth) => {
    if (nth === 0) await new Promise((resolve) => setTimeout(resolve, 100))
    const body = begin(response)
    body.write([Buffer.from(`answer ${nth}`)])
    response.end()
  })
  const request = 'GET / HTTP/1.1\r\nhost: x\r\n\r\n'
  const text = await bytesFor(port, `${request}GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
  expect([...text.matchAll(/\r\n\r\n8\r\n(answer \d)\r\n0\r\n\r\n/g)].map(([, said]) => said)).toEqual(['answer 0', 'answer 1'])
})

test('says when the client does not keep up, and when it has', async () => {
  let drained = 0
  const port = await serve(async (response) => {
    const body = begin(response)
    while (!body.full) body.write([Buffer.alloc(1_000_000, 'x')])
    await new Promise<void>((resolve) => body.drained(resolve))
    drained += 1
    response.end()
  })
  const socket = connect(port, '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')
  socket.pause()
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(drained).toBe(0)
  socket.resume()
  await once(socket, 'end')
  expect(drained).toBe(1)
})

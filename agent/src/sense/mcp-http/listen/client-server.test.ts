import type { ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ClientServer } from './client-server.ts'
import { Reply } from './reply.ts'

/** A client's connection, and what was written to it. */
function connection() {
  const stream = new PassThrough()
  const written: string[] = []
  let status = 0
  stream.on('data', (chunk: Buffer) => written.push(chunk.toString()))
  const response = Object.assign(stream, {
    headersSent: false,
    flushHeaders: () => undefined,
    writeHead(code: number) {
      status = code
      response.headersSent = true
      return response
    },
  })
  return {
    reply: new Reply(response as unknown as ServerResponse, 'application/json, text/event-stream'),
    text: () => written.join(''),
    status: () => status,
    hangUp: () => stream.destroy(),
  }
}

function opened() {
  const sent: string[] = []
  const one = new ClientServer()
  one.server = { full: false, take: (line) => void sent.push(line.toString()), resume: () => undefined, close: () => undefined }
  return { one, sent, said: () => sent.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

const asked = (id: string, more = '') => ({
  id,
  method: 'tools/call',
  stateless: true,
  line: Buffer.from(`{"jsonrpc":"2.0","id":${id},"method":"tools/call","params":{"big":12345678901234567890${more}}}\n`),
})
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('a server for one client', () => {
  it('keeps apart requests that two of its connections number alike, and changes nothing else', async () => {
    const { one, sent } = opened()
    const [first, second] = [connection(), connection()]
    const token = ',"_meta":{"progressToken":5}'
    expect(one.ask(asked('7', token), first.reply)).toBe(true)
    expect(one.ask(asked('7', token), second.reply)).toBe(true)
    expect(sent[0]).toContain('"id":7,')
    expect(sent[1]).toContain('"id":"assize-1",')
    expect(sent[1]).toContain('12345678901234567890,"_meta":{"progressToken":"assize-1"}')
    one.heard(Buffer.from('{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"assize-1","progress":1}}\n'))
    one.heard(Buffer.from('{"jsonrpc":"2.0","id":"assize-1","result":{"n":12345678901234567890}}\n'))
    one.heard(Buffer.from('{"jsonrpc":"2.0","id":7,"result":{}}\n'))
    await settled()
    expect(second.text()).toContain('"progressToken":5,"progress":1')
    expect(second.text()).toContain('"id":7,"result":{"n":12345678901234567890}')
    expect(first.text()).toBe('{"jsonrpc":"2.0","id":7,"result":{}}\n')
  })

  it('tells a subscription from another, and takes back what a client hung up on', async () => {
    const { one, said } = opened()
    const [first, second] = [connection(), connection()]
    one.ask(asked('1'), first.reply)
    one.ask(asked('1'), second.reply)
    const about = (id: string) =>
      Buffer.from(`{"jsonrpc":"2.0","method":"notifications/x","params":{"_meta":{"io.modelcontextprotocol/subscriptionId":${id}}}}\n`)
    one.heard(about('"assize-1"'))
    await settled()
    expect([first.text(), second.text()]).toEqual(['', expect.stringContaining('subscriptionId":1}')])
    second.hangUp()
    await settled()
    expect(said().at(-1)).toMatchObject({ method: 'notifications/cancelled', params: { requestId: 'assize-1' } })
  })

  it('refuses the same number twice in a session, says errors by status, and answers everybody when the server ends', async () => {
    const { one } = opened()
    const [first, second, third] = [connection(), connection(), connection()]
    one.ask({ ...asked('1'), stateless: false }, first.reply)
    expect(one.ask({ ...asked('1'), stateless: false }, second.reply)).toBe(false)
    one.ask(asked('2'), third.reply)
    one.heard(Buffer.from('{"jsonrpc":"2.0","id":2,"error":{"code":-32601,"message":"no"}}\n'))
    one.end()
    await settled()
    expect([third.status(), first.status()]).toEqual([404, 502])
    expect(first.text()).toContain('ended before it answered')
    expect(first.text()).toContain('begin another with `initialize`')
  })

  it('keeps no more than a little for a stream that nobody opened, and no requests of those who are gone', async () => {
    const { one } = opened()
    for (let time = 0; time < 3; time += 1)
      one.heard(Buffer.from(`{"jsonrpc":"2.0","method":"notifications/x","params":{"n":${time},"text":"${'x'.repeat(600_000)}"}}\n`))
    for (let time = 0; time < 1000; time += 1) {
      const client = connection()
      one.ask({ ...asked(String(time)), stateless: false }, client.reply)
      client.hangUp()
    }
    await settled()
    expect([one.idle, one.full]).toEqual([true, false])
    const general = connection()
    one.listen(general.reply)
    await settled()
    expect(general.text()).toContain('"n":0')
    expect(general.text()).not.toContain('"n":1')
  })
})

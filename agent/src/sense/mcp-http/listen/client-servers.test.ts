import type { ServerResponse } from 'node:http'
import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { ClientServers, type ServerEnds } from './client-servers.ts'
import { Reply } from './reply.ts'

/** Servers that end when they like, as processes do. */
function opened() {
  const started: { readonly ends: ServerEnds; closed: boolean }[] = []
  const servers = new ClientServers(async (_client, ends) => {
    const one = { ends, closed: false }
    started.push(one)
    return { full: false, take: () => undefined, resume: () => undefined, close: () => void (one.closed = true) }
  })
  const running = () => started.length
  return { servers, started, running }
}

function waiting(): { readonly reply: Reply; readonly hangUp: () => void } {
  const stream = new PassThrough()
  return { reply: new Reply(stream as unknown as ServerResponse, undefined), hangUp: () => void stream.destroy() }
}

async function closed(servers: ClientServers, started: readonly { readonly ends: ServerEnds }[]): Promise<void> {
  const done = servers.close()
  for (const { ends } of started) ends.ended()
  await done
}

const ask = (id: string) => ({ id, method: 'tools/call', stateless: false, line: Buffer.from('{}\n') })

describe('servers that were started for clients', () => {
  it('are no more than there is room for, however slowly they end', async () => {
    const { servers, started, running } = opened()
    const opening = async () =>
      servers.open(undefined).then(
        () => true,
        () => false,
      )
    const all: boolean[] = []
    for (let time = 0; time < 300; time += 1) all.push(await opening())
    expect([running(), all.filter(Boolean).length]).toEqual([128, 128])
    // What was told to end is found no more, and leaves room when it is gone.
    const told = started.filter(({ closed }) => closed)
    expect(told).toHaveLength(64)
    for (const { ends } of told) ends.ended()
    expect(await opening()).toBe(true)
    await closed(servers, started)
  })

  it('are not found once they are told to end, and the next request has one of its own that stays', async () => {
    const { servers, started, running } = opened()
    const [id] = await servers.open(undefined)
    expect([servers.end(id), servers.session(id), servers.end(id)]).toEqual([true, undefined, false])
    const first = await servers.ofProcess('7', 7)
    for (let time = 0; time < 64; time += 1) await servers.open(undefined)
    const second = await servers.ofProcess('7', 7)
    expect(second).not.toBe(first)
    const before = running()
    for (const { ends, closed } of started) if (closed) ends.ended()
    expect(await servers.ofProcess('7', 7)).toBe(second)
    expect(running()).toBe(before)
    await closed(servers, started)
  })

  it('make room where everybody who asked has hung up', async () => {
    const { servers, started } = opened()
    const clients = []
    for (let time = 0; time < 64; time += 1) {
      const [, server] = await servers.open(undefined)
      const client = waiting()
      server.ask(ask('1'), client.reply)
      clients.push(client)
    }
    await expect(servers.open(undefined)).rejects.toThrow('at work already')
    clients[0]?.hangUp()
    await new Promise((resolve) => setImmediate(resolve))
    expect(await servers.open(undefined)).toHaveLength(2)
    for (const { hangUp } of clients) hangUp()
    await closed(servers, started)
  })
  it('are waited for until the last of them is gone', async () => {
    const { servers, started } = opened()
    await servers.open(undefined)
    await servers.open(undefined)
    let done = false
    const closing = servers.close().then(() => {
      done = true
    })
    started[0]?.ends.ended()
    await new Promise((resolve) => setImmediate(resolve))
    expect([done, started.map((one) => one.closed)]).toEqual([false, [true, true]])
    await expect(servers.open(undefined)).rejects.toThrow('being closed')
    started[1]?.ends.ended()
    await closing
    await new ClientServers(() => Promise.reject(new Error('never'))).close()
  })
})

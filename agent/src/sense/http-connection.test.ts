import 'reflect-metadata'
import dns from 'node:dns'
import { once } from 'node:events'
import { type AddressInfo, connect, createServer as createPlain, type Server, type Socket } from 'node:net'
import { createServer as createSecure, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { X509CertificateGenerator } from '@peculiar/x509'
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { messageOf } from '../platform/errors.ts'
import { type Asking, Connections } from './http-connections.ts'
import type { Answer } from './http-exchange.ts'

const RECORD_BYTES = 16 * 1024

let identity: { readonly key: string; readonly cert: string }
const trusted = getCACertificates('default')

beforeAll(async () => {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=localhost', keys, signingAlgorithm: algorithm })
  const pkcs8 = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  identity = { key: `-----BEGIN PRIVATE KEY-----\n${pkcs8}\n-----END PRIVATE KEY-----\n`, cert: made.toString('pem') }
  setDefaultCACertificates([...trusted, identity.cert])
})
afterAll(() => setDefaultCACertificates(trusted))

async function listening(server: Server): Promise<number> {
  const sockets: Socket[] = []
  server.on('connection', (socket: Socket) => sockets.push(socket.on('error', () => undefined)))
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

/** A server that answers every request as it is told to. */
function secure(speak: (socket: Socket) => void): Promise<number> {
  return listening(
    createSecure(identity, (socket) => void socket.on('error', () => undefined).on('data', () => speak(socket))) as unknown as Server,
  )
}

function pool(): Connections {
  const connections = new Connections({ silentMs: 0 })
  onTestFinished(() => connections.close())
  return connections
}

const asking = (url: string): Asking => ({
  ...{ method: 'POST', origin: new URL(url), target: '/x', headers: {} },
  ...{ body: Buffer.from('{}'), again: false, abandoned: () => undefined },
})

interface Watching {
  readonly piece?: (answer: Answer, nth: number) => void
  readonly end?: () => void
}

function ask(connections: Connections, url: string, { piece, end }: Watching = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: string[] = []
    connections.ask(asking(url), {
      fail: reject,
      head: (answer) => ({
        piece(bytes) {
          parts.push(bytes.toString('latin1'))
          piece?.(answer, parts.length)
        },
        end() {
          end?.()
          resolve(parts.join(''))
        },
        fail: reject,
      }),
    })
  })
}

/** Longer than it takes for all that a server says at once to come. */
const waitAtFirst = (answer: Answer, nth: number): void => {
  if (nth !== 1) return
  answer.pause()
  setTimeout(answer.resume, 100)
}

describe('a connection that is closed while its answer waits', () => {
  it.each([
    ['ends with it', 'connection: close\r\n'],
    ['has a length', `connection: close\r\ncontent-length: 40000\r\n`],
  ])('loses nothing of one that %s', async (_, headers) => {
    const body = 'x'.repeat(40_000)
    const port = await secure((socket) => socket.end(`HTTP/1.1 200 OK\r\n${headers}\r\n${body}`))
    expect((await ask(pool(), `https://localhost:${port}`, { piece: waitAtFirst })) === body).toBe(true)
  })

  it('still breaks off where not all has come', async () => {
    const port = await secure((socket) => socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 40001\r\n\r\n${'x'.repeat(40_000)}`))
    await expect(ask(pool(), `https://localhost:${port}`, { piece: waitAtFirst })).rejects.toThrow('it broke off')
  })

  it('tells who waits for it when all is closed', async () => {
    const port = await secure((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(40_000)}`))
    const connections = pool()
    const got = ask(connections, `https://localhost:${port}`, {
      piece(answer) {
        answer.pause()
        setTimeout(() => connections.close(), 100)
      },
    })
    await expect(got).rejects.toThrow('the gate closed')
  })
})

it('gives nobody an answer that came behind another one before it was asked for', async () => {
  const head = 'HTTP/1.1 200 OK\r\ncontent-length: '
  const answer = (body: string) => `${head}${body.length}\r\n\r\n${body}`
  const first = answer('x'.repeat(2 * RECORD_BYTES - answer('').length - 4))
  expect(first).toHaveLength(2 * RECORD_BYTES)
  let says = `${first}${answer('forged')}`
  const port = await secure((socket) => {
    socket.write(says)
    says = answer('second')
  })
  const url = `https://localhost:${port}`
  const connections = pool()
  let second: Promise<string> | undefined
  await ask(connections, url, { piece: waitAtFirst, end: () => (second = ask(connections, url)) })
  expect(await second).toBe('second')
})

it('begins anew with a server that breaks off where an earlier session is taken up', async () => {
  const behind = await secure((socket) => socket.write('HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi'))
  const hellos: number[] = []
  const server = createPlain((socket) => {
    socket.once('data', (hello: Buffer) => {
      hellos.push(hello.length)
      // What takes a session up is longer by it.
      if (hello.length > (hellos[0] as number) + 100) return void socket.destroy()
      const onward = connect(behind, '127.0.0.1').on('error', () => undefined)
      onward.write(hello)
      socket.pipe(onward).pipe(socket)
    })
  })
  const url = `https://localhost:${await listening(server)}`
  const connections = pool()
  await ask(connections, url)
  await expect(ask(connections, url)).rejects.toThrow('it broke off')
  expect(await ask(connections, url)).toBe('hi')
})

it.each([
  ['speaks otherwise', 'SSH-2.0-OpenSSH_9.9\r\n'],
  ['ends its lines otherwise', 'HTTP/1.1 200 OK\ncontent-length: 2\n\nhi'],
])('waits for nothing more of a server that %s', async (_, text) => {
  const port = await listening(createPlain((socket) => void socket.on('data', () => socket.write(text))))
  await expect(ask(pool(), `http://127.0.0.1:${port}`)).rejects.toThrow('does not begin as HTTP does')
})

it('says why a host is not there that has several addresses', async () => {
  const server = createPlain()
  const port = await listening(server)
  await new Promise((resolve) => server.close(resolve))
  const both = [
    { address: '127.0.0.1', family: 4 },
    { address: '::1', family: 6 },
  ]
  const asked = vi
    .spyOn(dns, 'lookup')
    .mockImplementation(((_host, _options, found) => process.nextTick(found, null, both)) as typeof dns.lookup)
  onTestFinished(() => asked.mockRestore())
  const failed = await ask(pool(), `http://localhost:${port}`).catch(messageOf)
  expect(failed).toMatch(/ECONNREFUSED/)
})

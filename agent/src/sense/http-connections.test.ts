import 'reflect-metadata'
import { once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer as createPlain, type Server, type Socket } from 'node:net'
import { createServer as createSecure, getCACertificates, setDefaultCACertificates } from 'node:tls'
import { X509CertificateGenerator } from '@peculiar/x509'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Answer } from './http-exchange.ts'
import { type Asking, Connections } from './http-connections.ts'

type Speak = (socket: Socket, asked: string, nth: number) => void

interface Bed {
  readonly origin: URL
  /** Every request, as it came. */
  readonly asked: string[]
  readonly sockets: Socket[]
}

/** A server that says exactly what it is told to, byte for byte. */
async function serve(speak: Speak, make: (handle: (socket: Socket) => void) => Server = createPlain): Promise<Bed> {
  const asked: string[] = []
  const sockets: Socket[] = []
  const server = make((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.on('data', (bytes: Buffer) => {
      asked.push(bytes.toString('latin1'))
      speak(socket, bytes.toString('latin1'), asked.length - 1)
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { origin: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`), asked, sockets }
}

function pool(silentMs = 0): Connections {
  const connections = new Connections({ silentMs })
  onTestFinished(() => connections.close())
  return connections
}

interface Got {
  readonly status: number
  readonly headers: Answer['headers']
  readonly body: string
}

const asking = (origin: URL, more: Partial<Asking> = {}): Asking => ({
  method: 'POST',
  origin,
  target: '/x',
  headers: {},
  body: Buffer.from('{}'),
  again: false,
  abandoned: () => undefined,
  ...more,
})

function ask(connections: Connections, wanted: Asking, begun: (answer: Answer) => void = () => undefined): Promise<Got> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    connections.ask(wanted, {
      fail: reject,
      head(answer) {
        begun(answer)
        return {
          piece: (bytes) => void parts.push(Buffer.from(bytes)),
          end: () => resolve({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts).toString('latin1') }),
          fail: reject,
        }
      },
    })
  })
}

/** Says it in pieces that arrive by themselves. */
async function sayInPieces(socket: Socket, text: string, sizes: readonly number[]): Promise<void> {
  const bytes = Buffer.from(text, 'latin1')
  let at = 0
  for (const size of [...sizes, bytes.length]) {
    if (at >= bytes.length || socket.destroyed) return
    socket.write(bytes.subarray(at, at + size))
    at += size
    await new Promise((resolve) => setImmediate(resolve))
  }
}

const answer = (body: string, more = '') => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n${more}\r\n${body}`
const chunked = (chunks: readonly string[], trailer = '') =>
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunks.map((one) => `${one.length.toString(16)}\r\n${one}\r\n`).join('')}0\r\n${trailer}\r\n`

describe('an answer', () => {
  it('is the same however it is chunked and cut', async () => {
    const connections = pool()
    let next: { readonly text: string; readonly sizes: readonly number[] } = { text: '', sizes: [] }
    const { origin } = await serve((socket) => void sayInPieces(socket, next.text, next.sizes))
    const chunks = fc.array(fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 300 }), { maxLength: 8 })
    await fc.assert(
      fc.asyncProperty(chunks, fc.array(fc.integer({ min: 1, max: 90 }), { maxLength: 40 }), async (parts, sizes) => {
        next = { text: chunked(parts), sizes }
        expect((await ask(connections, asking(origin))).body).toBe(parts.join(''))
      }),
      { numRuns: 100 },
    )
  })

  it('is what Node reads, wherever it is taken at all', async () => {
    let text = ''
    const { origin } = await serve((socket) => socket.end(text, 'latin1'))
    const piece = fc.constantFrom(
      ...['HTTP/1.1 200 OK\r\n', 'HTTP/1.0 200 OK\r\n', 'HTTP/1.1 204 \r\n', 'HTTP/1.1 100 Go on\r\n\r\n', 'content-length: 3\r\n'],
      ...['content-length: 4\r\n', 'Content-Length : 3\r\n', 'content-length: +3\r\n', 'transfer-encoding: chunked\r\n', 'x: y\r\n'],
      ...['transfer-encoding: gzip\r\n', 'Transfer-Encoding: chunked, identity\r\n', ' folded\r\n', 'x: a\rb\r\n', '\r\n', '\n', 'abc'],
      ...[
        '3\r\nabc\r\n',
        '3;x=y\r\nabc\r\n',
        '03\r\nabc\r\n',
        '0x3\r\nabc\r\n',
        '3 \r\nabc\r\n',
        '0\r\n\r\n',
        '0\r\nx: y\r\n\r\n',
        '3\nabc\n',
      ],
    )
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 9 }), async (pieces) => {
        text = `HTTP/1.1 200 OK\r\n${pieces.join('')}`
        const ours = await ask(pool(), asking(origin)).catch(() => undefined)
        if (ours === undefined) return
        const read = { status: ours.status, body: ours.body, length: ours.headers['content-length'] }
        let theirs = await asNode(origin)
        // Node complains of what lies behind a body; here the connection is not used again.
        while (typeof theirs === 'string' && text.length > 0) {
          text = text.slice(0, -1)
          theirs = await asNode(origin)
        }
        expect(theirs).toEqual(read)
      }),
      { numRuns: 250 },
    )
  }, 30_000)

  it.each([
    ['two ends', 'content-length: 2\r\ntransfer-encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n'],
    ['two lengths', 'content-length: 2\r\ncontent-length: 2\r\n\r\nhi'],
    ['a length that is a list', 'content-length: 2, 2\r\n\r\nhi'],
    ['a length with a sign', 'content-length: +2\r\n\r\nhi'],
    ['another encoding', 'transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n'],
    ['its encoding twice', 'transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'],
    ['a folded header', 'x: a\r\n b\r\ncontent-length: 0\r\n\r\n'],
    ['a blank before the colon', 'content-length : 0\r\n\r\n'],
    ['a bare return', 'x: a\rb: c\r\ncontent-length: 0\r\n\r\n'],
    ['a bare newline', 'x: a\nb: c\r\ncontent-length: 0\r\n\r\n'],
    ['nothing, as a byte', 'x: a\0b\r\ncontent-length: 0\r\n\r\n'],
    ['a head without end', `x: ${'y'.repeat(20_000)}`],
    ['a size with a sign', 'transfer-encoding: chunked\r\n\r\n+2\r\nhi\r\n0\r\n\r\n'],
    ['a size with a prefix', 'transfer-encoding: chunked\r\n\r\n0x2\r\nhi\r\n0\r\n\r\n'],
    ['a size with a blank', 'transfer-encoding: chunked\r\n\r\n2 \r\nhi\r\n0\r\n\r\n'],
    ['no size', 'transfer-encoding: chunked\r\n\r\n\r\nhi\r\n0\r\n\r\n'],
    ['a size beyond all bounds', 'transfer-encoding: chunked\r\n\r\nfffffffff\r\nhi'],
    ['a chunk longer than it says', 'transfer-encoding: chunked\r\n\r\n1\r\nhi\r\n0\r\n\r\n'],
    ['lines that end otherwise', 'transfer-encoding: chunked\r\n\r\n2\nhi\n0\n\n'],
    ['an extension without end', `transfer-encoding: chunked\r\n\r\n2;${'x'.repeat(20_000)}`],
    ['a trailer without end', `transfer-encoding: chunked\r\n\r\n0\r\n${'x: y\r\n'.repeat(4000)}`],
    ['a newline alone behind the last chunk', 'transfer-encoding: chunked\r\n\r\n0\r\n\n'],
  ])('with %s is none', async (_, rest) => {
    const { origin } = await serve((socket) => socket.write(`HTTP/1.1 200 OK\r\n${rest}`, 'latin1'))
    await expect(ask(pool(), asking(origin))).rejects.toThrow(/its answer/)
  })

  it.each(['HTTP/2.0 200 OK', 'HTTP/1.1 2000 OK', 'HTTP/1.1 020 OK', 'ICY 200 OK', ' HTTP/1.1 200 OK', 'HTTP/1.1 101 Switching'])(
    'that begins with %j is none',
    async (first) => {
      const { origin } = await serve((socket) => socket.write(`${first}\r\ncontent-length: 0\r\n\r\n`))
      await expect(ask(pool(), asking(origin))).rejects.toThrow(/answer/)
    },
  )

  it('comes after what is said beforehand, with its trailer left away and its headers as Node gives them', async () => {
    const head = 'Set-Cookie: a=1\r\nset-cookie: b=2\r\nX-A:  1 \t\r\nx-a: 2\r\nContent-Type: a/b\r\ncontent-type: c/d\r\n'
    const text = chunked(['hi'], 'x-late: 1\r\n').replace('\r\n', `\r\n${head}`)
    const { origin } = await serve((socket) => socket.write(`HTTP/1.1 103 Early\r\nlink: x\r\n\r\n${text}`))
    const { headers, body } = await ask(pool(), asking(origin))
    expect(body).toBe('hi')
    expect({ ...headers }).toEqual({
      'set-cookie': ['a=1', 'b=2'],
      'x-a': '1, 2',
      'content-type': 'a/b',
      'transfer-encoding': 'chunked',
    })
  })

  it('of no told length ends with its connection, and breaks off everywhere else', async () => {
    const { origin } = await serve((socket, _asked, nth) =>
      socket.end(nth === 0 ? 'HTTP/1.1 200 OK\r\n\r\nall' : answer('cut').slice(0, -1)),
    )
    expect((await ask(pool(), asking(origin))).body).toBe('all')
    await expect(ask(pool(), asking(origin))).rejects.toThrow('it broke off')
  })

  it('waits where nobody takes it, and loses nothing by that', async () => {
    const body = 'x'.repeat(3_000_000)
    const { origin, sockets } = await serve((socket) => socket.write(answer(body)))
    let [seen, held] = [0, false]
    const connections = pool(100)
    const all = await new Promise<string>((resolve, reject) => {
      const parts: string[] = []
      connections.ask(asking(origin), {
        fail: reject,
        head: (begun) => ({
          piece(bytes) {
            expect(held).toBe(false)
            parts.push(bytes.toString('latin1'))
            seen += 1
            if (seen % 20 !== 3) return
            held = true
            begun.pause()
            // Longer than a server may be silent: it is not the one that keeps anybody waiting.
            setTimeout(() => {
              held = false
              begun.resume()
            }, 150)
          },
          end: () => resolve(parts.join('')),
          fail: reject,
        }),
      })
    })
    expect(all === body).toBe(true)
    expect(sockets).toHaveLength(1)
  })

  it('that nobody waits for any more is not read, and its connection closes', async () => {
    const { origin, sockets } = await serve((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfive!'))
    let giveUp = (): void => undefined
    const got = ask(pool(), asking(origin, { abandoned: (listener) => (giveUp = listener) }), () => setImmediate(giveUp))
    await expect(got).rejects.toThrow('nobody waits')
    await expect.poll(() => sockets[0]?.destroyed).toBe(true)
  })

  it.each(['piece', 'end'] as const)('that breaks its taker in `%s` fails there, and nowhere else', async (where) => {
    const { origin } = await serve((socket) => socket.write(answer('body')))
    const breaks = (now: string) => {
      if (now === where) throw new Error(`broken in ${now}`)
    }
    const failed = await new Promise<Error>((resolve, reject) => {
      const body = { piece: () => breaks('piece'), end: () => breaks('end'), fail: resolve }
      pool().ask(asking(origin), { head: () => body, fail: reject })
    })
    expect(failed.message).toBe(`broken in ${where}`)
  })

  it('of a server that says nothing for too long is given up', async () => {
    const { origin } = await serve(() => undefined)
    await expect(ask(pool(50), asking(origin))).rejects.toThrow(/it said nothing/)
  })
})

describe('a connection', () => {
  const twice = async (first: string) => {
    const { origin, sockets } = await serve((socket, _asked, nth) => socket.write(nth === 0 ? first : answer('second')))
    const connections = pool()
    await ask(connections, asking(origin))
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect((await ask(connections, asking(origin))).body).toBe('second')
    return sockets.length
  }

  it.each([
    [1, 'of a counted answer', answer('first')],
    [1, 'of a chunked answer', chunked(['first'])],
    [1, 'whose server keeps it for long', answer('first', 'keep-alive: timeout=60\r\n')],
    [2, 'whose server closes it', answer('first', 'connection: close\r\n')],
    [2, 'whose server keeps it for a moment', answer('first', 'keep-alive: timeout=1\r\n')],
    [2, 'of an older server', answer('first').replace('1.1', '1.0')],
    [2, 'on which more was said than was asked', `${answer('first')}${answer('forged')}`],
    [2, 'on which more was said than a chunked answer', `${chunked(['first'])}x`],
    [2, 'on which an answer had a body that it cannot have', 'HTTP/1.1 204 No\r\n\r\nforged'],
  ])('is opened %i times for two requests: one %s', async (connections, _, first) => {
    expect(await twice(first)).toBe(connections)
  })

  it('on which something is said that nobody asked for is not used again', async () => {
    const { origin, sockets } = await serve((socket, _asked, nth) => socket.write(answer(`${nth}`)))
    const connections = pool()
    await ask(connections, asking(origin))
    sockets[0]?.write(answer('forged'))
    await expect.poll(() => sockets[0]?.destroyed).toBe(true)
    expect((await ask(connections, asking(origin))).body).toBe('1')
  })

  it('that was closed unused is asked for again where that is wanted, once, and never after it said something', async () => {
    let last = (socket: Socket): unknown => socket.destroy()
    const { origin, asked } = await serve((socket, _asked, nth) => (nth === 0 ? socket.write(answer('first')) : last(socket)))
    const connections = pool()
    await ask(connections, asking(origin))
    await expect(ask(connections, asking(origin, { again: true }))).rejects.toThrow()
    expect(asked).toHaveLength(3)
    last = (socket) => socket.write(answer('kept'))
    await ask(connections, asking(origin))
    last = (socket) => socket.destroy()
    await expect(ask(connections, asking(origin))).rejects.toThrow()
    expect(asked).toHaveLength(5)
    last = (socket) => socket.write(answer('kept'))
    await ask(connections, asking(origin))
    last = (socket) => socket.end('HTTP/1.1 2')
    await expect(ask(connections, asking(origin, { again: true }))).rejects.toThrow('it broke off')
    expect(asked).toHaveLength(7)
  })
})

describe('a request', () => {
  it('is written with its own length and host, whatever was given', async () => {
    const { origin, asked } = await serve((socket) => socket.write(answer('')))
    const headers = { host: 'other', 'Content-Length': '999', 'transfer-encoding': 'chunked', 'x-a': ['1', '2'], 'x-b': 'ä' }
    await ask(pool(), asking(origin, { headers, body: Buffer.from('body') }))
    const common = `POST /x HTTP/1.1\r\nhost: ${origin.host}\r\nconnection: keep-alive\r\nx-a: 1\r\nx-a: 2\r\nx-b: ä\r\n`
    expect(asked).toEqual([`${common}content-length: 4\r\n\r\nbody`])
  })

  it.each<[string, Partial<Asking>]>([
    ['a header that ends its line', { headers: { 'x-a': 'b\r\nx-c: d' } }],
    ['a name that is none', { headers: { 'x-a: b\r\nx-c': 'd' } }],
    ['a path with a blank', { target: '/x HTTP/1.1\r\nx-a: b\r\n\r\nGET /y' }],
    ['a method that is none', { method: 'GET /y' }],
  ])('with %s is not written', async (_, more) => {
    const { origin, asked } = await serve((socket) => socket.write(answer('')))
    const connections = pool()
    expect(() => connections.ask(asking(origin, more), { head: () => expect.unreachable(), fail: () => undefined })).toThrow(TypeError)
    expect(asked).toEqual([])
  })

  it('tells nothing to a server that cannot show who it is, and is read from one that can', async () => {
    const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
    const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
    const made = await X509CertificateGenerator.createSelfSigned({ name: 'CN=localhost', keys, signingAlgorithm: algorithm })
    const key = `-----BEGIN PRIVATE KEY-----\n${Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')}\n-----END PRIVATE KEY-----\n`
    const cert = made.toString('pem')
    const { origin, asked } = await serve(
      (socket) => void sayInPieces(socket, chunked(['secure ', 'words']), [9, 30, 31]),
      (handle) => createSecure({ key, cert }, handle),
    )
    const secure = new URL(`https://localhost:${origin.port}`)
    await expect(ask(pool(), asking(secure))).rejects.toThrow(/self-signed/)
    expect(asked).toEqual([])
    const before = getCACertificates('default')
    onTestFinished(() => setDefaultCACertificates(before))
    setDefaultCACertificates([...before, cert])
    const connections = pool()
    for (let time = 0; time < 3; time += 1) expect((await ask(connections, asking(secure))).body).toBe('secure words')
    expect(asked).toHaveLength(3)
  })
})

/** What Node's own reader makes of the answer. */
function asNode(origin: URL): Promise<{ readonly status: number | undefined; readonly body: string; readonly length: unknown } | string> {
  return new Promise((resolve) => {
    const question = request(origin, { agent: false, method: 'POST' }, (came) => {
      let body = ''
      came.setEncoding('latin1').on('data', (part: string) => (body += part))
      came.on('end', () => resolve({ status: came.statusCode, body, length: came.headers['content-length'] }))
      came.on('error', (error) => resolve(String(error)))
    })
    question.on('error', (error) => resolve(String(error)))
    question.end('{}')
  })
}

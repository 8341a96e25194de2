import type { Socket } from 'node:net'
import { messageOf } from '../errors.ts'
import { encodeFrame, FRAME, type Frame, type FrameHeader, FrameReader, type FrameType, MAX_FRAME_BYTES } from './frame.ts'
import { type Hello, parseHello, sameToken } from './hello.ts'
import { Outbox } from './outbox.ts'

/** What a connection's frames are given to. May throw: that connection then ends, no other. */
export interface PeerHandler {
  frame(frame: Frame): void
  closed(): void
}

export interface PeerOptions {
  /** The token that a role must bring. */
  readonly tokenOf: (role: string) => string
  readonly accept: (peer: Peer, hello: Hello) => Promise<PeerHandler>
  readonly log: (text: string) => void
}

const HELLO_MS = 5000
const HELLO_BYTES = 32 * 1024

/** One connection to the agent. Nothing is read beyond its first frame before that frame proved who it is. */
export class Peer {
  private readonly socket: Socket
  private readonly options: PeerOptions
  private readonly reader = new FrameReader(HELLO_BYTES)
  private readonly outbox: Outbox
  private readonly early: Frame[] = []
  private handler: PeerHandler | undefined
  private greeted = false

  constructor(socket: Socket, options: PeerOptions) {
    this.socket = socket
    this.options = options
    this.outbox = new Outbox(socket)
    const impatience = setTimeout(() => this.refuse('No hello came in time.'), HELLO_MS)
    socket.on('data', (chunk: Buffer) => this.read(chunk))
    socket.on('error', () => socket.destroy())
    socket.on('close', () => {
      clearTimeout(impatience)
      this.handler?.closed()
    })
    this.greetedInTime = () => clearTimeout(impatience)
  }

  private readonly greetedInTime: () => void

  send(type: FrameType, header: FrameHeader, payload?: Uint8Array): void {
    if (!this.outbox.write(encodeFrame(type, header, payload))) this.options.log('a local connection was closed because it did not read')
  }

  /** Ends the connection after what was sent. */
  end(): void {
    this.outbox.flush()
    this.socket.end()
    this.socket.destroySoon()
  }

  refuse(text: string): void {
    this.send(FRAME.refused, { text })
    this.end()
  }

  private read(chunk: Buffer): void {
    try {
      this.reader.push(chunk, (frame) => this.take(frame))
    } catch (error) {
      this.options.log(`a local connection was closed: ${messageOf(error)}`)
      this.refuse(messageOf(error))
    }
  }

  private take(frame: Frame): void {
    if (this.socket.destroyed || this.socket.writableEnded) return
    if (this.handler !== undefined) return this.handler.frame(frame)
    if (this.greeted) {
      this.early.push({ ...frame, payload: Buffer.from(frame.payload) })
      return
    }
    const hello = frame.type === FRAME.hello ? parseHello(frame.header) : undefined
    if (hello === undefined) return this.refuse('The first frame was no hello.')
    if (!sameToken(hello.token, this.options.tokenOf(hello.role))) return this.refuse('The token is not that of this agent start.')
    this.greeted = true
    this.reader.limit = MAX_FRAME_BYTES
    this.greetedInTime()
    this.settle(hello)
  }

  /** Finding out who calls may take a moment; what comes meanwhile waits in the socket, and a chunk already read in `early`. */
  private settle(hello: Hello): void {
    this.socket.pause()
    this.options
      .accept(this, hello)
      .then((handler) => {
        this.send(FRAME.welcome, {})
        this.handler = handler
        if (this.socket.destroyed) return handler.closed()
        for (const frame of this.early.splice(0)) handler.frame(frame)
        this.socket.resume()
      })
      .catch((error: unknown) => {
        this.options.log(`a local connection was closed: ${messageOf(error)}`)
        this.refuse(messageOf(error))
      })
  }
}

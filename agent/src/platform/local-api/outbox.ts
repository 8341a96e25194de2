import type { Socket } from 'node:net'

/** Bytes waiting for a reader before its connection is given up. */
const MOST_UNREAD_BYTES = 160 * 1024 * 1024
/** Answers up to this many bytes together are copied into one. */
const JOINED_BYTES = 64 * 1024
/** Bytes waiting for a reader before nothing more is read from it. */
const PAUSE_BYTES = 8 * 1024 * 1024

/** Writes to a socket: everything of one turn of the event loop in one system call, and never without bound. */
export class Outbox {
  private readonly socket: Socket
  private waiting: Buffer[] = []
  private waitingBytes = 0
  private paused = false

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('drain', () => {
      if (!this.paused) return
      this.paused = false
      socket.resume()
    })
  }

  /** Bytes that the other side has not taken yet. */
  get unread(): number {
    return this.socket.writableLength + this.waitingBytes
  }

  /** False when the reader is so slow that its connection was given up. */
  write(bytes: Buffer): boolean {
    const { socket } = this
    if (socket.destroyed || socket.writableEnded) return true
    // Runs once the microtasks of this turn are done: whatever they answer goes out together, and nothing waits for another turn.
    if (this.waiting.push(bytes) === 1) process.nextTick(this.flush)
    this.waitingBytes += bytes.length
    const { unread } = this
    if (unread > MOST_UNREAD_BYTES) {
      socket.destroy()
      return false
    }
    if (!this.paused && unread > PAUSE_BYTES) {
      this.paused = true
      socket.pause()
    }
    return true
  }

  /** Hands everything to the system now. */
  readonly flush = (): void => {
    const { socket, waiting } = this
    if (waiting.length === 0) return
    if (socket.destroyed || socket.writableEnded) return this.forget()
    // Straight to the system for the one answer that most turns have; small ones together are one buffer: lists of them have their price.
    if (waiting.length === 1) socket.write(waiting[0] as Buffer)
    else if (this.waitingBytes <= JOINED_BYTES) socket.write(Buffer.concat(waiting, this.waitingBytes))
    else {
      socket.cork()
      for (const bytes of waiting) socket.write(bytes)
      socket.uncork()
    }
    this.forget()
  }

  private forget(): void {
    this.waiting = []
    this.waitingBytes = 0
  }
}

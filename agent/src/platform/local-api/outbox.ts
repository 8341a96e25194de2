import type { Socket } from 'node:net'

/** Bytes waiting for a reader before its connection is given up. */
const MOST_UNREAD_BYTES = 160 * 1024 * 1024
/** Bytes waiting for a reader before nothing more is read from it. */
const PAUSE_BYTES = 8 * 1024 * 1024

/** Writes to a socket: everything of one turn of the event loop in one system call, and never without bound. */
export class Outbox {
  private readonly socket: Socket
  private corked = false
  private paused = false

  constructor(socket: Socket) {
    this.socket = socket
    socket.on('drain', () => {
      if (!this.paused) return
      this.paused = false
      socket.resume()
    })
  }

  /** False when the reader is so slow that its connection was given up. */
  write(bytes: Buffer): boolean {
    const { socket } = this
    if (socket.destroyed || socket.writableEnded) return true
    if (!this.corked) {
      this.corked = true
      socket.cork()
      // Runs once the microtasks of this turn are done: whatever they answer goes out together, and nothing waits for another turn.
      process.nextTick(this.flush)
    }
    socket.write(bytes)
    if (socket.writableLength > MOST_UNREAD_BYTES) {
      socket.destroy()
      return false
    }
    if (!this.paused && socket.writableLength > PAUSE_BYTES) {
      this.paused = true
      socket.pause()
    }
    return true
  }

  /** Hands everything to the system now. */
  readonly flush = (): void => {
    if (!this.corked) return
    this.corked = false
    this.socket.uncork()
  }
}

/** Reads whole bodies with caps, one by one and all together. */
import type { IncomingMessage } from 'node:http'
import type { BodyTaker } from './http-exchange.ts'

/** Longest body or event that is read, bytes. */
export const MOST_BYTES = 64 * 1024 * 1024
/** Bytes of all bodies that are being read or judged. */
const MOST_OPEN_BYTES = 512 * 1024 * 1024

/** A body that is not read; `status` is what the client is told. */
export class BodyError extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.name = 'BodyError'
    this.status = status
  }
}

/** What is held of bodies at once, so that many large ones together do not exhaust the machine. */
export class Room {
  private taken = 0

  take(bytes: number): void {
    if (this.taken + bytes > MOST_OPEN_BYTES) throw new BodyError(503, 'Too many large messages are under way')
    this.taken += bytes
  }

  leave(bytes: number): void {
    this.taken -= bytes
  }
}

/** The whole body, as it came. Rejects with a `BodyError`, and with what went wrong when it breaks off. */
export function readBody(message: IncomingMessage, room: Room): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    message.on('data', (part: Buffer) => {
      try {
        if (length + part.length > MOST_BYTES) throw new BodyError(413, 'The message is larger than 64 MiB')
        room.take(part.length)
        length += part.length
        parts.push(part)
      } catch (error) {
        message.pause()
        message.removeAllListeners('data')
        reject(error as Error)
      }
    })
    message.on('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length)))
    message.on('error', reject)
    message.on('close', () => {
      room.leave(length)
      length = 0
      reject(new Error('it broke off'))
    })
  })
}

/** Collects the whole body of an answer, as it came. */
export function wholeBody(room: Room, done: (body: Buffer) => void, fail: (error: Error) => void): BodyTaker {
  const parts: Buffer[] = []
  let length = 0
  return {
    piece(bytes) {
      if (length + bytes.length > MOST_BYTES) throw new BodyError(502, 'The answer is larger than 64 MiB')
      room.take(bytes.length)
      length += bytes.length
      parts.push(Buffer.from(bytes))
    },
    end() {
      room.leave(length)
      done(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length))
    },
    fail(error) {
      room.leave(length)
      fail(error)
    },
  }
}

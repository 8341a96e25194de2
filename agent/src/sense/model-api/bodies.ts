/** Reads request and answer bodies with caps. */
import type { IncomingMessage } from 'node:http'
import type { BodyTaker } from '../http-exchange.ts'
import { brotliDecompressSync, gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'

/** The largest requests hold pictures; no model takes more. */
export const MOST_BODY_BYTES = 64 * 1024 * 1024

/** A body that cannot be judged; `status` is what the client is told. */
export class BodyError extends Error {
  readonly status: number

  constructor(status: number, text: string) {
    super(text)
    this.name = 'BodyError'
    this.status = status
  }
}

/** The whole body of a request, as it came. Rejects with a `BodyError` when it is too long, and with what went wrong when it breaks off. */
export function readBody(message: IncomingMessage): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    message.on('data', (part: Buffer) => {
      length += part.length
      parts.push(part)
      if (length <= MOST_BODY_BYTES) return
      message.pause()
      reject(new BodyError(413, 'The request is larger than 64 MiB'))
    })
    message.on('end', () => resolve(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length)))
    message.on('error', reject)
    message.on('close', () => reject(new Error('it broke off')))
  })
}

/** Collects the whole body of an answer, as it came. */
export function wholeBody(done: (body: Buffer) => void, fail: (error: Error) => void): BodyTaker {
  const parts: Buffer[] = []
  let length = 0
  return {
    piece(bytes) {
      length += bytes.length
      if (length > MOST_BODY_BYTES) throw new BodyError(502, 'The answer of the model server is larger than 64 MiB')
      parts.push(Buffer.from(bytes))
    },
    end: () => done(parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts, length)),
    fail,
  }
}

/** The body as it reads without its content encoding. Throws a `BodyError`. */
export function decoded(body: Buffer, encoding: string | undefined): Buffer {
  const limit = { maxOutputLength: MOST_BODY_BYTES }
  try {
    switch (encoding?.trim().toLowerCase() ?? '') {
      case '':
      case 'identity':
        return body
      case 'gzip':
      case 'x-gzip':
        return gunzipSync(body, limit)
      case 'deflate':
        return inflateSync(body, limit)
      case 'br':
        return brotliDecompressSync(body, limit)
      case 'zstd':
        return zstdDecompressSync(body, limit)
    }
  } catch {
    throw new BodyError(400, `The body is no ${encoding}, or unpacks to more than 64 MiB`)
  }
  throw new BodyError(415, `The content encoding ${encoding} is not known here`)
}

/** Requests of the bridge to its server. */
import { Readable } from 'node:stream'
import type { AnswerHead } from '../http-answer-head.ts'
import type { Answer, BodyTaker } from '../http-exchange.ts'
import { Connections } from '../http-connections.ts'

export interface HttpRequest {
  readonly method: 'POST' | 'GET' | 'DELETE'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Buffer
  /** Ends with its time. */
  readonly patienceMs?: number
}

export interface HttpAnswer {
  readonly head: AnswerHead
  /** A stream where the server answers with events that may go on for ever; otherwise all there is. */
  readonly body: Buffer | Readable
}

/** One server, and the requests to it that are under way. */
export class HttpServer {
  private readonly url: URL
  private readonly target: string
  private readonly signIn: Readonly<Record<string, string>>
  /** Bytes of the longest answer. */
  private readonly most: number
  // Calls may take hours and streams stay silent for days: no request here has a time limit of its own, as `fetch` would have.
  private readonly connections = new Connections({ silentMs: 0 })

  constructor(url: URL, most: number) {
    this.url = url
    this.most = most
    this.target = `${url.pathname}${url.search}`
    const { username, password } = url
    const named = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString('base64')
    this.signIn = username === '' && password === '' ? {} : { authorization: `Basic ${named}` }
  }

  /** Resolves once the answer, or the head of one that streams, is there. Redirects are answers like any other: a token never goes to another place. */
  request({ method, headers, body, patienceMs }: HttpRequest): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const abandoned = (listener: () => void): void => {
        if (patienceMs !== undefined) setTimeout(listener, patienceMs).unref()
      }
      const asking = {
        method,
        origin: this.url,
        target: this.target,
        headers: { ...this.signIn, ...headers },
        body,
        again: false,
        abandoned,
      }
      this.connections.ask(asking, {
        fail: reject,
        head: (answer) => (isStream(answer) ? streamed(answer, resolve) : this.whole(answer, { resolve, reject })),
      })
    })
  }

  /** Ends whatever is under way, answers included. */
  hangUp(): void {
    this.connections.close()
  }

  private whole(answer: Answer, { resolve, reject }: Settling): BodyTaker {
    const parts: Buffer[] = []
    let length = 0
    return {
      piece: (bytes) => {
        length += bytes.length
        if (length > this.most) throw new Error('its answer is too long')
        parts.push(Buffer.from(bytes))
      },
      end: () => resolve({ head: answer, body: parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts) }),
      fail: reject,
    }
  }
}

interface Settling {
  readonly resolve: (answer: HttpAnswer) => void
  readonly reject: (error: Error) => void
}

function isStream(head: AnswerHead): boolean {
  return isGood(head) && headerOf(head, 'content-type')?.startsWith('text/event-stream') === true
}

function streamed(answer: Answer, resolve: (answer: HttpAnswer) => void): BodyTaker {
  const body = new Readable({
    read: () => answer.resume(),
    destroy(error, done) {
      answer.destroy()
      done(error)
    },
  })
  resolve({ head: answer, body })
  return {
    piece(bytes) {
      if (!body.push(Buffer.from(bytes))) answer.pause()
    },
    end: () => void body.push(null),
    fail: (error) => void body.destroy(error),
  }
}

export function isGood({ statusCode }: AnswerHead): boolean {
  return statusCode >= 200 && statusCode < 300
}

export function headerOf({ headers }: AnswerHead, name: string): string | undefined {
  const value = headers[name]
  return Array.isArray(value) ? value[0] : value
}

import { Readable, type Writable } from 'node:stream'
import { messageOf } from '../../platform/errors.ts'
import type { AnswerHead } from '../http-answer-head.ts'
import { eventsOf } from './event-stream.ts'
import { headerOf, type HttpAnswer, HttpServer, isGood } from './http-request.ts'
import { HeaderNames, headersFor } from './mirrored-headers.ts'
import { failure, type Message, messageFrom } from './messages.ts'

export interface BridgeOptions {
  readonly url: URL
  /** Sent with every request, such as a token. */
  readonly headers: Readonly<Record<string, string>>
  /** Longest message in bytes, either way. */
  readonly lineBytes: number
  readonly input: Readable
  readonly output: Writable
  /** Something for the host's log. */
  readonly complain: (text: string) => void
}

/** How long a server may take to be told goodbye, milliseconds. */
const GOODBYE_MS = 2000
const RETRY_MS = 1000
const MOST_RETRIES = 5
const NEWLINE = Buffer.from('\n')
/** Requests whose answers say how to ask from then on. */
const TELLING: ReadonlySet<string | undefined> = new Set(['initialize', 'tools/list'])

/** Runs until the host closes its side. Each line of the host becomes one request; whatever the server says becomes a line. */
export async function runBridge(options: BridgeOptions): Promise<void> {
  const { input, lineBytes } = options
  const bridge = new Bridge(options)
  let rest: Buffer[] = []
  let length = 0
  await new Promise<void>((resolve, reject) => {
    input.on('data', (chunk: Buffer) => {
      let from = 0
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        const last = chunk.subarray(from, end)
        const line = rest.length === 0 ? last : Buffer.concat([...rest, last])
        rest = []
        length = 0
        from = end + 1
        if (line.length > 0) bridge.take(line)
      }
      if (from === chunk.length) return
      rest.push(chunk.subarray(from))
      length += chunk.length - from
      if (length > lineBytes) input.destroy(new Error('the host sent a message that is too long'))
    })
    input.on('error', reject)
    input.on('close', resolve)
    input.on('end', resolve)
  })
  await bridge.close()
}

class Bridge {
  private readonly options: BridgeOptions
  private readonly names = new HeaderNames()
  private readonly server: HttpServer
  private ended = false
  private readonly open = new Set<Promise<void>>()
  private session: string | undefined
  private version: string | undefined
  /** The next request waits for the one that opens the conversation: it brings the session's id. */
  private opening: Promise<void> | undefined
  private listening = false

  constructor(options: BridgeOptions) {
    this.options = options
    this.server = new HttpServer(options.url, options.lineBytes)
  }

  take(line: Buffer): void {
    const message = messageFrom(line)
    const before = this.opening
    const work = (before === undefined ? this.send(line, message) : before.then(() => this.send(line, message))).finally(() =>
      this.open.delete(work),
    )
    this.open.add(work)
    if (message.method === 'initialize' || message.method === 'notifications/initialized')
      this.opening = work.finally(() => (this.opening = undefined))
  }

  async close(): Promise<void> {
    const patience = AbortSignal.timeout(GOODBYE_MS)
    const stop = new Promise<void>((resolve) => patience.addEventListener('abort', () => resolve(), { once: true }))
    await Promise.race([Promise.allSettled(this.open), stop])
    this.ended = true
    this.server.hangUp()
    if (this.session === undefined) return
    await this.server.request({ method: 'DELETE', headers: this.headers(), patienceMs: GOODBYE_MS }).then(
      ({ body }) => void (Buffer.isBuffer(body) || body.destroy()),
      () => undefined,
    )
    this.server.hangUp()
  }

  private headers(): Record<string, string> {
    return {
      ...this.options.headers,
      ...(this.version === undefined ? {} : { 'mcp-protocol-version': this.version }),
      ...(this.session === undefined ? {} : { 'mcp-session-id': this.session }),
    }
  }

  /** Never rejects: what goes wrong is the answer of a request, and a remark for anything else. */
  private async send(line: Buffer, message: Message): Promise<void> {
    try {
      const response = await this.server.request({
        method: 'POST',
        body: line,
        headers: {
          ...this.headers(),
          ...headersFor(message, this.names),
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
      })
      await this.answered(response, message)
    } catch (error) {
      if (!this.ended) await this.failed(message, `${this.options.url.host} cannot be reached: ${causeOf(error)}`)
    }
  }

  private async answered({ head, body }: HttpAnswer, message: Message): Promise<void> {
    if (message.method === 'initialize') this.session = headerOf(head, 'mcp-session-id') ?? this.session
    if (body instanceof Readable) return this.stream(body, message)
    const type = headerOf(head, 'content-type') ?? ''
    if (type.startsWith('application/json') && (isGood(head) || messageFrom(body).isAnswer)) await this.heard(body, message)
    else if (!isGood(head) || (message.id !== undefined && message.method !== undefined)) await this.failed(message, reasonOf(head))
    if (message.method === 'notifications/initialized' && isGood(head)) this.listen()
  }

  /** Events until the stream ends. One that ends before the answer came is asked for the rest, where the server numbers its events. */
  private async stream(body: AsyncIterable<Buffer>, message: Message): Promise<void> {
    let last: string | undefined
    let stream: AsyncIterable<Buffer> | undefined = body
    let settled = message.id === undefined
    for (let retry = 0; stream !== undefined; retry += 1) {
      try {
        for await (const event of eventsOf(stream, this.options.lineBytes)) {
          last = event.id ?? last
          if (event.data.length === 0) continue
          settled ||= messageFrom(event.data).isAnswerTo(message)
          await this.heard(event.data, message)
        }
      } catch (error) {
        if (this.ended) return
        this.options.complain(`the stream of ${this.options.url.host} broke: ${causeOf(error)}`)
      }
      if (settled) return
      stream = last === undefined || retry >= MOST_RETRIES ? undefined : await this.resumed(last)
    }
    await this.failed(message, 'the server ended its stream without an answer')
  }

  private async resumed(last: string): Promise<AsyncIterable<Buffer> | undefined> {
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS))
    const headers = { ...this.headers(), accept: 'text/event-stream', 'last-event-id': last }
    const answer = await this.server.request({ method: 'GET', headers }).catch(() => undefined)
    return answer?.body instanceof Readable ? answer.body : undefined
  }

  /** What the server says by itself, where it offers a stream for that. */
  private listen(): void {
    if (this.listening) return
    this.listening = true
    const listening = async (): Promise<void> => {
      const headers = { ...this.headers(), accept: 'text/event-stream' }
      const { body } = await this.server.request({ method: 'GET', headers })
      if (!(body instanceof Readable)) return
      for await (const event of eventsOf(body, this.options.lineBytes))
        if (event.data.length > 0) await this.heard(event.data, messageFrom(event.data))
    }
    listening().catch((error: unknown) => {
      if (!this.ended) this.options.complain(`the server's own messages cannot be heard: ${causeOf(error)}`)
    })
  }

  private async heard(text: Buffer, asked: Message): Promise<void> {
    // What is one line already and tells nothing about how to ask goes on unread.
    if (!TELLING.has(asked.method) && !text.includes(10) && !text.includes(13)) return this.write(text)
    const message = messageFrom(text)
    if (asked.method === 'initialize') this.version = message.protocolVersion ?? this.version
    if (asked.method === 'tools/list') this.names.learn(message.result)
    await this.write(message.line)
  }

  private async failed(message: Message, why: string): Promise<void> {
    if (message.id === undefined || message.method === undefined) return this.options.complain(why)
    await this.write(failure(message.id, why))
  }

  private async write(line: Buffer): Promise<void> {
    const { output } = this.options
    if (output.write(Buffer.concat([line, NEWLINE]))) return
    await new Promise<void>((resolve) => output.once('drain', resolve))
  }
}

function reasonOf(head: AnswerHead): string {
  const { statusCode, statusMessage } = head
  if (statusCode === 401 || headerOf(head, 'www-authenticate') !== undefined)
    return 'the server wants a sign-in; give its token with `--header "Authorization: Bearer …"`'
  if (statusCode >= 300 && statusCode < 400) return `the server is at ${headerOf(head, 'location') ?? 'another place'}; use that address`
  if (statusCode === 404) return 'the server knows no such session or address (404); start the conversation anew'
  return isGood(head) ? 'the server gave no answer' : `the server answered ${statusCode} ${statusMessage}`.trim()
}

/** Some errors hide their reason behind words of their own. */
function causeOf(error: unknown): string {
  return error instanceof Error && error.cause !== undefined ? messageOf(error.cause) : messageOf(error)
}

import type { ServerResponse } from 'node:http'
import { asEvent } from '../../event-text.ts'

const SIGN_MS = 5000

/** What one request is answered with: a message alone, or a stream of events that ends with it. */
export class Reply {
  private readonly response: ServerResponse
  private readonly streams: boolean
  private readonly signs: NodeJS.Timeout | undefined

  constructor(response: ServerResponse, accept: string | undefined) {
    this.response = response
    this.streams = accept?.includes('text/event-stream') === true
    // A person may be asked, or the server takes its time: clients hang up on silence.
    if (this.streams) this.signs = setInterval(() => this.sign(), SIGN_MS).unref()
    response.once('close', () => clearInterval(this.signs))
  }

  get gone(): boolean {
    return this.response.destroyed
  }

  /** Whether messages can go to the client before the answer. */
  get open(): boolean {
    return this.streams && !this.gone
  }

  /** Opens the stream at once, for those that wait for the first event. */
  begin(): void {
    if (this.response.headersSent) return
    this.response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
    this.response.flushHeaders()
  }

  /** False: the client takes no more for now. */
  send(message: Buffer): boolean {
    this.begin()
    return this.response.write(asEvent(message))
  }

  /** The last message. `status` counts while no stream is open. */
  finish(message: Buffer, status: number): void {
    clearInterval(this.signs)
    if (this.gone) return
    if (this.response.headersSent) return void this.response.end(asEvent(message))
    this.response.writeHead(status, { 'content-type': 'application/json', 'content-length': message.length }).end(message)
  }

  end(): void {
    clearInterval(this.signs)
    this.response.end()
  }

  onDrain(listener: () => void): void {
    this.response.once('drain', listener).once('close', listener)
  }

  private sign(): void {
    if (this.gone) return
    this.begin()
    this.response.write(': still at it\n\n')
  }
}

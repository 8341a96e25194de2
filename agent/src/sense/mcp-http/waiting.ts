import type { ServerResponse } from 'node:http'
import type { FrontEnd } from '../gate.ts'
import { asEvent } from '../event-text.ts'

const SIGN_MS = 5000

/**
 * Keeps a client waiting while a person is asked: one that takes streams gets one, with signs of life in it. `beside` writes to the
 * stream that the client listens to anyway, where there is one.
 */
export class Waiting implements FrontEnd {
  private readonly response: ServerResponse
  private readonly streams: boolean
  private readonly beside: ((event: string) => void) | undefined
  private timer: NodeJS.Timeout | undefined

  constructor(response: ServerResponse, accept: string | undefined, beside: ((event: string) => void) | undefined) {
    this.response = response
    this.streams = accept?.includes('text/event-stream') === true
    this.beside = beside
  }

  asking(): void {
    if (this.beside !== undefined || !this.streams || this.response.headersSent || this.response.destroyed) return
    this.response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' })
    const sign = () => void this.response.write(': a person is being asked\n\n')
    sign()
    this.timer = setInterval(sign, SIGN_MS)
  }

  /** A notification in the protocol's own words. */
  notice(message: Uint8Array): void {
    const event = asEvent(Buffer.from(message))
    if (this.beside !== undefined) this.beside(event)
    else if (this.response.headersSent && !this.response.destroyed) this.response.write(event)
  }

  stop(): void {
    clearInterval(this.timer)
  }
}

import type { ServerResponse } from 'node:http'
import type { HubEvent } from '../platform/event-log.ts'
import type { DecisionRow } from '../store/index.ts'
import { decisionSummary } from './present/decisions.ts'

const MOST_UNREAD_BYTES = 256 * 1024

/**
 * One browser's view of the event log. A browser that reads too slowly misses events rather than fill the hub's memory,
 * and is told to read afresh.
 */
export class EventClient {
  readonly #response: ServerResponse
  readonly #tenant: string
  #behind = false

  constructor(response: ServerResponse, tenant: string) {
    this.#response = response
    this.#tenant = tenant
    response.on('drain', () => this.#caughtUp())
  }

  /** `after`: the id the browser saw last, and what came since; undefined when that is no longer known. */
  start(head: string, missed: readonly HubEvent[] | undefined): void {
    this.#response.write('retry: 2000\n\n')
    if (missed === undefined) this.#write({ id: head, type: 'resync', data: { reason: 'the events in between are no longer known' } })
    else for (const event of missed) this.send(event)
    this.#write({ id: missed?.at(-1)?.id ?? head, type: 'ready', data: {} })
  }

  send(event: HubEvent): void {
    if (event.tenant !== this.#tenant || this.#behind) return
    if (this.#response.writableLength > MOST_UNREAD_BYTES) this.#behind = true
    else
      this.#write({
        id: event.id,
        type: event.type,
        data: event.type === 'decision' ? decisionSummary(event.data as DecisionRow) : event.data,
      })
  }

  heartbeat(): void {
    if (this.#response.writableLength < MOST_UNREAD_BYTES) this.#response.write(': alive\n\n')
  }

  #caughtUp(): void {
    if (!this.#behind) return
    this.#behind = false
    this.#response.write('event: resync\ndata: {"reason":"this browser read too slowly"}\n\n')
  }

  #write(event: { readonly id: string; readonly type: string; readonly data: unknown }): void {
    this.#response.write(`event: ${event.type}\nid: ${event.id}\ndata: ${JSON.stringify(event.data)}\n\n`)
  }
}

import { FRAME, type Frame, type FrameHeader } from '../../platform/local-api/frame.ts'
import { type AgentLink, connectAgent } from '../../platform/local-api/client.ts'
import type { Platform } from '../../platform/platform.ts'
import { Eagerness } from './eagerness.ts'
import type { Exchange } from './introductions.ts'

export interface UplinkOptions {
  readonly state: string
  readonly platform: Platform
  readonly claims: Readonly<Record<string, string>>
  readonly role: string
  /** Frames the agent sends on its own and answers to held messages. */
  readonly onFrame: (frame: Frame) => void
  /** The agent is gone: held messages are settled by the fail mode. */
  readonly onLost: () => void
  /** What an agent that starts again has to be told first. */
  readonly introductions: () => readonly Exchange[]
}

const CONNECT_MS = 3000
const FIRST_RETRY_MS = 200
/** Calls are refused until the agent is reached again, and an attempt costs next to nothing. */
const LONGEST_RETRY_MS = 2000
/** The agent takes nothing for this long: as good as gone. */
const STALL_MS = 5000
const FULL_BYTES = 8 * 1024 * 1024
/** What waits for the first welcome; more means the agent is not coming. */
const MOST_EARLY_BYTES = 4 * 1024 * 1024

/** Most decisions about reads come within this; giving the processor away and getting it back costs about as much. */
const SPIN_MICROS = 150

interface Early {
  readonly type: typeof FRAME.intercept | typeof FRAME.observe
  readonly header: FrameHeader
  readonly payload: Buffer
}

/** A front-end's line to the agent: keeps order, reconnects for ever, and counts what the agent could not see. */
export class Uplink {
  private readonly options: UplinkOptions
  private link: AgentLink | undefined
  private state: 'connecting' | 'connected' | 'lost' | 'closed' = 'connecting'
  private readonly early: Early[] = []
  private earlyBytes = 0
  private retryMs = FIRST_RETRY_MS
  private unseen = 0
  private stall: NodeJS.Timeout | undefined
  private nextId = 1
  private readonly eagerness = new Eagerness()

  constructor(options: UplinkOptions) {
    this.options = options
    this.connect(() => this.lose())
  }

  /** Connected, or not yet known to be lost. */
  get usable(): boolean {
    return this.state === 'connected' || this.state === 'connecting'
  }

  /** True while the agent should not be given more. */
  get full(): boolean {
    return this.link !== undefined && this.link.unread > FULL_BYTES
  }

  onDrain(listener: () => void): void {
    this.link?.onDrain(listener)
  }

  newId(): number {
    return this.nextId++
  }

  observe(from: 'host' | 'server', payload: Buffer): void {
    if (!this.usable) this.unseen += 1
    else this.send({ type: FRAME.observe, header: { from }, payload })
  }

  intercept(id: number, from: 'host' | 'server', payload: Buffer): void {
    this.send({ type: FRAME.intercept, header: { id, from }, payload })
  }

  /** Stays awake for an answer that is about to come; see `AgentLink.spin`. */
  linger(): void {
    if (this.state !== 'connected' || this.link === undefined || !this.eagerness.worthwhile()) return
    this.eagerness.took(this.link.spin(SPIN_MICROS))
  }

  cancel(id: number): void {
    if (this.state === 'connected') this.link?.send(FRAME.cancel, { id })
  }

  close(): void {
    this.state = 'closed'
    clearTimeout(this.stall)
    this.link?.close()
  }

  /** The agent did not answer what it was asked: it hangs, and a new connection may not. */
  giveUp(): void {
    this.link?.destroy()
  }

  private send(frame: Early): void {
    if (this.state === 'connecting') {
      this.early.push(frame)
      this.earlyBytes += frame.payload.length
      if (this.earlyBytes > MOST_EARLY_BYTES) this.lose()
      return
    }
    const { link } = this
    if (link === undefined) return
    link.send(frame.type, frame.header, frame.payload)
    if (link.unread > FULL_BYTES && this.stall === undefined) {
      this.stall = setTimeout(() => link.destroy(), STALL_MS)
      link.onDrain(() => {
        clearTimeout(this.stall)
        this.stall = undefined
      })
    }
  }

  private connect(failed: () => void): void {
    const { state, platform, claims, role, onFrame } = this.options
    connectAgent({ state, platform, claims, role, deadline: CONNECT_MS, onFrame, onClose: () => this.lose() }).then(
      (link) => this.welcome(link),
      failed,
    )
  }

  private welcome(link: AgentLink): void {
    if (this.state === 'closed') return link.close()
    const again = this.state === 'lost'
    this.link = link
    this.state = 'connected'
    this.retryMs = FIRST_RETRY_MS
    for (const { request, response } of again ? this.options.introductions() : []) {
      link.send(FRAME.observe, { from: 'host' }, request)
      link.send(FRAME.observe, { from: 'server' }, response)
    }
    if (this.unseen > 0) link.send(FRAME.observe, { missed: this.unseen })
    this.unseen = 0
    for (const frame of this.early.splice(0)) this.send(frame)
    this.earlyBytes = 0
  }

  private lose(): void {
    if (this.state === 'closed' || this.state === 'lost') return
    this.state = 'lost'
    this.link = undefined
    clearTimeout(this.stall)
    this.stall = undefined
    this.unseen += this.early.filter((frame) => frame.type === FRAME.observe).length
    this.early.length = 0
    this.earlyBytes = 0
    this.options.onLost()
    this.retry()
  }

  private retry(): void {
    const timer = setTimeout(() => {
      if (this.state !== 'closed') this.connect(() => this.retry())
    }, this.retryMs * jitter())
    timer.unref()
    this.retryMs = Math.min(LONGEST_RETRY_MS, this.retryMs * 1.5)
  }
}

/** Front-ends that lost the agent together do not come back together. */
function jitter(): number {
  return 0.5 + Math.random() / 2
}

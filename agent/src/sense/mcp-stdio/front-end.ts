import { isUtf8 } from 'node:buffer'
import type { Json } from '@assize/kernel'
import { FRAME, type Frame } from '../../platform/local-api/frame.ts'
import type { Platform } from '../../platform/platform.ts'
import { Introductions } from './introductions.ts'
import { Lane, type Place } from './lane.ts'
import { idAtEdge, LineReader } from './lines.ts'
import { BLOCKED, blockedResult, errorReply, HELD_METHODS, INVALID_REQUEST, objectOf, REFUSED_BY_PERSON } from '../mcp-protocol.ts'
import { batchRefusal, isHarmlessBatch, messageProblem, saysSomething } from '../mcp-refusal.ts'
import { type Scan, scan } from '../../platform/json-scan.ts'
import { mayHoldUnseen } from '../unseen-bytes.ts'
import { Uplink } from './uplink.ts'

export interface FrontEndOptions {
  readonly state: string
  readonly platform: Platform
  readonly server: string
  /** More that only the front-end knows. */
  readonly claims?: Readonly<Record<string, string>>
  /** Longest line in bytes. */
  readonly lineBytes: number
  /** Milliseconds the agent has for a held message before the fail mode applies. */
  readonly deadline: number
  readonly toServer: (bytes: Buffer) => void
  readonly toHost: (bytes: Buffer) => void
  /** Nothing is held any more. */
  readonly onIdle: () => void
}

interface Held {
  readonly place: Place
  readonly lane: Lane
  readonly from: 'host' | 'server'
  readonly bytes: Buffer
  /** The request's id as written, by which the host may cancel it. */
  readonly cancelId: string | undefined
  readonly since: number
  /** Fail mode: what happens when the agent is gone. */
  readonly lost: 'pass' | (() => void)
  parked: boolean
}

/** Results this large reach the host only once the agent has read them, so that no later call overtakes them. */
const SYNC_BYTES = 64 * 1024
const TICK_MS = 250
const MOST_HELD = 4096

/**
 * The thin part that runs inside the host's process tree: it frames lines, asks the agent about those that want something
 * done, and applies the answer. It decides one thing alone: what happens when the agent does not answer.
 */
export class McpFrontEnd {
  private readonly options: FrontEndOptions
  private readonly uplink: Uplink
  private readonly up: Lane
  private readonly down: Lane
  private readonly held = new Map<number, Held>()
  /** Ids of requests whose results reach the host only once they were judged, as written. */
  private readonly awaited = new Set<string>()
  private readonly fromHost: LineReader
  private readonly fromServer: LineReader
  private readonly introductions = new Introductions()
  private readonly clock: NodeJS.Timeout

  constructor(options: FrontEndOptions) {
    this.options = options
    this.up = new Lane(options.toServer)
    this.down = new Lane(options.toHost)
    const { state, platform, server, claims, lineBytes } = options
    this.uplink = new Uplink({
      state,
      platform,
      role: 'mcp-stdio',
      claims: { ...claims, server },
      onFrame: (frame) => this.frame(frame),
      onLost: () => this.lost(),
      introductions: () => this.introductions.all(),
    })
    this.fromHost = new LineReader(
      { line: (bytes) => this.hostLine(bytes), oversized: (head, tail, length) => this.hostOversized(head, tail, length) },
      lineBytes,
    )
    this.fromServer = new LineReader(
      { line: (bytes) => this.serverLine(bytes), oversized: (head, tail, length) => this.serverOversized(head, tail, length) },
      lineBytes,
    )
    this.clock = setInterval(() => this.expire(), TICK_MS)
    this.clock.unref()
  }

  /** True while the host should not send more. */
  get full(): boolean {
    return this.held.size > MOST_HELD || this.uplink.full
  }

  get idle(): boolean {
    return this.held.size === 0
  }

  onDrain(listener: () => void): void {
    this.uplink.onDrain(listener)
  }

  hostBytes(chunk: Buffer): void {
    const before = this.held.size
    this.fromHost.push(chunk)
    if (before === 0 && this.held.size === 1) this.uplink.linger()
  }

  hostEnd(): void {
    this.fromHost.end()
  }

  serverBytes(chunk: Buffer): void {
    this.fromServer.push(chunk)
  }

  serverEnd(): void {
    this.fromServer.end()
  }

  close(): void {
    clearInterval(this.clock)
    this.uplink.close()
  }

  private hostLine(bytes: Buffer): void {
    if (isBlank(bytes)) return this.up.pass(bytes)
    const scanned: Scan = isUtf8(bytes) ? scan(bytes) : { shape: 'scalar', problem: 'not-utf8' }
    const problem = messageProblem(scanned)
    if (problem !== undefined) return this.refuse(bytes, scanned, () => errorReply(scanned.id, INVALID_REQUEST, problem))
    if (scanned.shape === 'array') return this.batch(bytes, scanned)
    const { method } = scanned
    if (method !== undefined && HELD_METHODS.has(method)) return this.hold(bytes, scanned, method)
    if (saysSomething(scanned, bytes)) return this.holdAnswer(bytes, scanned)
    if (method === 'notifications/cancelled') this.cancel(bytes)
    if (scanned.id !== undefined && method !== undefined) this.introductions.asked(scanned.id, method, bytes)
    this.uplink.observe('host', bytes)
    this.up.pass(bytes)
  }

  /** What could do something does not run without the agent; what only reads goes on and is counted. */
  private hold(bytes: Buffer, scanned: Scan, method: string): void {
    if (method !== 'tools/call') return this.ask('host', bytes, { lane: this.up, cancelId: scanned.id, lost: 'pass' })
    const lost = () => {
      if (scanned.id !== undefined)
        this.options.toHost(blockedResult(scanned.id, this.noAgent(), bytes.includes('io.modelcontextprotocol/protocolVersion')))
    }
    this.ask('host', bytes, { lane: this.up, cancelId: scanned.id, lost })
  }

  /** What goes to the server by itself: it hears that nothing comes, or it would wait for ever. */
  private holdAnswer(bytes: Buffer, { id }: Scan): void {
    const lost = () => this.up.pass(errorReply(id, REFUSED_BY_PERSON, 'The answer was not let go.'))
    this.ask('host', bytes, { lane: this.up, cancelId: undefined, lost })
  }

  private serverLine(bytes: Buffer): void {
    if (this.introductions.expecting) this.introductions.answered(scan(bytes).id, bytes)
    if (this.uplink.usable && (bytes.length >= SYNC_BYTES || this.isAwaited(bytes) || mayHoldUnseen(bytes)))
      return this.ask('server', bytes, { lane: this.down, cancelId: undefined, lost: 'pass' })
    this.uplink.observe('server', bytes)
    this.down.pass(bytes)
  }

  /** While some result is to be held, every answer is: a server may write the id of its request in another way. */
  private isAwaited(bytes: Buffer): boolean {
    if (this.awaited.size === 0) return false
    const { id } = scan(bytes)
    if (id !== undefined) this.awaited.delete(id)
    return true
  }

  private ask(from: 'host' | 'server', bytes: Buffer, how: Pick<Held, 'lane' | 'cancelId' | 'lost'>): void {
    const held: Held = { ...how, from, bytes, place: how.lane.hold(), since: performance.now(), parked: false }
    if (!this.uplink.usable) return this.failMode(held)
    const id = this.uplink.newId()
    this.held.set(id, held)
    this.uplink.intercept(id, from, bytes)
  }

  private frame(frame: Frame): void {
    if (frame.type === FRAME.notice) return this.options.toHost(Buffer.from(frame.payload))
    const id = frame.header.id
    const held = id === undefined ? undefined : this.held.get(id)
    if (id === undefined || held === undefined) return
    if (frame.type === FRAME.asking) {
      held.parked = true
      return held.lane.park(held.place)
    }
    if (frame.type !== FRAME.answer) return
    this.held.delete(id)
    const { cancelId } = held
    if (frame.header['result'] === 'hold' && cancelId !== undefined && this.awaited.size < MOST_HELD) this.awaited.add(cancelId)
    this.apply(held, frame)
    if (this.held.size === 0) this.options.onIdle()
  }

  private apply(held: Held, frame: Frame): void {
    const { lane, place } = held
    switch (frame.header['action']) {
      case 'pass':
        return lane.settle(place, held.bytes)
      case 'replace':
        return lane.settle(place, frame.payload)
      case 'reply':
        lane.settle(place, undefined)
        return this.options.toHost(frame.payload)
      case 'drop':
        return lane.settle(place, undefined)
      default:
        return this.failMode(held)
    }
  }

  private failMode(held: Held): void {
    const { lane, place, bytes, from, lost } = held
    if (lost === 'pass') {
      this.uplink.observe(from, bytes)
      return lane.settle(place, bytes)
    }
    lane.settle(place, undefined)
    lost()
  }

  private noAgent(): string {
    return `Blocked by Assize: the agent on this machine does not answer, so nobody can decide about this call, and calls that could change something do not run meanwhile. Start it with \`assize agent --state ${this.options.state}\` or start its service, then try again.`
  }

  private lost(): void {
    for (const [id, held] of this.held) {
      this.held.delete(id)
      this.failMode(held)
    }
    this.options.onIdle()
  }

  /** Answers overdue: the agent hangs. */
  private expire(): void {
    const limit = performance.now() - this.options.deadline
    let overdue = false
    for (const held of this.held.values()) overdue ||= !held.parked && held.since < limit
    if (overdue) this.uplink.giveUp()
  }

  private cancel(bytes: Buffer): void {
    let request: Json | undefined
    try {
      request = objectOf(objectOf(JSON.parse(bytes.toString('utf8')) as Json)['params'])['requestId']
    } catch {
      return
    }
    for (const [id, held] of this.held) {
      if (held.cancelId === undefined || held.cancelId !== JSON.stringify(request)) continue
      this.held.delete(id)
      this.uplink.cancel(id)
      held.lane.settle(held.place, undefined)
    }
  }

  private batch(bytes: Buffer, scanned: Scan): void {
    if (!isHarmlessBatch(bytes, scanned, HELD_METHODS)) return this.refuse(bytes, scanned, () => batchRefusal(bytes))
    this.uplink.observe('host', bytes)
    this.up.pass(bytes)
  }

  /** The agent words the refusal and records it; without one it is ours. Either way the message goes no further. */
  private refuse(bytes: Buffer, scanned: Scan, ours: () => Buffer): void {
    if (!this.uplink.usable || scanned.problem === 'not-utf8') return this.options.toHost(ours())
    this.ask('host', bytes, { lane: this.up, cancelId: undefined, lost: () => this.options.toHost(ours()) })
  }

  private hostOversized(head: Buffer, tail: Buffer, length: number): void {
    const text = `The message of ${length} bytes is longer than the ${this.options.lineBytes} that Assize reads, so it was not passed on and nothing ran.`
    this.options.toHost(errorReply(idAtEdge(head, tail), INVALID_REQUEST, text))
  }

  private serverOversized(head: Buffer, tail: Buffer, length: number): void {
    const text = `The server's message of ${length} bytes is longer than the ${this.options.lineBytes} that Assize reads, so it was withheld: nobody could judge what it says.`
    process.stderr.write(`assize: ${text}\n`)
    const id = idAtEdge(head, tail)
    if (id !== undefined) this.down.pass(errorReply(id, BLOCKED, text))
  }
}

function isBlank(bytes: Buffer): boolean {
  return bytes.length <= 2 && bytes.every((byte) => byte === 0x0a || byte === 0x0d)
}

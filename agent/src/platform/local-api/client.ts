import { existsSync, readFileSync, readSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { AgentError, messageOf, systemCode } from '../errors.ts'
import type { Platform } from '../platform.ts'
import { connectAddress, statePaths } from '../state-directory.ts'
import { COMMAND_ROLE } from './hello.ts'
import { encodeFrame, FRAME, type Frame, type FrameHeader, FrameReader, type FrameType } from './frame.ts'
import { Outbox } from './outbox.ts'

export interface LinkOptions {
  readonly state: string
  readonly platform: Platform
  readonly role: string
  readonly claims?: Readonly<Record<string, string>>
  readonly cwd?: string
  /** Milliseconds until the welcome must have come. */
  readonly deadline: number
  readonly onFrame?: (frame: Frame) => void
  readonly onClose?: () => void
}

interface Waiting {
  readonly resolve: (frame: Frame) => void
  readonly reject: (error: Error) => void
  readonly item?: (frame: Frame) => void
}

/** Connects to the resident agent. Rejects with an `unreachable` `AgentError` when it does not answer in time. */
export function connectAgent(options: LinkOptions): Promise<AgentLink> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer)
      socket?.destroy()
      reject(unreachable(options.state, why))
    }
    let socket: Socket | undefined
    const timer = setTimeout(() => fail('it did not answer in time'), options.deadline)
    let token: string
    try {
      const paths = statePaths(options.state, options.platform)
      token = readFileSync(options.role === COMMAND_ROLE ? paths.commandToken : paths.token, 'utf8')
    } catch {
      return fail(why(options))
    }
    socket = connect(connectAddress(options.state, options.platform))
    const link = new AgentLink(socket, options, (refusal) => {
      if (refusal !== undefined) return fail(refusal)
      clearTimeout(timer)
      resolve(link)
    })
    socket.once('error', (error) => fail(GONE.has(systemCode(error)) ? NOT_RUNNING : messageOf(error)))
    link.send(FRAME.hello, hello(options, token))
    link.flush()
  })
}

const NOT_RUNNING = 'it is not running'

/** What a connection fails with where an agent ran before: its socket is gone, or nobody listens on it. */
const GONE: ReadonlySet<string> = new Set(['ENOENT', 'ECONNREFUSED'])

/** Without its token: no agent, or a sandbox that hides the one for commands. */
function why({ role, state, platform }: LinkOptions): string {
  const walled = role === COMMAND_ROLE && existsSync(statePaths(state, platform).token)
  return walled ? 'only gates may ask it from within a sandbox' : NOT_RUNNING
}

export function unreachable(state: string, why: string): AgentError {
  return new AgentError(
    'unreachable',
    `The Assize agent cannot be reached (${why}), so nothing is decided and consequential tool calls do not run. Start it with \`assize agent --state ${state}\` or start its service.`,
  )
}

function hello(options: LinkOptions, token: string): FrameHeader {
  const { platform, role, claims = {}, cwd = process.cwd() } = options
  return {
    version: 1,
    token,
    role,
    pid: process.pid,
    parent: process.ppid,
    cwd,
    user: platform.user,
    home: platform.home,
    space: platform.processes.space,
    claims,
  }
}

/** One connection to the agent, from the side of a front-end or a command. */
export class AgentLink {
  private readonly socket: Socket
  private readonly outbox: Outbox
  private readonly reader = new FrameReader()
  private readonly waiting = new Map<number, Waiting>()
  private nextId = 1
  private readonly state: string
  private readonly receive: (chunk: Buffer) => void

  constructor(socket: Socket, options: LinkOptions, welcomed: (refusal?: string) => void) {
    this.socket = socket
    this.state = options.state
    this.outbox = new Outbox(socket)
    const take = (frame: Frame): void => {
      if (frame.type === FRAME.welcome) return welcomed()
      if (frame.type === FRAME.refused) return welcomed(String(frame.header['text']))
      if (!this.settle(frame)) options.onFrame?.(frame)
    }
    this.receive = (chunk) => {
      try {
        this.reader.push(chunk, take)
      } catch (error) {
        socket.destroy(error as Error)
      }
    }
    socket.on('data', this.receive)
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.failAll('the connection ended')
      options.onClose?.()
    })
  }

  get open(): boolean {
    return !this.socket.destroyed && this.socket.writable
  }

  /** Bytes the agent has not taken yet. */
  get unread(): number {
    return this.outbox.unread
  }

  onDrain(listener: () => void): void {
    this.socket.once('drain', listener)
  }

  newId(): number {
    return this.nextId++
  }

  send(type: FrameType, header: FrameHeader, payload?: Uint8Array): void {
    this.outbox.write(encodeFrame(type, header, payload))
  }

  flush(): void {
    this.outbox.flush()
  }

  /** Asks a command's question. Rejects with an `AgentError` on a refusal, a deadline in milliseconds or a lost connection. */
  async request(
    method: string,
    params: Readonly<Record<string, unknown>>,
    deadline = 10_000,
    item?: (value: unknown) => void,
  ): Promise<unknown> {
    const id = this.newId()
    const frame = await new Promise<Frame>((resolve, reject) => {
      const timer =
        deadline === Number.POSITIVE_INFINITY ? undefined : setTimeout(() => this.fail(id, 'it did not answer in time'), deadline)
      const settled =
        <Value>(settle: (value: Value) => void) =>
        (value: Value) => {
          clearTimeout(timer)
          settle(value)
        }
      const onItem = item === undefined ? {} : { item: (received: Frame) => item(parse(received)) }
      this.waiting.set(id, { resolve: settled(resolve), reject: settled(reject), ...onItem })
      this.send(FRAME.request, { id, method }, Buffer.from(JSON.stringify(params)))
    })
    const { error, code } = frame.header
    if (typeof error === 'string') throw new AgentError(code === 'usage' || code === 'refused' ? code : 'internal', error)
    return parse(frame)
  }

  /** Sends a held message and waits for its answer. */
  intercept(header: FrameHeader, payload: Uint8Array, deadline: number): Promise<Frame> {
    const id = this.newId()
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.fail(id, 'it did not answer in time'), deadline)
      const done = (frame: Frame) => {
        clearTimeout(timer)
        resolve(frame)
      }
      this.waiting.set(id, { resolve: done, reject })
      this.send(FRAME.intercept, { ...header, id }, payload)
      this.flush()
    })
  }

  close(): void {
    this.outbox.flush()
    this.socket.end()
  }

  destroy(): void {
    this.socket.destroy()
  }

  /**
   * Waits for the next bytes without giving the processor away, for at most so many microseconds: an answer that comes at
   * once then costs no turn through the event loop. True when something came. Does nothing where the system offers no descriptor.
   */
  spin(micros: number): boolean {
    const fd = (this.socket as unknown as { readonly _handle?: { readonly fd?: number } })._handle?.fd
    if (fd === undefined || fd < 0 || this.socket.readableLength > 0) return false
    this.flush()
    const end = performance.now() + micros / 1000
    do {
      const bytes = readNow(fd)
      if (bytes !== undefined) {
        this.receive(bytes)
        return true
      }
    } while (performance.now() < end)
    return false
  }

  private settle(frame: Frame): boolean {
    const { id } = frame.header
    const waiting = id === undefined ? undefined : this.waiting.get(id)
    if (id === undefined || waiting === undefined) return false
    if (frame.type === FRAME.item) waiting.item?.(frame)
    else if (frame.type === FRAME.response || frame.type === FRAME.answer) {
      this.waiting.delete(id)
      waiting.resolve(frame)
    } else return false
    return true
  }

  private fail(id: number, why: string): void {
    const waiting = this.waiting.get(id)
    this.waiting.delete(id)
    waiting?.reject(unreachable(this.state, why))
  }

  private failAll(why: string): void {
    for (const id of this.waiting.keys()) this.fail(id, why)
  }
}

const SPIN_BYTES = 4096

/** What is there to be read now; nothing when there is none, or when the event loop should find out what is wrong. */
function readNow(fd: number): Buffer | undefined {
  const bytes = Buffer.allocUnsafe(SPIN_BYTES)
  try {
    const length = readSync(fd, bytes)
    return length > 0 ? bytes.subarray(0, length) : undefined
  } catch {
    return undefined
  }
}

function parse(frame: Frame): unknown {
  return frame.payload.length === 0 ? undefined : JSON.parse(frame.payload.toString('utf8'))
}

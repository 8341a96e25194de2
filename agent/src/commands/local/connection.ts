/** What a command may ask the resident agent over its local socket, and how it is answered. */
import { AgentError, messageOf } from '../../platform/errors.ts'
import { FRAME, FrameError, type Frame } from '../../platform/local-api/frame.ts'
import type { Peer, PeerHandler } from '../../platform/local-api/peer.ts'

export interface MethodContext {
  /** Sends one item of a stream; the answer comes when the stream ends. */
  readonly item: (value: unknown) => void
  /** The command went away. */
  readonly gone: AbortSignal
  /** Local user who asks. */
  readonly user: string
  /** The AI agent among the processes that the command was started by; undefined when there is none. */
  readonly within: string | undefined
}

/** Throws an `AgentError` for what the command did wrong. */
export type Method = (params: unknown, context: MethodContext) => unknown
export type Methods = ReadonlyMap<string, Method>

const MOST_OPEN = 64

/** One command's connection. */
export class CommandConnection implements PeerHandler {
  private readonly peer: Peer
  private readonly methods: Methods
  private readonly user: string
  private readonly within: string | undefined
  private readonly log: (text: string) => void
  private readonly ended = new AbortController()
  private open = 0

  constructor(
    peer: Peer,
    setting: Pick<MethodContext, 'user' | 'within'> & { readonly methods: Methods; readonly log: (text: string) => void },
  ) {
    this.peer = peer
    this.methods = setting.methods
    this.user = setting.user
    this.within = setting.within
    this.log = setting.log
  }

  frame(frame: Frame): void {
    const { id } = frame.header
    if (frame.type !== FRAME.request || id === undefined) throw new FrameError('a command sent a frame that is not for commands')
    if (this.open >= MOST_OPEN) throw new FrameError('a command asks too many things at once')
    this.open += 1
    this.run(String(frame.header['method']), frame.payload.toString('utf8'), (value) => this.peer.send(FRAME.item, { id }, encoded(value)))
      .then(
        (value) => this.peer.send(FRAME.response, { id }, encoded(value)),
        (error: unknown) => this.refuse(id, error),
      )
      .finally(() => {
        this.open -= 1
      })
  }

  closed(): void {
    this.ended.abort()
  }

  private async run(name: string, params: string, item: (value: unknown) => void): Promise<unknown> {
    const method = this.methods.get(name)
    if (method === undefined)
      throw new AgentError(
        'usage',
        `The agent does not know \`${name.slice(0, 60)}\`, so nothing was done. Agent and command may be of different versions: restart the agent.`,
      )
    return method(params === '' ? {} : (JSON.parse(params) as unknown), {
      item,
      gone: this.ended.signal,
      user: this.user,
      within: this.within,
    })
  }

  private refuse(id: number, error: unknown): void {
    if (!(error instanceof AgentError))
      this.log(`a command failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    this.peer.send(FRAME.response, { id, error: messageOf(error), code: error instanceof AgentError ? error.code : 'internal' })
  }
}

function encoded(value: unknown): Buffer {
  return value === undefined ? Buffer.alloc(0) : Buffer.from(JSON.stringify(value))
}

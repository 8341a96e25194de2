import { type FrameHeader, FRAME, FrameError, type Frame } from '../platform/local-api/frame.ts'
import type { Peer, PeerHandler } from '../platform/local-api/peer.ts'
import type { Abandoned, Answer, Conversation, FrontEnd, Question } from './gate.ts'

/** Held messages of one front-end at once; beyond that the front-end does not keep to the protocol. */
const MOST_HELD = 8192

/** Joins one front-end's frames to its gate's conversation. */
export class GateConnection implements PeerHandler {
  private readonly peer: Peer
  private readonly conversation: Conversation
  private readonly held = new Map<number, Abandonment>()
  private readonly log: (text: string) => void

  constructor(peer: Peer, conversation: Conversation, log: (text: string) => void) {
    this.peer = peer
    this.conversation = conversation
    this.log = log
  }

  frame(frame: Frame): void {
    const { header, payload, type } = frame
    if (type === FRAME.intercept) return this.intercept(idOf(header), sideOf(header), payload)
    if (type === FRAME.cancel) return this.held.get(idOf(header))?.abort()
    if (type !== FRAME.observe) throw new FrameError('a gate front-end sent a frame that is not for gates')
    const { missed } = header
    if (typeof missed === 'number') this.conversation.missed(missed)
    else this.conversation.observe(sideOf(header), payload)
  }

  closed(): void {
    for (const abandoned of this.held.values()) abandoned.abort()
    this.held.clear()
    this.conversation.close()
  }

  private intercept(id: number, from: 'host' | 'server', payload: Buffer): void {
    if (this.held.size >= MOST_HELD) throw new FrameError('a gate front-end holds too many messages')
    if (from === 'server') {
      // Results that could be changed wait for that, and large ones until they were read: no later call is judged without them.
      const answer = this.read(payload)
      return this.peer.send(FRAME.answer, { id, action: answer.action }, answer.payload)
    }
    const abandoned = new Abandonment()
    try {
      const answer = this.conversation.intercept(payload, this.frontEnd(id), abandoned)
      // Answered before anybody could give it up: it was never held.
      if (!(answer instanceof Promise)) return this.send(id, answer)
      this.held.set(id, abandoned)
      answer.then(
        (given) => this.answer(id, given),
        (error: unknown) => this.fail(id, error),
      )
    } catch (error) {
      this.fail(id, error)
    }
  }

  /** A message of the server that waits. What cannot be judged goes on: it only tells. */
  private read(payload: Buffer): Answer {
    try {
      const answer = this.conversation.answered?.(payload)
      if (answer !== undefined) return answer
    } catch (error) {
      this.log(`a gate failed on an answer: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    }
    this.conversation.observe('server', payload)
    return { action: 'pass' }
  }

  private frontEnd(id: number): FrontEnd {
    return {
      asking: (question: Question) => this.peer.send(FRAME.asking, { id, ...question }),
      notice: (bytes) => this.peer.send(FRAME.notice, {}, bytes),
    }
  }

  private answer(id: number, answer: Answer): void {
    if (this.held.delete(id)) this.send(id, answer)
  }

  private send(id: number, { action, extra, payload }: Answer): void {
    this.peer.send(FRAME.answer, extra === undefined ? { id, action } : { ...extra, id, action }, payload)
  }

  /** The gate itself failed: the front-end is not answered, and its fail mode blocks what could do something. */
  private fail(id: number, error: unknown): void {
    this.held.delete(id)
    this.log(`a gate failed on a message: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    this.peer.send(FRAME.answer, { id, action: 'failed', why: error instanceof Error ? error.message : String(error) })
  }
}

/** Most calls are answered before anybody could give them up. */
class Abandonment implements Abandoned {
  aborted = false
  private listeners: (() => void)[] | undefined

  addEventListener(_type: 'abort', listener: () => void): void {
    ;(this.listeners ??= []).push(listener)
  }

  abort(): void {
    if (this.aborted) return
    this.aborted = true
    for (const listener of this.listeners ?? []) listener()
  }
}

function idOf(header: FrameHeader): number {
  if (header.id === undefined) throw new FrameError('a held message has no id')
  return header.id
}

function sideOf(header: FrameHeader): 'host' | 'server' {
  return header['from'] === 'server' ? 'server' : 'host'
}

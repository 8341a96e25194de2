/** Brings a streamed answer back to the client, piece by piece as it is read. */
import type { ServerResponse } from 'node:http'
import type { Answer, BodyTaker } from '../http-exchange.ts'
import { StreamedAnswer } from './answer.ts'
import type { Dialect } from './dialect.ts'
import { type Exchanging, judgeCalls } from './judging.ts'
import { StreamedBody } from './streamed-body.ts'

export interface Streaming {
  readonly dialect: Dialect
  readonly exchanging: Exchanging
  readonly answer: Answer
  /** Everything is with the client, or the client is gone. */
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

/** What one read of the connection brought goes on in that same turn. Only a judged call, or a client that does not keep up, makes the next one wait. */
export class StreamBack implements BodyTaker {
  private readonly response: ServerResponse
  private readonly streaming: Streaming
  private readonly body: StreamedBody
  private readonly stream: StreamedAnswer
  private busy: Promise<void> | undefined

  /** The head of the answer must have gone out. */
  constructor(response: ServerResponse, streaming: Streaming) {
    this.response = response
    this.streaming = streaming
    this.body = new StreamedBody(response)
    const { dialect, exchanging, resolve } = streaming
    this.stream = new StreamedAnswer(
      dialect,
      (calls) => judgeCalls(exchanging, calls),
      (parts) => this.body.write(parts),
    )
    response.on('close', resolve)
  }

  piece(bytes: Buffer): void {
    this.busy = this.stream.push(bytes)
    if (this.busy === undefined && !this.body.full) return
    this.streaming.answer.pause()
    if (this.busy === undefined) this.goOn()
    else
      this.busy.then(
        () => this.goOn(),
        (error: unknown) => this.giveUp(error),
      )
  }

  end(): void {
    const { exchanging, resolve, reject } = this.streaming
    const finish = async () => {
      await this.busy
      await this.stream.end()
      exchanging.conversations.answered(exchanging.conversation, this.stream.answerId)
      this.response.end()
    }
    finish().then(resolve, reject)
  }

  fail(error: Error): void {
    this.streaming.reject(error)
  }

  private goOn(): void {
    const { answer } = this.streaming
    this.busy = undefined
    if (!this.body.full) return answer.resume()
    this.body.drained(() => answer.resume())
  }

  /** What came with it goes nowhere either. */
  private giveUp(error: unknown): void {
    this.streaming.answer.destroy()
    this.streaming.reject(error)
  }
}

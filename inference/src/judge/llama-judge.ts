/** A small language model that is asked one question with two answers, behind a bounded queue and a deadline. */
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { ClassifierState } from '../port.ts'
import { workerEntry } from '../worker-entry.ts'
import type { FromJudge, ToJudge } from './messages.ts'
import type { JudgeQuestion } from './prompt.ts'

export interface JudgeOptions {
  /** A GGUF file. */
  readonly path: string
  readonly contextTokens?: number
  readonly log?: (text: string) => void
}

export interface JudgeAnswer {
  /** 0 to 1: how likely the action serves the request. */
  readonly probability: number
  readonly millis: number
}

export type JudgeErrorCode = 'late' | 'busy' | 'unavailable' | 'closed'

/** The judge did not answer. What asked it stays as strict as it was. */
export class JudgeError extends Error {
  readonly code: JudgeErrorCode

  constructor(code: JudgeErrorCode, text: string) {
    super(text)
    this.name = 'JudgeError'
    this.code = code
  }
}

const CONTEXT_TOKENS = 2048
/** Questions that may wait; one more is turned away at once. */
const MOST_WAITING = 4
/** A judge that is silent for so long after a deadline is ended and started again. */
const PATIENCE_MS = 10_000
const LOAD_MS = 60_000
const MOST_LIVES = 3

interface Waiter {
  readonly resolve: (answer: JudgeAnswer) => void
  readonly reject: (error: JudgeError) => void
  readonly started: number
}

export class LlamaJudge {
  readonly #options: JudgeOptions
  readonly #waiting = new Map<number, Waiter>()
  #child: ChildProcess | undefined
  #ready: Promise<void> = Promise.resolve()
  #says = ''
  #lives = 0
  #next = 1
  #closed = false
  #watch: NodeJS.Timeout | undefined

  private constructor(options: JudgeOptions) {
    this.#options = options
  }

  /** Loading begins at once. A judge that does not come up is off; nothing is thrown. */
  static start(options: JudgeOptions): LlamaJudge {
    const judge = new LlamaJudge(options)
    judge.#begin()
    return judge
  }

  state(): ClassifierState {
    return { on: !this.#closed && this.#says === '', says: this.#says }
  }

  /** Asks. Rejects with a `JudgeError` when the signal aborts first, when too many wait, or when the judge is off. */
  async ask(question: JudgeQuestion, signal: AbortSignal): Promise<JudgeAnswer> {
    if (this.#closed) throw new JudgeError('closed', 'The judge is closed; the call is decided without it.')
    if (this.#waiting.size >= MOST_WAITING)
      throw new JudgeError('busy', 'Too many questions wait for the judge; the call is decided without it.')
    if (signal.aborted) throw lateError()
    const id = this.#next
    this.#next += 1
    return new Promise<JudgeAnswer>((resolve, reject) => {
      const late = () => {
        reject(lateError())
        this.#watch ??= setTimeout(() => this.#restart(), PATIENCE_MS).unref()
      }
      signal.addEventListener('abort', late, { once: true })
      const done = () => signal.removeEventListener('abort', late)
      this.#waiting.set(id, {
        resolve: (answer) => (done(), resolve(answer)),
        reject: (error) => (done(), reject(error)),
        started: performance.now(),
      })
      void this.#ready.then(() => this.#send({ type: 'ask', id, question, nonce: randomBytes(8).toString('hex') }, id))
    })
  }

  async close(): Promise<void> {
    this.#closed = true
    this.#fail('it was closed', 'closed')
    clearTimeout(this.#watch)
    const child = this.#child
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.kill('SIGKILL')
    await gone
  }

  #begin(): void {
    this.#lives += 1
    const child = fork(fileURLToPath(workerEntry(import.meta.url, 'judge')), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      execArgv: [],
      env: Object.fromEntries(
        ['SystemRoot', 'TEMP', 'TMPDIR', 'HOME'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
      ),
    })
    this.#child = child
    const loaded = Promise.withResolvers<void>()
    this.#ready = loaded.promise
    const timer = setTimeout(() => child.kill('SIGKILL'), LOAD_MS)
    child.on('message', (message) => {
      const said = message as FromJudge
      if (said.type === 'loaded') {
        this.#says = ''
        loaded.resolve()
      } else if (said.type === 'failed' && said.id === undefined) this.#giveUp(`The judge's model could not be loaded (${said.message})`)
      else this.#take(said)
      clearTimeout(timer)
    })
    child.once('error', (error) => this.#giveUp(`The judge could not be started (${error.message})`))
    child.once('exit', (code, how) => {
      clearTimeout(timer)
      if (child === this.#child) this.#ended(`its process ended with ${how ?? `code ${code}`}`)
    })
    child.unref()
    child.channel?.unref()
    child.send({ type: 'load', path: this.#options.path, contextTokens: this.#options.contextTokens ?? CONTEXT_TOKENS } satisfies ToJudge)
  }

  #take(message: FromJudge): void {
    if (message.type === 'loaded' || message.id === undefined) return
    clearTimeout(this.#watch)
    this.#watch = undefined
    const waiter = this.#waiting.get(message.id)
    this.#waiting.delete(message.id)
    this.#settleReference()
    if (message.type === 'answered') waiter?.resolve({ probability: message.probability, millis: performance.now() - waiter.started })
    else waiter?.reject(new JudgeError('unavailable', `The judge could not answer (${message.message}); the call is decided without it.`))
  }

  #send(message: ToJudge, id: number): void {
    this.#settleReference()
    if (this.#child?.connected === true) this.#child.send(message)
    else this.#waiting.get(id)?.reject(new JudgeError('unavailable', this.#says))
  }

  #restart(): void {
    this.#watch = undefined
    this.#child?.kill('SIGKILL')
  }

  #ended(why: string): void {
    if (this.#closed || this.#says.includes('stays off')) return
    this.#fail(why, 'unavailable')
    if (this.#lives >= MOST_LIVES) return this.#giveUp(`The judge ended ${this.#lives} times (${why})`)
    this.#options.log?.(`The judge ended (${why}) and starts again.`)
    this.#begin()
  }

  #giveUp(why: string): void {
    this.#says = `${why}. It stays off until the agent starts again; calls are decided without it, which is never less strict.`
    this.#options.log?.(this.#says)
    this.#fail(why, 'unavailable')
    this.#child?.kill('SIGKILL')
  }

  #fail(why: string, code: JudgeErrorCode): void {
    for (const waiter of this.#waiting.values())
      waiter.reject(new JudgeError(code, `The judge did not answer (${why}); the call is decided without it.`))
    this.#waiting.clear()
  }

  /** The process may end while nobody waits for an answer. */
  #settleReference(): void {
    const child = this.#child
    if (child === undefined) return
    if (this.#waiting.size > 0) {
      child.ref()
      child.channel?.ref()
    } else {
      child.unref()
      child.channel?.unref()
    }
  }
}

function lateError(): JudgeError {
  return new JudgeError('late', 'The judge did not answer in time; the call is decided without it.')
}

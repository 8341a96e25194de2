/** A process beside the agent that stops a robot when the agent dies without a word: it holds its own connection to the robot. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerEntry } from '../../platform/worker-entry.ts'
import type { Stop } from './dead-man.ts'

/** A process that ended is started anew after so long, and counts as well again when it has lasted so long. */
const [AGAIN_MS, STEADY_MS] = [500, 2000]

/** A line to the process: what would have to be stopped. No line but the end of its input means that the agent is gone. */
export interface SecondHandLine {
  readonly armed: readonly Stop[]
  /** To be stopped now, as the connection that moved it broke. */
  readonly now?: readonly Stop[]
  /** Nothing is to be stopped any more, and the process may go. */
  readonly goodbye?: true
}

export class SecondHand {
  private readonly url: string
  private readonly lost: (why: string | undefined) => void
  private child: ChildProcess | undefined
  /** By connection: several clients may move the same robot. */
  private readonly armed = new Map<object, readonly Stop[]>()

  /** `lost` is told why nobody would stop the robot, and nothing once somebody would again. */
  constructor(url: string, lost: (why: string | undefined) => void) {
    this.url = url
    this.lost = lost
  }

  /** Starts the process the first time that there is something to stop. */
  hold(connection: object, stops: readonly Stop[]): void {
    if (stops.length === 0) this.armed.delete(connection)
    else this.armed.set(connection, stops)
    if (this.child === undefined && stops.length > 0) this.child = this.start()
    this.write({ armed: this.all() })
  }

  /** Its own connection may reach the robot where another does not. */
  stop(stop: Stop): void {
    this.child ??= this.start()
    this.write({ armed: this.all(), now: [stop] })
  }

  private all(): readonly Stop[] {
    return [...this.armed.values()].flat()
  }

  close(): void {
    const { child } = this
    this.child = undefined
    this.armed.clear()
    if (child?.stdin?.writable === true) child.stdin.end(`${JSON.stringify({ armed: [], goodbye: true } satisfies SecondHandLine)}\n`)
  }

  private start(): ChildProcess {
    const entry = fileURLToPath(workerEntry(import.meta.url, 'robot-stop'))
    const child = spawn(process.execPath, [entry, this.url], { stdio: ['pipe', 'ignore', 'ignore'], detached: true, windowsHide: true })
    child.stdin?.on('error', () => undefined)
    const gone = (): void => {
      if (this.child !== child) return
      this.child = undefined
      this.lost('the process that would stop it if the agent died has ended')
      setTimeout(() => this.startAgain(), AGAIN_MS).unref()
    }
    child.once('spawn', () => setTimeout(() => child === this.child && this.lost(undefined), STEADY_MS).unref())
    child.once('error', gone)
    child.once('exit', gone)
    child.unref()
    return child
  }

  private startAgain(): void {
    if (this.child !== undefined || this.armed.size === 0) return
    this.child = this.start()
    this.write({ armed: this.all() })
  }

  private write(line: SecondHandLine): void {
    if (this.child?.stdin?.writable === true) this.child.stdin.write(`${JSON.stringify(line)}\n`)
  }
}

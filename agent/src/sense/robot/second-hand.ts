/** A process beside the agent that stops a robot when the agent dies without a word: it holds its own connection to the robot. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerEntry } from '../../platform/worker-entry.ts'
import type { Stop } from './dead-man.ts'

/** A line to the process: what would have to be stopped. No line but the end of its input means that the agent is gone. */
export interface SecondHandLine {
  readonly armed: readonly Stop[]
  /** Nothing is to be stopped any more, and the process may go. */
  readonly goodbye?: true
}

export class SecondHand {
  private readonly url: string
  private readonly lost: (why: string) => void
  private child: ChildProcess | undefined
  /** By connection: several clients may move the same robot. */
  private readonly armed = new Map<object, readonly Stop[]>()

  constructor(url: string, lost: (why: string) => void) {
    this.url = url
    this.lost = lost
  }

  /** Starts the process the first time that there is something to stop. */
  hold(connection: object, stops: readonly Stop[]): void {
    if (stops.length === 0) this.armed.delete(connection)
    else this.armed.set(connection, stops)
    if (this.child === undefined && stops.length > 0) this.child = this.start()
    this.write({ armed: [...this.armed.values()].flat() })
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
    }
    child.once('error', gone)
    child.once('exit', gone)
    child.unref()
    return child
  }

  private write(line: SecondHandLine): void {
    if (this.child?.stdin?.writable === true) this.child.stdin.write(`${JSON.stringify(line)}\n`)
  }
}

/** An MCP client that sends exactly the bytes it is given and keeps exactly the lines that come back. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

export type Answer = {
  readonly id?: unknown
  readonly result?: Record<string, unknown>
  readonly error?: { readonly code: number; readonly message: string }
}

export class RawClient {
  readonly lines: string[] = []
  stderr = ''
  readonly #child: ChildProcess
  readonly #exit: Promise<number | null>
  #id = 0

  constructor(command: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}) {
    const [program = '', ...args] = command
    this.#child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'pipe'] })
    this.#child.stdin?.on('error', () => undefined)
    if (this.#child.stdout) createInterface({ input: this.#child.stdout }).on('line', (line) => this.lines.push(line))
    this.#child.stderr?.on('data', (chunk: Buffer) => {
      this.stderr += chunk.toString()
    })
    this.#exit = new Promise((resolve) => this.#child.on('close', resolve))
  }

  get running(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** Resolves when the pipe takes more. */
  send(bytes: string | Buffer): Promise<void> {
    const stdin = this.#child.stdin
    return new Promise((resolve) => (stdin?.write(bytes) ? resolve() : stdin?.once('drain', resolve)))
  }

  async request(method: string, params: object, withinMs = 60_000): Promise<Answer> {
    this.#id += 1
    const id = this.#id
    await this.send(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    return this.answerTo(id, withinMs)
  }

  async answerTo(id: unknown, withinMs = 60_000): Promise<Answer> {
    const deadline = Date.now() + withinMs
    for (;;) {
      for (const line of this.lines) {
        const message = parsed(line)
        if (message && message.id === id && (message.result ?? message.error)) return message
      }
      if (!this.running) throw new Error(`the server side ended; stderr: ${this.stderr}`)
      if (Date.now() > deadline) throw new Error(`no answer to ${String(id)} within ${withinMs} ms; stderr: ${this.stderr}`)
      await new Promise((resolve) => setTimeout(resolve, 10))
    }
  }

  async open(): Promise<void> {
    await this.request('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'raw', version: '1.0.0' } })
    await this.send('{"jsonrpc":"2.0","method":"notifications/initialized"}\n')
    await this.request('tools/list', {})
  }

  call(name: string, args: object, withinMs?: number): Promise<Answer> {
    return this.request('tools/call', { name, arguments: args }, withinMs)
  }

  close(): Promise<number | null> {
    this.#child.stdin?.end()
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5000)
    return this.#exit.finally(() => clearTimeout(timer))
  }
}

function parsed(line: string): Answer | undefined {
  try {
    return JSON.parse(line) as Answer
  } catch {
    return undefined
  }
}

export function textOf(answer: Answer): string {
  const content = answer.result?.['content'] as readonly { readonly text?: string }[] | undefined
  return content?.map((block) => block.text ?? '').join('\n') ?? JSON.stringify(answer)
}

export function stopped(answer: Answer): boolean {
  return answer.error !== undefined || answer.result?.['isError'] === true
}

import { type ChildProcessByStdio, spawn } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** A raw MCP client over stdio: it writes prepared lines and waits for answers by id, so that the client costs next to nothing. */
export class McpCaller {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>
  readonly #waiting = new Map<number, (line: string) => void>()
  #rest = ''
  #id = 0

  constructor(command: readonly string[], options: { readonly cwd?: string; readonly env?: NodeJS.ProcessEnv } = {}) {
    const [program = '', ...args] = command
    this.#child = spawn(program, args, { ...options, stdio: ['pipe', 'pipe', 'inherit'] })
    this.#child.stdout.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk))
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  /** The whole line of the answer. */
  call(method: string, params: object): Promise<string> {
    this.#id += 1
    const id = this.#id
    return new Promise((resolve) => {
      this.#waiting.set(id, resolve)
      this.#child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`)
    })
  }

  async open(): Promise<void> {
    const initialized = { jsonrpc: '2.0', method: 'notifications/initialized' }
    await this.call('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } })
    this.#child.stdin.write(`${JSON.stringify(initialized)}\n`)
    await this.call('tools/list', {})
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#child.once('exit', () => resolve())
      this.#child.stdin.end()
      setTimeout(() => this.#child.kill('SIGKILL'), 3000).unref()
    })
  }

  #read(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      const id = Number(/"id":(\d+)/.exec(line)?.[1])
      const resolve = this.#waiting.get(id)
      this.#waiting.delete(id)
      resolve?.(line)
    }
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { spawnable } from '../../platform/command-line.ts'
import { AgentError, messageOf } from '../../platform/errors.ts'
import { McpFrontEnd } from './front-end.ts'
import { serverName } from './server-name.ts'
import type { WrapOptions } from './wrap.ts'

/** How long a server may take to leave after its input closed, and again after it was asked to. */
const GRACE_MS = 5000

export interface GatedServerOptions extends WrapOptions {
  /** Process on whose behalf the server is called, where that is not the one that started us. */
  readonly client?: number
  /** One message for the client. False: no more before `resume`. */
  readonly toClient: (line: Buffer) => boolean
  /** The server is gone and says nothing more. */
  readonly ended: () => void
}

/** An MCP server over stdio that belongs to one client somewhere else, with the gate in front. */
export class GatedServer {
  private readonly child: ChildProcess
  private readonly frontEnd: McpFrontEnd

  private constructor(child: ChildProcess, options: GatedServerOptions) {
    this.child = child
    const { stdin, stdout } = child
    const { client, command } = options
    this.frontEnd = new McpFrontEnd({
      ...options,
      server: options.server ?? serverName(command),
      ...(client === undefined ? {} : { claims: { client: String(client) } }),
      toServer: (bytes) => void stdin?.write(bytes),
      toHost: (bytes) => {
        if (!options.toClient(bytes)) stdout?.pause()
      },
      onIdle: () => undefined,
    })
    stdin?.on('error', () => undefined)
    stdout?.on('data', (chunk: Buffer) => this.frontEnd.serverBytes(chunk))
    stdout?.on('end', () => this.frontEnd.serverEnd())
    child.on('close', () => {
      this.frontEnd.close()
      options.ended()
    })
  }

  /** Rejects with a sentence when the command cannot be started. */
  static async start(options: GatedServerOptions): Promise<GatedServer> {
    const [command = '', ...args] = options.command
    const { file, args: words, verbatim } = spawnable(command, args, options.platform.os)
    const child = spawn(file, [...words], { stdio: ['pipe', 'pipe', 'inherit'], windowsVerbatimArguments: verbatim, windowsHide: true })
    try {
      await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject))
    } catch (error) {
      throw new AgentError(
        'usage',
        `The MCP server \`${command}\` could not be started (${messageOf(error)}), so nothing runs behind the gate. Check the command after \`--\`.`,
        error,
      )
    }
    child.on('error', () => undefined)
    return new GatedServer(child, options)
  }

  /** True while it should not be given more. */
  get full(): boolean {
    return this.frontEnd.full || (this.child.stdin?.writableNeedDrain ?? false)
  }

  /** One message of the client, with its line end. */
  take(line: Buffer): void {
    this.frontEnd.hostBytes(line)
  }

  resume(): void {
    this.child.stdout?.resume()
  }

  /** Says goodbye the way hosts do, and does not wait for ever. */
  close(): void {
    const { child } = this
    this.resume()
    child.stdin?.end()
    setTimeout(() => child.kill('SIGTERM'), GRACE_MS).unref()
    setTimeout(() => child.kill('SIGKILL'), 2 * GRACE_MS).unref()
  }
}

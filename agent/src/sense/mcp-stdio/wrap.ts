import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { spawnable } from '../../platform/command-line.ts'
import { AgentError, messageOf } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { McpFrontEnd } from './front-end.ts'
import { serverName } from './server-name.ts'

export interface WrapOptions {
  readonly state: string
  readonly platform: Platform
  readonly command: readonly string[]
  /** Name of the server in policies; told from the command unless given. */
  readonly server?: string
  readonly lineBytes: number
  readonly deadline: number
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
/** How long a server may take to leave after its input closed, and again after it was asked to. */
const GRACE_MS = 5000
/** How long output may come after the process is gone. */
const OUTPUT_MS = 2000

/** Runs an MCP server behind the gate until it ends. Resolves with the exit code; dies by the signal the server died by. */
export async function wrapServer(options: WrapOptions): Promise<number> {
  const [command = '', ...args] = options.command
  const start = spawnable(command, args, options.platform.os)
  const child = spawn(start.file, [...start.args], {
    stdio: ['pipe', 'pipe', 'inherit'],
    windowsVerbatimArguments: start.verbatim,
    windowsHide: true,
  })
  const ended = exit(child)
  try {
    await started(child)
  } catch (error) {
    throw new AgentError(
      'usage',
      `The MCP server \`${command}\` could not be started (${messageOf(error)}), so nothing runs behind the gate. Check the command after \`--\`.`,
      error,
    )
  }
  connect(child, options)
  const passSignal = (signal: NodeJS.Signals) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, passSignal)
  const { code, signal } = await ended
  await flushed(process.stdout)
  for (const name of SIGNALS) process.off(name, passSignal)
  if (signal === null) return code ?? 0
  process.kill(process.pid, signal)
  // A signal that does not end this process is told the way shells tell it.
  return 128 + constants.signals[signal]
}

function connect(child: ChildProcess, options: WrapOptions): void {
  const { stdin, stdout } = child
  if (stdin === null || stdout === null) return
  let hostClosed = false
  const closeServer = () => {
    if (!hostClosed || !frontEnd.idle) return
    stdin.end()
    setTimeout(() => child.kill('SIGTERM'), GRACE_MS).unref()
    setTimeout(() => child.kill('SIGKILL'), 2 * GRACE_MS).unref()
  }
  const frontEnd: McpFrontEnd = new McpFrontEnd({
    ...options,
    server: options.server ?? serverName(options.command),
    toServer: (bytes) => {
      if (stdin.writable && !stdin.write(bytes)) process.stdin.pause()
    },
    toHost: (bytes) => {
      if (!process.stdout.write(bytes)) stdout.pause()
    },
    onIdle: () => closeServer(),
  })
  const resumeHost = () => {
    if (!stdin.writableNeedDrain && !frontEnd.full) process.stdin.resume()
  }
  stdin.on('drain', resumeHost)
  stdin.on('error', () => undefined)
  process.stdout.on('drain', () => stdout.resume())
  process.stdout.on('error', () => child.kill('SIGTERM'))
  process.stdin.on('data', (chunk: Buffer) => {
    frontEnd.hostBytes(chunk)
    if (!frontEnd.full) return
    process.stdin.pause()
    const retry = setInterval(() => {
      if (frontEnd.full) return
      clearInterval(retry)
      resumeHost()
    }, 20)
  })
  process.stdin.on('end', () => {
    frontEnd.hostEnd()
    hostClosed = true
    closeServer()
  })
  stdout.on('data', (chunk: Buffer) => frontEnd.serverBytes(chunk))
  stdout.on('end', () => frontEnd.serverEnd())
  child.on('close', () => frontEnd.close())
}

function started(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', reject)
  })
}

/** Ends with the process and its output; a grandchild that keeps the output open does not keep us. */
function exit(child: ChildProcess): Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }> {
  return new Promise((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }))
    child.once('exit', (code, signal) => setTimeout(() => resolve({ code, signal }), OUTPUT_MS))
    child.once('error', () => resolve({ code: null, signal: null }))
  })
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return stream.writableLength === 0
    ? Promise.resolve()
    : new Promise((resolve) => stream.once('drain', resolve).once('error', () => resolve()))
}

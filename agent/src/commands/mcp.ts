import { AgentError } from '../platform/errors.ts'
import { wrapServer } from '../sense/mcp-stdio/wrap.ts'
import type { CommandContext } from './context.ts'
import { addressOf } from './server-address.ts'

const LINE_BYTES = 64 * 1024 * 1024
const DEADLINE_MS = 5000

/**
 * `assize mcp [--server NAME] [--line-bytes N] [--deadline MS] -- CMD [ARG…]`: an MCP server over stdio, behind the gate.
 * With `--url URL` instead of a command: one over streamable HTTP. With `--listen PORT`: for clients that speak HTTP.
 */
export async function runMcpCommand(context: CommandContext, given: readonly string[]): Promise<number> {
  const { options, command } = split(behindBridge(given))
  if (command.length === 0)
    throw new AgentError('usage', 'There is no server command after `--`, so nothing was started. Write `assize mcp -- CMD ARG…`.')
  const { state, platform } = context
  const server = options.get('--server')
  const wrap = {
    state,
    platform,
    command,
    lineBytes: numberOf(options, '--line-bytes', LINE_BYTES),
    deadline: numberOf(options, '--deadline', DEADLINE_MS),
    ...(server === undefined ? {} : { server }),
  }
  const [listen, origin] = [options.get('--listen'), options.get('--origin')]
  if (listen === undefined) return wrapServer(wrap)
  const { listenBehindGate, portOf } = await import('./mcp-listen.ts')
  return listenBehindGate(context, { wrap, port: portOf(listen), origins: origin === undefined ? [] : [origin] })
}

const BRIDGED: ReadonlySet<string> = new Set(['--header', '--header-env', '--line-bytes'])

/** The same arguments with the bridge as the server to be started, where there is an address instead of a command. */
export function behindBridge(args: readonly string[]): readonly string[] {
  // Options come in pairs, up to the first word that is none: the rest belongs to the server.
  const end = args.findIndex((word, index) => index % 2 === 0 && (word === '--' || !word.startsWith('-')))
  const pairs = (end < 0 ? args : args.slice(0, end)).flatMap((word, index, own) =>
    index % 2 === 0 ? [[word, own[index + 1] ?? ''] as const] : [],
  )
  const address = pairs.find(([name]) => name === '--url')?.[1]
  if (address === undefined) return args
  const url = addressOf(address)
  const bridged = pairs.filter(([name]) => BRIDGED.has(name)).flat()
  const kept = pairs.filter(([name]) => name !== '--url' && !name.startsWith('--header')).flat()
  const server = kept.includes('--server') ? [] : ['--server', url.host]
  return [...kept, ...server, '--', process.execPath, process.argv[1] ?? 'assize', 'mcp-bridge', url.href, ...bridged]
}

const OPTIONS: ReadonlySet<string> = new Set(['--server', '--line-bytes', '--deadline', '--listen', '--origin'])

/** Options end at `--`, or at the first word that is none: the rest belongs to the server. */
function split(args: readonly string[]): { readonly options: ReadonlyMap<string, string>; readonly command: readonly string[] } {
  const options = new Map<string, string>()
  for (let at = 0; at < args.length; at += 2) {
    const word = args[at] ?? ''
    if (word === '--') return { options, command: args.slice(at + 1) }
    if (!OPTIONS.has(word)) {
      if (word.startsWith('-'))
        throw new AgentError(
          'usage',
          `The option \`${word}\` is not known, so nothing was started. Write the server's command after \`--\`.`,
        )
      return { options, command: args.slice(at) }
    }
    options.set(word, args[at + 1] ?? '')
  }
  return { options, command: [] }
}

function numberOf(options: ReadonlyMap<string, string>, name: string, otherwise: number): number {
  const text = options.get(name)
  if (text === undefined) return otherwise
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 50)
    throw new AgentError('usage', `The value of ${name} is no whole number from 50, so nothing was started.`)
  return value
}

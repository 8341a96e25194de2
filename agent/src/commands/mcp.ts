import { AgentError } from '../platform/errors.ts'
import { wrapServer } from '../sense/mcp-stdio/wrap.ts'
import type { CommandContext } from './context.ts'

const LINE_BYTES = 64 * 1024 * 1024
const DEADLINE_MS = 5000

/** `assize mcp [--server NAME] [--line-bytes N] [--deadline MS] -- CMD [ARG…]`: an MCP server over stdio, behind the gate. */
export function runMcpCommand(context: CommandContext, args: readonly string[]): Promise<number> {
  const { options, command } = split(args)
  if (command.length === 0)
    throw new AgentError('usage', 'There is no server command after `--`, so nothing was started. Write `assize mcp -- CMD ARG…`.')
  const { state, platform } = context
  const server = options.get('--server')
  return wrapServer({
    state,
    platform,
    command,
    lineBytes: numberOf(options, '--line-bytes', LINE_BYTES),
    deadline: numberOf(options, '--deadline', DEADLINE_MS),
    ...(server === undefined ? {} : { server }),
  })
}

const OPTIONS: ReadonlySet<string> = new Set(['--server', '--line-bytes', '--deadline'])

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

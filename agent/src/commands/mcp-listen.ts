import { isProgram } from '../platform/command-line.ts'
import { AgentError, EXIT } from '../platform/errors.ts'
import { Listener } from '../sense/mcp-http/index.ts'
import { GatedServer } from '../sense/mcp-stdio/gated-server.ts'
import type { WrapOptions } from '../sense/mcp-stdio/wrap.ts'
import type { CommandContext } from './context.ts'

const LOOPBACK: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1'])
const PATH = '/mcp'

/** Where `assize mcp --listen` listens: `PORT`, or `HOST:PORT` with a name of this machine for itself. */
export function portOf(text: string): number {
  const [, host, port = ''] = /^(?:\[?([\w.:-]+?)\]?:)?(\d{1,5})$/.exec(text) ?? []
  if (port === '' || Number(port) > 65_535)
    throw new AgentError('usage', `\`${text}\` is no address to listen on, so nothing was started. Write \`--listen 7400\`.`)
  if (host !== undefined && !LOOPBACK.has(host.toLowerCase()))
    throw new AgentError(
      'usage',
      `\`${host}\` can be reached from other machines, and nobody signs in here, so nothing was started. Write \`--listen ${port}\`, which only programs of this machine reach.`,
    )
  return Number(port)
}

/** Runs until it is told to end. The server is started for every session, and once for each process that uses none. */
export async function listenBehindGate(
  context: CommandContext,
  { wrap, port, origins }: { readonly wrap: WrapOptions; readonly port: number; readonly origins: readonly string[] },
): Promise<number> {
  const listener = new Listener({
    port,
    path: PATH,
    origins,
    platform: context.platform,
    start: (client, ends) => GatedServer.start({ ...wrap, ...ends, ...(client === undefined ? {} : { client }) }),
  })
  // Told now, not to the first client.
  const [command = ''] = wrap.command
  if (!isProgram(command, context.platform))
    throw new AgentError('usage', `There is no program \`${command}\`, so nothing was started. Check the command after \`--\`.`)
  const opened = await listener.start()
  if ('why' in opened)
    throw new AgentError('usage', `Nothing can listen on port ${port} of this machine (${opened.why}), so nothing was started.`)
  // Whoever started it may be gone long before its clients are.
  process.stdout.on('error', () => undefined)
  await context.say(`MCP at ${opened.address}, behind the gate. Only programs of this machine reach it; end with Ctrl+C.`)
  await new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
  await listener.close()
  return EXIT.done
}

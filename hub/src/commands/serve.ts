import type { Command } from 'commander'
import { type HubConfigInput, loadConfig } from '../config/config.ts'
import { openHub } from '../hub.ts'
import { openLog } from '../platform/log.ts'
import { systemClock } from '../platform/platform.ts'
import { EXIT, globalOptions, say, usage } from './commands.ts'

interface ServeFlags {
  readonly host?: string
  readonly consolePort?: string
  readonly grpcHost?: string
  readonly grpcPort?: string
  readonly name?: string[]
  readonly agentAddress?: string
  readonly console?: string
  readonly certificateLifetime?: string
  readonly logLevel?: HubConfigInput['logLevel']
}

export function addServe(program: Command, consoleFolder: string): void {
  program
    .command('serve')
    .description('run the hub in the foreground')
    .option('--host <host>', 'address the console listens on (127.0.0.1); others are served over TLS')
    .option('--console-port <n>', 'port of the console and REST (7300)')
    .option('--grpc-host <host>', 'address agents connect to (127.0.0.1)')
    .option('--grpc-port <n>', 'port agents connect to (7301)')
    .option('--name <name...>', 'more names or addresses the hub is known under')
    .option('--agent-address <host:port>', 'address written into enrolment tokens')
    .option('--console <dir>', 'folder of the built console')
    .option('--certificate-lifetime <d>', 'life of agent certificates (30d)')
    .option('--log-level <level>', 'silent, error, warn, info or debug (warn)')
    .action(async (flags: ServeFlags, command: Command) => serve(flags, command, consoleFolder))
}

async function serve(flags: ServeFlags, command: Command, consoleFolder: string): Promise<void> {
  const options = globalOptions(command)
  const config = loadConfig(options.config, given(flags, consoleFolder))
  const log = openLog(config.logLevel)
  let failed: (error: Error) => void = () => undefined
  const failure = new Promise<Error>((resolve) => {
    failed = resolve
  })
  const hub = await openHub({ state: options.state, config, clock: systemClock, log, onFailure: failed })
  say(options, `Assize hub is running. Console: ${hub.consoleUrl}  Agents: ${hub.agentAddress}`, {
    event: 'ready',
    console: hub.consoleUrl,
    agents: hub.agentAddress,
    caFingerprint: hub.authority.fingerprint,
  })
  const end = await Promise.race([signalled(), failure])
  if (end instanceof Error) {
    process.stderr.write(
      `The hub lost its database and stops: ${end.message} Agents keep deciding and keep their records. Start it again with \`assize-hub serve\`.\n`,
    )
    process.exit(EXIT.internal)
  }
  await hub.close()
}

function given(flags: ServeFlags, consoleFolder: string): Partial<HubConfigInput> {
  const { consolePort, grpcPort, name, ...rest } = flags
  const named = {
    console: consoleFolder,
    ...rest,
    ...(consolePort === undefined ? {} : { consolePort: portOf(consolePort, '--console-port') }),
    ...(grpcPort === undefined ? {} : { grpcPort: portOf(grpcPort, '--grpc-port') }),
    ...(name === undefined ? {} : { names: name }),
  }
  return named
}

function portOf(text: string, flag: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw usage(`\`${text}\` is not a port.`, `Give ${flag} a number from 0 to 65535; 0 takes a free one.`)
}

/** A second signal does not wait. */
function signalled(): Promise<undefined> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => {
        process.once(signal, () => process.exit(EXIT.internal))
        resolve(undefined)
      })
    }
  })
}

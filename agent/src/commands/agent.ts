import { createRequire } from 'node:module'
import type Pino from 'pino'
import { startAgent } from '../agent.ts'
import { loadConfig } from '../config/index.ts'
import { EXIT } from '../platform/errors.ts'
import { AGENT_VERSION } from '../platform/version.ts'
import type { CommandContext } from './context.ts'

// Imported, it would be searched for its exports first, by a function that leaves ten megabytes of the optimiser behind.
const pino = createRequire(import.meta.url)('pino') as typeof Pino

/** `assize agent`: the resident agent, until a signal or `assize stop` ends it. */
export async function runAgentCommand(context: CommandContext): Promise<number> {
  const { platform, state, configFile, verbose } = context
  const config = loadConfig(configFile, platform)
  const logger = pino(
    { name: 'assize', level: verbose ? 'debug' : config.log, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: false }),
  )
  const agent = await startAgent({ state, platform, config, version: AGENT_VERSION, log: (text) => logger.warn(text) })
  logger.info({ address: agent.address, gateways: agent.gateways, state }, 'the agent decides')
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void agent.stop())
  await agent.stopped
  logger.info('the agent stopped')
  logger.flush()
  return EXIT.done
}

/** The gate at agents that others hand tasks to over A2A: it stands before each of them on loopback and holds every task until it is judged. */
import type { ListeningGate } from '../listening-gate.ts'
import type { A2aConfig } from './config.ts'
import { Gateway } from './gateway.ts'
import { GATE } from './passing.ts'

export { a2aConfigSchema } from './config.ts'

/** `state` is the agent's own directory. */
export function a2a(config: A2aConfig, state: string): ListeningGate {
  return {
    name: GATE,
    wanted: config.port !== undefined,
    async listen(host, platform) {
      const gateway = new Gateway(config, state, { host, platform })
      await gateway.open()
      return gateway
    },
  }
}

import { type AgentLink, connectAgent } from '../platform/local-api/client.ts'
import type { CommandContext } from './context.ts'

const CONNECT_MS = 5000

/** Connects to the resident agent, asks, and leaves. */
export async function withAgent<Value>(context: CommandContext, work: (link: AgentLink) => Promise<Value>): Promise<Value> {
  const link = await connectAgent({ state: context.state, platform: context.platform, role: 'command', deadline: CONNECT_MS })
  try {
    return await work(link)
  } finally {
    link.close()
  }
}

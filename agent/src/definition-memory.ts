/** Lets sessions know how MCP servers described their tools before: one that says something else today is a question first. */
import type { ToolCall, ToolDefinition } from '@assize/kernel'
import type { KnownDefinitions } from './platform/known-definitions.ts'
import type { GateHost, Interception, Ruling } from './sense/index.ts'

/** What a call to something that is fetched is called, and the argument that names it. */
const NAMED_BY: Readonly<Record<string, string>> = { 'prompts/get': 'name', 'resources/read': 'uri' }

/** The host, with a memory that outlives sessions and restarts. */
export function rememberingDefinitions(host: GateHost, known: KnownDefinitions): GateHost {
  const accept = ({ gate, caller, hostSession, call }: Interception, now: ToolDefinition): void => {
    const server = call.server ?? ''
    if (!known.accept(server, offeredName(call), now)) return
    const event = { type: 'tools.offered', server, tools: [now], accepted: true } as const
    host.observe({ gate, caller, event, ...(hostSession === undefined ? {} : { hostSession }) })
  }
  return {
    ...host,
    judge(interception, asked, abandoned) {
      const { gate, call } = interception
      // What a server says while a person thinks is not what they said yes to.
      const now = isMcp(gate) && call.server !== undefined ? known.changed(call.server, offeredName(call)) : undefined
      const ruling = host.judge(interception, asked, abandoned)
      if (now === undefined) return ruling
      const settle = (settled: Ruling): Ruling => {
        if (settled.action === 'release') accept(interception, now)
        return settled
      }
      return ruling instanceof Promise ? ruling.then(settle) : settle(ruling)
    },
    observe(observation) {
      const { event, gate } = observation
      if (event.type === 'tools.offered' && isMcp(gate)) {
        const before = known.offered(event.server, event.tools)
        if (before.length > 0) host.observe({ ...observation, event: { ...event, tools: before } })
      }
      host.observe(observation)
    },
  }
}

/** Agents over A2A are remembered by their cards, and applications change their own tools as they please. */
function isMcp(gate: string): boolean {
  return gate.startsWith('mcp-')
}

function offeredName({ tool, args }: ToolCall): string {
  const name = Object.hasOwn(NAMED_BY, tool) ? args[NAMED_BY[tool] ?? ''] : undefined
  return typeof name === 'string' ? `${tool} ${name}` : tool
}

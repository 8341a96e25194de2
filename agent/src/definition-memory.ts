/** Lets sessions know how MCP servers described their tools before: one that says something else today is a question first. */
import type { ToolCall, ToolDefinition } from '@assize/kernel'
import type { Caller } from './platform/caller.ts'
import { type KnownDefinitions, sameDefinition } from './platform/known-definitions.ts'
import type { GateHost, Interception, Ruling } from './sense/index.ts'

/** What a call to something that is fetched is called, and the argument that names it. */
const NAMED_BY: Readonly<Record<string, string>> = { 'prompts/get': 'name', 'resources/read': 'uri' }

/** Applications that a change is known to have been told to; beyond, it goes on being a question. */
const MOST_PLACES = 1000

/** The host, with a memory that outlives sessions and restarts. */
export function rememberingDefinitions(host: GateHost, known: KnownDefinitions): GateHost {
  const heard = new WeakMap<ToolDefinition, Set<string>>()
  const hear = (place: string, server: string, tool: ToolDefinition): void => {
    const now = known.changed(server, tool.name)
    if (now === undefined) return
    const places = heard.get(now) ?? new Set<string>()
    heard.set(now, places)
    if (!sameDefinition(now, tool)) places.delete(place)
    else if (places.size < MOST_PLACES) places.add(place)
  }
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
      // Whoever never heard of the change was not asked about it, so a call of theirs accepts nothing.
      if (now === undefined || heard.get(now)?.has(placeOf(interception)) !== true) return ruling
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
        for (const tool of event.tools) hear(placeOf(observation), event.server, tool)
        if (before.length > 0) host.observe({ ...observation, event: { ...event, tools: before } })
      }
      host.observe(observation)
    },
  }
}

/** The application, whichever of its connections is used. */
function placeOf({ gate, caller, hostSession = '' }: { readonly gate: string; readonly caller: Caller; readonly hostSession?: string }) {
  const app = caller.ancestry[1]
  return `${gate} ${app === undefined ? caller.user : `${app.pid} ${app.started}`} ${hostSession}`
}

/** Agents over A2A are remembered by their cards, and applications change their own tools as they please. */
function isMcp(gate: string): boolean {
  return gate.startsWith('mcp-')
}

function offeredName({ tool, args }: ToolCall): string {
  const name = Object.hasOwn(NAMED_BY, tool) ? args[NAMED_BY[tool] ?? ''] : undefined
  return typeof name === 'string' ? `${tool} ${name}` : tool
}

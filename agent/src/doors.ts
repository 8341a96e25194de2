/** Who is let in: front-ends and commands over the local socket, programs at the gates that listen. */
import { CommandConnection } from './commands/local/connection.ts'
import { type AgentFace, localMethods } from './commands/local/methods.ts'
import type { AgentConfig } from './config/index.ts'
import { AgentError } from './platform/errors.ts'
import { COMMAND_ROLE, type Hello } from './platform/local-api/hello.ts'
import type { Peer, PeerHandler } from './platform/local-api/peer.ts'
import type { Platform } from './platform/platform.ts'
import type { ProcessInfo } from './platform/process-table.ts'
import { GateConnection, type GateHost, GATES, insideAgent, type Listening, listeningGates } from './sense/index.ts'

export interface DoorOptions {
  readonly config: AgentConfig
  readonly platform: Platform
  readonly state: string
}

/** Gates that listen themselves. */
export interface Doors {
  readonly addresses: readonly { readonly gate: string; readonly address: string }[]
  readonly problems: () => readonly string[]
  readonly close: () => Promise<void>
}

export async function openDoors({ config, platform, state }: DoorOptions, host: GateHost): Promise<Doors> {
  const wanted = listeningGates(config.sense, state).filter((gate) => gate.wanted)
  const open: readonly Listening[] = await Promise.all(wanted.map((gate) => gate.listen(host, platform)))
  return {
    addresses: open.flatMap(({ address }, index) => (address === undefined ? [] : [{ gate: wanted[index]?.name ?? '', address }])),
    problems: () => open.flatMap((door) => door.problems()),
    close: async () => void (await Promise.all(open.map((door) => door.close()))),
  }
}

/** Everybody who connects is a gate's front-end or a command; the process tree is read here, not taken from the hello. */
export function door({
  face,
  host,
  platform,
  log,
}: {
  readonly face: AgentFace
  readonly host: GateHost
  readonly platform: Platform
  readonly log: (text: string) => void
}): (peer: Peer, hello: Hello) => Promise<PeerHandler> {
  const gates = new Map(GATES.map((gate) => [gate.name, gate.start(host)]))
  const methods = localMethods(face)
  return async (peer, hello) => {
    const open = gates.get(hello.role)
    const ancestry = await ancestryOf(hello, platform)
    if (open === undefined) {
      if (hello.role !== COMMAND_ROLE)
        throw new AgentError('usage', `There is no gate \`${hello.role.slice(0, 60)}\`: front-end and agent may be of different versions.`)
      return new CommandConnection(peer, { methods, user: hello.user, within: insideAgent(ancestry), log })
    }
    const { cwd, user, home, claims } = hello
    const caller = { gate: hello.role, ancestry: await onBehalfOf(claims['client'], ancestry, platform), cwd, user, home, claims }
    return new GateConnection(peer, open(caller), log)
  }
}

/** A front-end that other programs call over the loopback stands for the process that called it, and its tree counts. */
async function onBehalfOf(client: string | undefined, ancestry: readonly ProcessInfo[], { processes }: Platform): Promise<typeof ancestry> {
  const [frontEnd] = ancestry
  if (client === undefined || frontEnd === undefined || !/^[1-9]\d{0,9}$/.test(client)) return ancestry
  const tree = await processes.ancestry(Number(client))
  return tree.length === 0 ? ancestry : [frontEnd, ...tree]
}

/** A front-end in a container names a process that is another's here: better no tree than a wrong one. */
async function ancestryOf({ pid, parent, space }: Hello, { processes }: Platform): Promise<readonly ProcessInfo[]> {
  if (space !== '' && space !== processes.space) return []
  const ancestry = await processes.ancestry(pid)
  return parent !== 0 && ancestry[0]?.parent !== parent ? [] : ancestry
}

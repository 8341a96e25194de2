/** How tests put the gate in front of a server. */
import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { NATIVE_CLIENT, NODE_CLIENT } from '../../tools/start/stack.ts'
import { RawClient } from './raw-client.ts'
import { filesystem, fixture } from './servers.ts'

export type FrontEnd = 'node' | 'native'

/** Both front-ends do the same; the native one is there where a Rust could build it. */
export const FRONT_ENDS: readonly FrontEnd[] = existsSync(NATIVE_CLIENT) ? ['node', 'native'] : ['node']

export function frontEnd(which: FrontEnd): string[] {
  return which === 'native' ? [NATIVE_CLIENT] : [...NODE_CLIENT]
}

export function gated(agentState: string, server: readonly string[], which: FrontEnd = FRONT_ENDS.at(-1) ?? 'node'): string[] {
  return [...frontEnd(which), '--state', agentState, 'mcp', '--', ...server]
}

/** A client before the gate, with the file server behind it working in `workspace`; opened and ready. */
export async function openGatedFiles(agentState: string, workspace: string): Promise<RawClient> {
  await mkdir(workspace, { recursive: true })
  const client = new RawClient(gated(agentState, filesystem(workspace)), { cwd: workspace })
  await client.open()
  return client
}

interface TapFiles {
  readonly outside: string
  readonly inside: string
}

/** Every byte before the gate is kept in FILE.sent and FILE.received of `outside`, every byte behind it in those of `inside`. */
export function tapped(agentState: string, server: readonly string[], files: TapFiles, which: FrontEnd): string[] {
  const tap = [process.execPath, fixture('tap.ts')]
  return [...tap, files.outside, ...gated(agentState, [...tap, files.inside, ...server], which)]
}

/** How tests put the gate in front of a server. */
import { AGENT_MAIN } from '../../tools/start/stack.ts'
import { fixture } from './servers.ts'

export function gated(agentState: string, server: readonly string[]): string[] {
  return [process.execPath, AGENT_MAIN, '--state', agentState, 'mcp', '--', ...server]
}

/** Every byte before the gate is kept in FILE.sent and FILE.received of `outside`, every byte behind it in those of `inside`. */
export function tapped(
  agentState: string,
  server: readonly string[],
  files: { readonly outside: string; readonly inside: string },
): string[] {
  const tap = [process.execPath, fixture('tap.ts')]
  return [...tap, files.outside, ...gated(agentState, [...tap, files.inside, ...server])]
}

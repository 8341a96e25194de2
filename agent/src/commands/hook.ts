import { resolve } from 'node:path'
import { AgentError, EXIT } from '../platform/errors.ts'
import { nativeClient } from '../platform/native-client.ts'
import { defaultStateDirectory } from '../platform/state-directory.ts'
import { hookSettings } from '../sense/claude-code/settings.ts'
import { runHook } from '../sense/hook-front-end.ts'
import { HOOK_FACTS } from '../sense/hook-hosts.ts'
import type { CommandContext } from './context.ts'

/** Half of what hosts wait, milliseconds. */
const DEADLINE_MS = 5000

/** `assize hook CLIENT [--print-settings] [--deadline MS]`: one hook event on stdin, the client's answer on stdout. */
export async function runHookCommand(context: CommandContext, args: readonly string[]): Promise<number> {
  const [client = '', ...options] = args
  const facts = HOOK_FACTS.find((one) => one.client === client)
  if (facts === undefined) {
    const known = HOOK_FACTS.map((one) => one.client).join(', ')
    throw new AgentError('usage', `There is no hook for \`${client}\`, so nothing was decided; known: ${known}.`)
  }
  if (options.includes('--print-settings')) return printSettings(context, client)
  const at = options.indexOf('--deadline')
  const deadline = at < 0 ? DEADLINE_MS : Number(options[at + 1])
  if (!Number.isInteger(deadline) || deadline < 50)
    throw new AgentError('usage', 'The value of --deadline is no number of milliseconds from 50, so nothing was decided.')
  const { state, platform } = context
  const result = await runHook({ facts, state, platform, deadline }, process.stdin)
  process.stderr.write(result.stderr)
  await new Promise<void>((resolve) => process.stdout.write(result.stdout, () => resolve()))
  return result.exit
}

function printSettings(context: CommandContext, client: string): number {
  if (client !== 'claude-code')
    throw new AgentError('usage', `Nothing was printed: only Claude Code takes printed settings. Run \`assize protect ${client}\`.`)
  process.stdout.write(`${JSON.stringify(hookSettings({ command: hookCommand(context, client), os: context.platform.os }), null, 2)}\n`)
  return EXIT.done
}

/** The fastest way to start the hook, without a shell in between. For everybody: each with the agent of their own. */
export function hookCommand(
  { platform, state }: Pick<CommandContext, 'platform' | 'state'>,
  client: string,
  everybody = false,
): readonly string[] {
  const native = nativeClient(platform)
  const program = native === undefined ? [process.execPath, process.argv[1] ?? 'assize'] : [native]
  const where = everybody && state === resolve(defaultStateDirectory(platform)) ? [] : ['--state', state]
  return [...program, ...where, 'hook', client]
}

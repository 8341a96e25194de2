import { AgentError, EXIT } from '../platform/errors.ts'
import { nativeClient } from '../platform/native-client.ts'
import { runHook } from '../sense/claude-code/hook.ts'
import { hookSettings } from '../sense/claude-code/settings.ts'
import type { CommandContext } from './context.ts'

/** Half of what Claude Code waits, milliseconds. */
const DEADLINE_MS = 5000

/** `assize hook claude-code [--print-settings] [--deadline MS]`: one hook event on stdin, Claude Code's answer on stdout. */
export async function runHookCommand(context: CommandContext, args: readonly string[]): Promise<number> {
  const [client, ...options] = args
  if (client !== 'claude-code')
    throw new AgentError('usage', `There is no hook for \`${client ?? ''}\`, so nothing was decided; known: claude-code.`)
  if (options.includes('--print-settings')) {
    process.stdout.write(`${JSON.stringify(hookSettings(hookCommand(context)), null, 2)}\n`)
    return EXIT.done
  }
  const at = options.indexOf('--deadline')
  const deadline = at < 0 ? DEADLINE_MS : Number(options[at + 1])
  if (!Number.isInteger(deadline) || deadline < 50)
    throw new AgentError('usage', 'The value of --deadline is no number of milliseconds from 50, so nothing was decided.')
  const { state, platform } = context
  const result = await runHook({ state, platform, deadline }, process.stdin)
  process.stderr.write(result.stderr)
  await new Promise<void>((resolve) => process.stdout.write(result.stdout, () => resolve()))
  return result.exit
}

/** The fastest way to start the hook, without a shell in between. */
function hookCommand({ platform, state }: CommandContext): readonly string[] {
  const client = nativeClient(platform)
  const program = client === undefined ? [process.execPath, process.argv[1] ?? 'assize'] : [client]
  return [...program, '--state', state, 'hook', 'claude-code']
}

import { join } from 'node:path'
import type { WholeFile } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, type InstallSetting, shellLine } from '../hook-install.ts'

const EVENTS = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit'] as const

export const install: HookInstall = {
  signs: ({ home }) => [join(home, '.kiro')],
  files: (setting) => [hooks(setting)],
}

function hooks(setting: InstallSetting): WholeFile {
  const hook = (trigger: (typeof EVENTS)[number]) => ({
    name: `assize-${trigger}`,
    description: 'Asks Assize, which decides about tool calls.',
    trigger,
    action: { type: 'command', command: command(setting, trigger === 'PreToolUse') },
    timeout: HOST_SECONDS,
    enabled: true,
  })
  const text = `${JSON.stringify({ version: 'v1', hooks: EVENTS.map(hook) }, null, 2)}\n`
  return { path: join(setting.home, '.kiro', 'hooks', 'assize.json'), format: 'whole', text }
}

/** What a hook prints becomes part of the conversation; ours says all it has to say on standard error and by its exit code. */
function command(setting: InstallSetting, guarding: boolean): string {
  const line = shellLine(setting, guarding)
  return setting.os === 'win32' ? line : `${line} >/dev/null`
}

import { join } from 'node:path'
import type { FileEntry } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, shellLine } from '../hook-install.ts'

const EVENTS = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'SessionEnd'] as const

/** Unlike the `hooks` key of Droid's settings, this file has the events at its top. */
export const install: HookInstall = {
  signs: ({ home }) => [join(home, '.factory')],
  files: (setting) => [
    {
      path: join(setting.home, '.factory', 'hooks.json'),
      format: 'json',
      entries: EVENTS.map(
        (event): FileEntry => ({
          at: [event],
          as: 'item',
          value: { hooks: [{ type: 'command', command: shellLine(setting, event === 'PreToolUse'), timeout: HOST_SECONDS }] },
        }),
      ),
    },
  ],
}

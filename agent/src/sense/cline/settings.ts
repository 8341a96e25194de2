import { join } from 'node:path'
import type { WholeFile } from '../../platform/file-plan.ts'
import { closedScript, FAILED, type HookInstall, shellLine } from '../hook-install.ts'

const EVENTS = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'TaskStart'] as const
/** Of a hook that ends with any number Cline lets the call run. */
const REFUSAL = JSON.stringify({ cancel: true, errorMessage: FAILED })
const EXTENSION = 'saoudrizwan.claude-dev'

export const install: HookInstall = {
  signs: ({ home, os, environment }) => [
    join(home, 'Documents', 'Cline'),
    join(home, '.cline'),
    join(editorData({ home, os, environment }), 'Code', 'User', 'globalStorage', EXTENSION),
  ],
  files: (setting) =>
    // Cline starts these files as programs, which Windows does only for its own kinds.
    setting.os === 'win32'
      ? []
      : EVENTS.map(
          (event): WholeFile => ({
            path: join(setting.home, 'Documents', 'Cline', 'Hooks', event),
            format: 'whole',
            text: `#!/bin/sh\n${event === 'PreToolUse' ? closedScript(setting, REFUSAL) : shellLine(setting, false)}\n`,
            executable: true,
          }),
        ),
}

function editorData({ home, os, environment }: Parameters<HookInstall['signs']>[0]): string {
  if (os === 'darwin') return join(home, 'Library', 'Application Support')
  return os === 'win32' ? (environment['APPDATA'] ?? join(home, 'AppData', 'Roaming')) : join(home, '.config')
}

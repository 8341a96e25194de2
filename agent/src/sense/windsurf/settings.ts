import { join } from 'node:path'
import type { FileEntry, FilePlan } from '../../platform/file-plan.ts'
import { type HookInstall, type InstallSetting, shellLine, systemFile } from '../hook-install.ts'

const GUARDING = ['pre_run_command', 'pre_mcp_tool_use', 'pre_write_code', 'pre_read_code'] as const
const TELLING = ['pre_user_prompt', 'post_mcp_tool_use'] as const

export const install: HookInstall = {
  signs: ({ home }) => [join(home, '.codeium', 'windsurf')],
  files: (setting) => [plan(setting, join(setting.home, '.codeium', 'windsurf', 'hooks.json'))],
  managed: (setting) => [
    plan(
      setting,
      systemFile(setting, {
        linux: '/etc/windsurf/hooks.json',
        darwin: '/Library/Application Support/Windsurf/hooks.json',
        win32: 'C:\\ProgramData\\Windsurf\\hooks.json',
      }),
    ),
  ],
}

function plan(setting: InstallSetting, path: string): FilePlan {
  const entry =
    (guarding: boolean) =>
    (event: string): FileEntry => ({
      at: ['hooks', event],
      as: 'item',
      value: { command: shellLine(setting, guarding), show_output: false },
    })
  return { path, format: 'json', entries: [...GUARDING.map(entry(true)), ...TELLING.map(entry(false))] }
}

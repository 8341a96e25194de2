import { join } from 'node:path'
import type { FileEntry, FilePlan } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, type InstallSetting, shellLine, systemFile } from '../hook-install.ts'

const GUARDING = ['preToolUse', 'beforeShellExecution', 'beforeMCPExecution', 'beforeReadFile'] as const
const TELLING = [
  'postToolUse',
  'postToolUseFailure',
  'afterShellExecution',
  'afterMCPExecution',
  'beforeSubmitPrompt',
  'subagentStart',
  'sessionEnd',
] as const

export const install: HookInstall = {
  signs: ({ home }) => [join(home, '.cursor')],
  files: (setting) => [plan(setting, join(setting.home, '.cursor', 'hooks.json'))],
  managed: (setting) => [
    plan(
      setting,
      systemFile(setting, {
        linux: '/etc/cursor/hooks.json',
        darwin: '/Library/Application Support/Cursor/hooks.json',
        win32: 'C:\\ProgramData\\Cursor\\hooks.json',
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
      value: { command: shellLine(setting, guarding), timeout: HOST_SECONDS, ...(guarding ? { failClosed: true } : {}) },
    })
  const version: FileEntry = { at: ['version'], as: 'member', value: 1 }
  return { path, format: 'json', entries: [version, ...GUARDING.map(entry(true)), ...TELLING.map(entry(false))] }
}

import { join } from 'node:path'
import type { FileEntry } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, shellLine } from '../hook-install.ts'

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
  files: (setting) => {
    const entry =
      (guarding: boolean) =>
      (event: string): FileEntry => ({
        at: ['hooks', event],
        as: 'item',
        value: { command: shellLine(setting, guarding), timeout: HOST_SECONDS, ...(guarding ? { failClosed: true } : {}) },
      })
    return [
      {
        path: join(setting.home, '.cursor', 'hooks.json'),
        format: 'json',
        entries: [{ at: ['version'], as: 'member', value: 1 }, ...GUARDING.map(entry(true)), ...TELLING.map(entry(false))],
      },
    ]
  },
}

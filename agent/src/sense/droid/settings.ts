import { join } from 'node:path'
import type { FileEntry, FilePlan } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, type InstallSetting, shellLine, systemFile } from '../hook-install.ts'

const EVENTS = ['PreToolUse', 'PostToolUse', 'UserPromptSubmit', 'SessionEnd'] as const

export const install: HookInstall = {
  signs: ({ home }) => [join(home, '.factory')],
  // This file has the events at its top, unlike the `hooks` key of Droid's settings.
  files: (setting) => [plan(setting, join(setting.home, '.factory', 'hooks.json'), [])],
  managed: (setting) => {
    const path = systemFile(setting, {
      linux: '/etc/factory/settings.json',
      darwin: '/Library/Application Support/Factory/settings.json',
      win32: 'C:\\Program Files\\Factory\\settings.json',
    })
    return [plan(setting, path, ['hooks'])]
  },
}

function plan(setting: InstallSetting, path: string, under: readonly string[]): FilePlan {
  const entry = (event: string): FileEntry => {
    const hook = { type: 'command', command: shellLine(setting, event === 'PreToolUse'), timeout: HOST_SECONDS }
    return { at: [...under, event], as: 'item', value: { hooks: [hook] } }
  }
  return { path, format: 'json', entries: EVENTS.map(entry) }
}

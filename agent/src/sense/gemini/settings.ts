import { join } from 'node:path'
import type { FileEntry, FilePlan, WholeFile } from '../../platform/file-plan.ts'
import { adminPolicy } from './admin-policy.ts'
import { HOST_SECONDS, type HookInstall, type InstallSetting, says, shellLine, systemFile } from '../hook-install.ts'

const EVENTS = ['BeforeTool', 'AfterTool', 'BeforeAgent', 'SessionStart', 'SessionEnd'] as const

function folder({ home, environment }: Pick<InstallSetting, 'home' | 'environment'>): string {
  return join(environment['GEMINI_CLI_HOME'] ?? home, '.gemini')
}

export const install: HookInstall = {
  signs: (place) => [folder(place)],
  obstacles: (setting) => {
    const path = join(folder(setting), 'settings.json')
    return /"hooksConfig"\s*:\s*\{[^{}]*"enabled"\s*:\s*false\b/.test(setting.read(path) ?? '') ||
      says(setting.read(path), 'enableHooks', false)
      ? [`${path} switches hooks off; set \`hooksConfig.enabled\` to true.`]
      : []
  },
  // What stands there wins over what a person has set, so it says that hooks are on as well.
  managed: (setting) => {
    const path = systemFile(setting, {
      linux: '/etc/gemini-cli/settings.json',
      darwin: '/Library/Application Support/GeminiCli/settings.json',
      win32: 'C:\\ProgramData\\gemini-cli\\settings.json',
    })
    const { entries, ...rest } = plan(setting, path)
    const policies = systemFile(setting, {
      linux: '/etc/gemini-cli/policies/50-assize.toml',
      darwin: '/Library/Application Support/GeminiCli/policies/50-assize.toml',
      win32: 'C:\\ProgramData\\gemini-cli\\policies\\50-assize.toml',
    })
    return [
      { ...rest, entries: [{ at: ['hooksConfig', 'enabled'], as: 'member', value: true }, ...entries] },
      { path: policies, format: 'whole', text: adminPolicy() },
    ]
  },
  files: (setting) => [plan(setting, join(folder(setting), 'settings.json'))],
}

function plan(setting: InstallSetting, path: string): Exclude<FilePlan, WholeFile> {
  const entry = (event: string): FileEntry => {
    const command = shellLine(setting, event === 'BeforeTool')
    const hook = { type: 'command', name: 'assize', command, timeout: HOST_SECONDS * 1000 }
    return { at: ['hooks', event], as: 'item', value: { matcher: '.*', hooks: [hook] } }
  }
  return { path, format: 'json', entries: EVENTS.map(entry) }
}

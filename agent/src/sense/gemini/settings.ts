import { join } from 'node:path'
import type { FileEntry } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, type InstallSetting, says, shellLine } from '../hook-install.ts'

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
  files: (setting) => [
    {
      path: join(folder(setting), 'settings.json'),
      format: 'json',
      entries: EVENTS.map(
        (event): FileEntry => ({
          at: ['hooks', event],
          as: 'item',
          value: {
            matcher: '.*',
            hooks: [{ type: 'command', name: 'assize', command: shellLine(setting, event === 'BeforeTool'), timeout: HOST_SECONDS * 1000 }],
          },
        }),
      ),
    },
  ],
}

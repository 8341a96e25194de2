import { join } from 'node:path'
import type { Place } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, shellLine } from '../hook-install.ts'

const EVENTS = ['PreToolUse', 'PostToolUse', 'PostToolUseFailure', 'UserPromptSubmit', 'SessionEnd'] as const

export const install: HookInstall = {
  signs: (place) => [configFolder(place)],
  files: (setting) => {
    const plugin = join(setting.home, '.agents', 'plugins', 'assize')
    const hook = (event: string) => ({
      type: 'command',
      command: shellLine(setting, event === 'PreToolUse'),
      timeout: HOST_SECONDS,
      ...(event === 'PreToolUse' ? { on_failure: 'block' } : {}),
    })
    const hooks = Object.fromEntries(EVENTS.map((event) => [event, [{ hooks: [hook(event)] }]]))
    const manifest = { name: 'assize', version: '1.0.0', description: 'Asks Assize about every tool call.' }
    return [
      { path: join(plugin, 'plugin.json'), format: 'whole', text: `${JSON.stringify(manifest, null, 2)}\n` },
      { path: join(plugin, 'hooks', 'hooks.json'), format: 'whole', text: `${JSON.stringify({ hooks }, null, 2)}\n` },
    ]
  },
}

function configFolder({ home, os, environment }: Place): string {
  return os === 'win32'
    ? join(environment['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'Block', 'goose')
    : join(home, '.config', 'goose')
}

import { join } from 'node:path'
import type { Place } from '../../platform/file-plan.ts'
import type { HookInstall } from '../hook-install.ts'
import { pluginText } from './plugin-text.ts'

export const install: HookInstall = {
  signs: (place) => [configFolder(place), join(place.home, '.local', 'share', 'opencode')],
  files: (setting) => [{ path: join(configFolder(setting), 'plugins', 'assize.js'), format: 'whole', text: pluginText(setting.command) }],
}

function configFolder({ home, environment }: Place): string {
  return join(environment['XDG_CONFIG_HOME'] || join(home, '.config'), 'opencode')
}

import { join } from 'node:path'
import type { FilePlan, Place } from '../../platform/file-plan.ts'
import type { HookInstall } from '../hook-install.ts'
import { MANIFEST, PACKAGE, pluginText } from './plugin-text.ts'

export const install: HookInstall = {
  signs: (place) => [stateFolder(place)],
  files: (setting) => {
    const plugin = join(stateFolder(setting), 'extensions', 'assize')
    const config = configFile(setting)
    const whole = (name: string, text: string): FilePlan => ({ path: join(plugin, name), format: 'whole', text })
    const entry = { enabled: true, hooks: { allowConversationAccess: true } }
    // A list of what may be loaded leaves out everything else; where there is none, none is made.
    const listed = /"?allow"?\s*:\s*\[/.test(pluginsIn(setting.read(config)))
    return [
      whole('package.json', PACKAGE),
      whole('openclaw.plugin.json', MANIFEST),
      whole('index.js', pluginText(setting.command)),
      {
        path: config,
        format: 'json',
        entries: [
          { at: ['plugins', 'entries', 'assize'], as: 'member', value: entry },
          ...(listed ? [{ at: ['plugins', 'allow'], as: 'item', value: 'assize' } as const] : []),
        ],
      },
    ]
  },
  obstacles: (setting) =>
    /"?enabled"?\s*:\s*false/.test(pluginsIn(setting.read(configFile(setting))).replaceAll(/"?(?:entries|slots)"?\s*:[^]*/g, ''))
      ? [`OpenClaw loads no plugins, ours included: take \`plugins.enabled\` out of ${configFile(setting)}.`]
      : [],
}

/** The part of a configuration that is about plugins, as written. */
function pluginsIn(text = ''): string {
  const at = /"?plugins"?\s*:\s*\{/.exec(text)
  return at === null ? '' : text.slice(at.index, at.index + 20_000)
}

function stateFolder({ home, environment }: Place): string {
  return environment['OPENCLAW_STATE_DIR'] || join(environment['OPENCLAW_HOME'] || home, '.openclaw')
}

function configFile(place: Place): string {
  return place.environment['OPENCLAW_CONFIG_PATH'] || join(stateFolder(place), 'openclaw.json')
}

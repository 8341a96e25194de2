import { join } from 'node:path'
import type { FileEntry } from '../../platform/file-plan.ts'
import { managedPlugin } from './managed-plugin.ts'
import { closedScript, HOST_SECONDS, type HookInstall, type InstallSetting, says, systemFile } from '../hook-install.ts'

const EVENTS = [
  'PreToolUse',
  'PermissionRequest',
  'PostToolUse',
  'PostToolUseFailure',
  'UserPromptSubmit',
  'UserPromptExpansion',
  'Elicitation',
  'ConfigChange',
  'SessionStart',
  'SessionEnd',
  'SubagentStart',
  'SubagentStop',
] as const
/** Where a hook that fails must stop the call. */
const GUARDING: ReadonlySet<string> = new Set(['PreToolUse', 'PermissionRequest'])

type Start = Pick<InstallSetting, 'command' | 'os'>

/** The settings that route Claude Code through this gate. */
export function hookSettings(start: Start): { readonly hooks: Readonly<Record<string, readonly [ReturnType<typeof group>]>> } {
  return { hooks: Object.fromEntries(EVENTS.map((event) => [event, [group(start, event)]])) }
}

function group(start: Start, event: string) {
  const guarding = GUARDING.has(event)
  // Claude Code takes an answer that is no JSON for a remark and lets the call run, so a shell looks at it first.
  const [command = '', ...args] = guarding && start.os !== 'win32' ? ['/bin/sh', '-c', closedScript(start)] : start.command
  const hook = { type: 'command', command, args, timeout: HOST_SECONDS, ...(guarding ? { onFailure: 'block' } : {}) }
  return { matcher: '*', hooks: [hook] }
}

const MANAGED = {
  linux: '/etc/claude-code/managed-settings.json',
  darwin: '/Library/Application Support/ClaudeCode/managed-settings.json',
  win32: 'C:\\Program Files\\ClaudeCode\\managed-settings.json',
} as const

const FOLDERS = {
  linux: '/etc/claude-code',
  darwin: '/Library/Application Support/ClaudeCode',
  win32: 'C:\\Program Files\\ClaudeCode',
} as const

function written(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function settingsFile({ home, environment }: Pick<InstallSetting, 'home' | 'environment'>): string {
  return join(environment['CLAUDE_CONFIG_DIR'] ?? join(home, '.claude'), 'settings.json')
}

export const install: HookInstall = {
  obstacles: (setting) => {
    const own = settingsFile(setting)
    const managed = MANAGED[setting.os]
    return [
      ...[own, managed]
        .filter((path) => says(setting.read(path), 'disableAllHooks', true))
        .map((path) => `\`disableAllHooks\` in ${path} switches every hook off; take it out.`),
      ...(says(setting.read(managed), 'allowManagedHooksOnly', true)
        ? [`${managed} allows managed hooks only, so this one is not used; put the hook into the managed settings.`]
        : []),
    ]
  },
  signs: ({ home, environment }) => [environment['CLAUDE_CONFIG_DIR'] ?? join(home, '.claude'), join(home, '.claude.json')],
  // A drop-in of its own. It is not read where settings come from a console or a device manager.
  managed: (setting) => {
    const folder = systemFile(setting, FOLDERS)
    const plugin = managedPlugin(join(FOLDERS[setting.os], 'assize'), hookSettings(setting))
    const files = plugin.files.map(({ name, value }) => ({ path: join(folder, 'assize', ...name.split('/')), text: written(value) }))
    const settings = { path: join(folder, 'managed-settings.d', '50-assize.json'), text: written(plugin.settings) }
    return [...files, settings].map((file) => ({ ...file, format: 'whole' as const }))
  },
  files: (setting) => [
    {
      path: settingsFile(setting),
      format: 'json',
      entries: EVENTS.map((event): FileEntry => ({ at: ['hooks', event], as: 'item', value: group(setting, event) })),
    },
  ],
}

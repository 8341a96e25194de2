import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import type { FileEntry, FilePlan } from '../../platform/file-plan.ts'
import { HOST_SECONDS, type HookInstall, type InstallSetting, shellLine, systemFile } from '../hook-install.ts'

/** Events in Codex's spelling of hook files, and in that of its trust records. */
const EVENTS = {
  PreToolUse: 'pre_tool_use',
  PostToolUse: 'post_tool_use',
  UserPromptSubmit: 'user_prompt_submit',
  SessionStart: 'session_start',
  SessionEnd: 'session_end',
  SubagentStart: 'subagent_start',
} as const
type EventName = keyof typeof EVENTS

const events = Object.keys(EVENTS) as readonly EventName[]

export const install: HookInstall = {
  signs: (place) => [folder(place)],
  files,
  managed,
  obstacles: (setting) => {
    const own = join(folder(setting), 'config.toml')
    const managed =
      setting.os === 'win32'
        ? join(setting.environment['ProgramData'] ?? 'C:\\ProgramData', 'OpenAI', 'Codex', 'requirements.toml')
        : '/etc/codex/requirements.toml'
    const off = [own, managed].filter((path) => /^[ \t]*hooks[ \t]*=[ \t]*false\b/m.test(setting.read(path) ?? ''))
    return [
      ...off.map((path) => `\`hooks = false\` in ${path} switches every hook off; take it out.`),
      ...(/^[ \t]*allow_managed_hooks_only[ \t]*=[ \t]*true\b/m.test(setting.read(managed) ?? '')
        ? [`${managed} allows managed hooks only, so this one is not used; put the hook there.`]
        : []),
    ]
  },
}

function folder({ home, environment }: Pick<InstallSetting, 'home' | 'environment'>): string {
  return environment['CODEX_HOME'] ?? join(home, '.codex')
}

/** Requirements need no trust and no person can take them away. A file that is there already is an administrator's own. */
function managed(setting: InstallSetting): readonly FilePlan[] {
  const [program = ''] = setting.command
  const groups = events.flatMap((event) => [
    `[[hooks.${event}]]`,
    `[[hooks.${event}.hooks]]`,
    'type = "command"',
    `command = ${JSON.stringify(shellLine(setting, event === 'PreToolUse'))}`,
    `timeout = ${seconds(event)}`,
    '',
  ])
  const place = setting.os === 'win32' ? 'windows_managed_dir' : 'managed_dir'
  const text = ['[features]', 'hooks = true', '', '[hooks]', `${place} = ${JSON.stringify(dirname(program))}`, '', ...groups].join('\n')
  const paths = { linux: '/etc/codex/requirements.toml', darwin: '/etc/codex/requirements.toml' }
  const win32 = join(setting.environment['ProgramData'] ?? 'C:\\ProgramData', 'OpenAI', 'Codex', 'requirements.toml')
  return [{ path: systemFile(setting, { ...paths, win32 }), format: 'whole', text }]
}

/** Hooks that nobody trusted are skipped without a word, so each comes with its record of trust. */
function files(setting: InstallSetting): readonly FilePlan[] {
  const path = join(folder(setting), 'hooks.json')
  const present = presentGroups(setting.read(path))
  const hook = (event: EventName) => ({ type: 'command', command: shellLine(setting, event === 'PreToolUse'), timeout: seconds(event) })
  const trust = (event: EventName): FileEntry => ({
    at: ['hooks', 'state', `${path}:${EVENTS[event]}:${present(event)}:0`],
    as: 'member',
    value: { trusted_hash: trustedHash(event, hook(event).command) },
  })
  return [
    { path, format: 'json', entries: events.map((event) => ({ at: ['hooks', event], as: 'item', value: { hooks: [hook(event)] } })) },
    { path: join(folder(setting), 'config.toml'), format: 'toml', entries: events.map(trust) },
  ]
}

/** At its end Codex waits for no hook longer than that. */
function seconds(event: EventName): number {
  return event === 'SessionEnd' ? 3 : HOST_SECONDS
}

/** How many groups an event has already: ours comes behind them, and its place is part of the record. */
function presentGroups(text: string | undefined): (event: EventName) => number {
  try {
    const { hooks } = JSON.parse((text ?? '{}').replace(/^\uFEFF/, '')) as { hooks?: Record<string, unknown> }
    return (event) => {
      const groups = hooks?.[event]
      return Array.isArray(groups) ? groups.length : 0
    }
  } catch {
    return () => 0
  }
}

/** The hash that Codex itself makes of a hook: its fields with sorted keys. */
function trustedHash(event: EventName, command: string): string {
  const said = { event_name: EVENTS[event], hooks: [{ async: false, command, timeout: seconds(event), type: 'command' }] }
  return `sha256:${createHash('sha256').update(JSON.stringify(said)).digest('hex')}`
}

import { join } from 'node:path'
import { FAILED, HOST_SECONDS, type HookInstall, type InstallSetting, says, shellLine, systemFile } from '../hook-install.ts'

const EVENTS = ['preToolUse', 'postToolUse', 'postToolUseFailure', 'userPromptSubmitted', 'subagentStart', 'sessionEnd'] as const

function folder({ home, environment }: Pick<InstallSetting, 'home' | 'environment'>): string {
  return environment['COPILOT_HOME'] ?? join(home, '.copilot')
}

export const install: HookInstall = {
  signs: (place) => [folder(place)],
  obstacles: (setting) =>
    ['settings.json', 'config.json']
      .map((name) => join(folder(setting), name))
      .filter((path) => says(setting.read(path), 'disableAllHooks', true))
      .map((path) => `\`disableAllHooks\` in ${path} switches every hook off; take it out.`),
  // A file of its own: Copilot joins all that lie in the folder.
  files: (setting) => [{ path: join(folder(setting), 'hooks', 'assize.json'), format: 'whole', text: text(setting) }],
  // Policy hooks run whatever a person switches off and whether or not the folder is trusted.
  managed: (setting) => {
    const place = systemFile(setting, {
      linux: '/etc/github-copilot/policy.d',
      darwin: '/etc/github-copilot/policy.d',
      win32: 'C:\\ProgramData\\GitHub\\Copilot\\policy.d',
    })
    return [{ path: join(place, 'assize.json'), format: 'whole', text: text(setting) }]
  },
}

function text(setting: InstallSetting): string {
  const shell = setting.os === 'win32' ? 'powershell' : 'bash'
  // Of a hook that ends with 2 Copilot tells the model the number only.
  const refusal = JSON.stringify({ permissionDecision: 'deny', permissionDecisionReason: FAILED })
  const line = (event: string) => shellLine(setting, event === 'preToolUse', refusal)
  const hooks = Object.fromEntries(
    EVENTS.map((event) => [
      event,
      [{ type: 'command', [shell]: setting.os === 'win32' ? `& ${line(event)}` : line(event), timeoutSec: HOST_SECONDS }],
    ]),
  )
  return `${JSON.stringify({ version: 1, hooks }, null, 2)}\n`
}

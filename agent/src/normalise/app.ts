import type { App } from '@assize/kernel'
import { hookApp } from '../platform/hook-apps.ts'
import type { ProcessInfo } from '../platform/process-table.ts'

/** Programs that only start others. The person's application is the nearest ancestor that is none of them. */
const SHELLS: ReadonlySet<string> = new Set([
  'sh',
  'bash',
  'dash',
  'zsh',
  'fish',
  'ksh',
  'ash',
  'busybox',
  'csh',
  'tcsh',
  'pwsh',
  'powershell',
  'cmd',
  'conhost',
])
const STARTERS: ReadonlySet<string> = new Set([
  'env',
  'sudo',
  'doas',
  'timeout',
  'nohup',
  'nice',
  'stdbuf',
  'setsid',
  'xargs',
  'time',
  'npx',
  'npm',
  'pnpm',
  'yarn',
  'bunx',
  'uvx',
  'pipx',
  'assize',
  'assize-client',
  'script',
])
/** Scripts of the same kind, run by an interpreter. */
const STARTER_SCRIPTS =
  /(?:^|\/)(?:npx-cli\.js|npm-cli\.js|npx|npm|pnpm\.c?js|pnpm|yarn\.js|corepack\.js|tools\/bootstrap\/run\.mjs|agent\/dist\/main\.mjs|assize)$/
const INTERPRETERS = /^(?:node|nodejs|bun|deno|python[\d.]*|ruby)$/
/** Executables whose name is not the name people know. */
const KNOWN: Readonly<Record<string, string>> = {
  claude: 'claude-code',
  code: 'vscode',
  'Code Helper (Plugin)': 'vscode',
  Cursor: 'cursor',
  Claude: 'claude-desktop',
  gemini: 'gemini-cli',
  copilot: 'copilot-cli',
}

/** The process of the application that a front-end works for, if the tree tells. The front-end itself comes first in `ancestry`. */
export function hostProcess(ancestry: readonly ProcessInfo[]): ProcessInfo | undefined {
  return ancestry.slice(1).find((info) => info.pid > 1 && !isStarter(info))
}

/** The application at a gate. What the gate knows by its protocol beats what a file is called. */
export function appOf(gate: string, host: ProcessInfo | undefined, claimed?: string): App {
  const hooked = hookApp(gate)
  if (hooked !== undefined) return { name: hooked.app }
  // A front-end's own word, where the system does not tell.
  if (host === undefined) return { name: claimed === undefined ? 'unknown' : (KNOWN[claimed] ?? claimed).slice(0, 100) }
  const script = INTERPRETERS.test(host.name) ? host.arguments.slice(1).find((argument) => !argument.startsWith('-')) : undefined
  const name = script === undefined ? host.name : scriptName(script)
  return { name: (KNOWN[name] ?? name).slice(0, 100) || 'unknown' }
}

function isStarter(info: ProcessInfo): boolean {
  if (SHELLS.has(info.name) || STARTERS.has(info.name)) return true
  return INTERPRETERS.test(info.name) && info.arguments.slice(1, 4).some((argument) => STARTER_SCRIPTS.test(argument.replaceAll('\\', '/')))
}

/** The package a script belongs to, else its file name. */
function scriptName(path: string): string {
  const normal = path.replaceAll('\\', '/')
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(normal)?.[1]
  return inPackage ?? (normal.split('/').at(-1) ?? normal).replace(/\.[cm]?[jt]s$/, '')
}

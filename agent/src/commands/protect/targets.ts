/** Which files protect which application: what gates say about hooks and what is known about MCP servers, by file. */
import { existsSync, readFileSync } from 'node:fs'
import { loadConfig } from '../../config/index.ts'
import { AgentError } from '../../platform/errors.ts'
import type { FilePlan } from '../../platform/file-plan.ts'
import { nativeClient } from '../../platform/native-client.ts'
import {
  type FileTarget,
  type Ledger,
  MCP_HOSTS,
  MODEL_SERVERS,
  type McpHost,
  projectFileAt,
  projectFiles,
  RemoteServers,
  textWithoutUs,
} from '../../posture/index.ts'
import { HOOK_HOSTS, type HookHost } from '../../sense/index.ts'
import type { CommandContext } from '../context.ts'
import { hookCommand } from '../hook.ts'

export type Setting = Parameters<HookHost['install']['files']>[0]

/** What a person asked for. */
export interface Wish {
  /** Names of applications; all that are here when empty. */
  readonly apps: readonly string[]
  /** For everybody on the machine, below this root; for this person when absent. */
  readonly root?: string
  /** Only the MCP servers of the project in this folder. */
  readonly project?: string
}

/** Every name that `protect` takes. */
export function knownApps(): readonly string[] {
  return [...new Set([...HOOK_HOSTS.map((host) => host.facts.client), ...MCP_HOSTS.map((host) => host.app), ...MODEL_SERVERS])].toSorted()
}

/** The hosts that are here, or that were asked for by name. */
export function hookHosts(context: CommandContext, { apps: named, root, project }: Wish): readonly HookHost[] {
  if (project !== undefined) return []
  return HOOK_HOSTS.filter((host) => {
    if (root !== undefined) return host.install.managed !== undefined && (named.length === 0 || named.includes(host.facts.client))
    if (named.length > 0) return named.includes(host.facts.client)
    return host.install.signs(context.platform).some((path) => existsSync(path))
  })
}

export function hookSetting(context: CommandContext, host: HookHost, ledger: Ledger, { root }: Wish): Setting {
  const { os, home, environment } = context.platform
  const command = hookCommand(context, host.facts.client, root !== undefined)
  // What stands in a file is told without our own part: places in its lists are counted from it.
  const read = (path: string): string | undefined =>
    ledger.find(path) === undefined ? plainText(path) : textWithoutUs({ path, apps: [], format: formatOf(path), entries: [] }, ledger)
  return { os, home, environment, command, read, root: root === '/' ? '' : (root ?? '') }
}

/** The files of one host's hooks. */
export function hookPlans(context: CommandContext, host: HookHost, ledger: Ledger, wish: Wish): readonly FilePlan[] {
  const setting = hookSetting(context, host, ledger, wish)
  return wish.root === undefined ? host.install.files(setting) : (host.install.managed?.(setting) ?? [])
}

/** One target per file, whoever wants something in it. */
export function targetsOf(context: CommandContext, wish: Wish, ledger: Ledger): readonly FileTarget[] {
  const { apps: named, root } = wish
  const byPath = new Map<string, FileTarget>()
  const remote = root === undefined ? new RemoteServers(context.state, configuredPort(context)) : undefined
  for (const { path, host } of serverFiles(context, wish)) {
    if (named.length > 0 && !named.includes(host.app)) continue
    if (existsSync(path) || ledger.find(path) !== undefined) byPath.set(path, serverTarget(context, { path, host }, remote))
  }
  for (const host of hookHosts(context, wish))
    for (const plan of hookPlans(context, host, ledger, wish)) {
      const present = byPath.get(plan.path)
      const target = joined(present, plan, host.facts.client)
      byPath.set(plan.path, root === undefined ? target : { ...target, everybody: true })
    }
  return [...byPath.values()]
}

interface ServerFile {
  readonly path: string
  readonly host: McpHost
}

function serverFiles({ platform }: CommandContext, { root, project }: Wish): readonly ServerFile[] {
  if (project !== undefined) return projectFiles(project)
  return root === undefined ? MCP_HOSTS.flatMap((host) => host.paths(platform).map((path) => ({ path, host }))) : []
}

function serverTarget(context: CommandContext, { path, host }: ServerFile, remote: RemoteServers | undefined): FileTarget {
  const { servers, command = 'command' } = host
  const behind = { servers, command, gate: gateCommand(context), ...(remote === undefined ? {} : { remote }) }
  return { path, apps: [host.app], format: host.format, entries: [], servers: behind }
}

/** A file of some project that was changed before. */
export function projectTarget(context: CommandContext, path: string): FileTarget | undefined {
  const file = projectFileAt(path)
  return file === undefined
    ? undefined
    : serverTarget(context, { ...file, path }, new RemoteServers(context.state, configuredPort(context)))
}

function joined(present: FileTarget | undefined, plan: FilePlan, app: string): FileTarget {
  const apps = [...new Set([...(present?.apps ?? []), app])]
  if (plan.format === 'whole')
    return {
      path: plan.path,
      apps,
      format: 'whole',
      entries: [],
      text: plan.text,
      ...(plan.executable === undefined ? {} : { executable: plan.executable }),
    }
  return {
    path: plan.path,
    apps,
    format: plan.format,
    entries: plan.entries,
    ...(present?.servers === undefined ? {} : { servers: present.servers }),
  }
}

/** How a server is started behind the gate. */
function gateCommand({ platform, state }: CommandContext): readonly string[] {
  const native = platform.os === 'win32' ? undefined : nativeClient(platform)
  const program = native === undefined ? [process.execPath, process.argv[1] ?? 'assize'] : [native]
  return [...program, '--state', state]
}

/** Where the agent was told to listen for servers reached by address. A configuration that it would not take says nothing. */
function configuredPort({ configFile, platform }: CommandContext): number | undefined {
  try {
    return loadConfig(configFile, platform).sense.mcpHttp.port
  } catch (error) {
    if (error instanceof AgentError) return undefined
    throw error
  }
}

function plainText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function formatOf(path: string): 'json' | 'toml' {
  return path.endsWith('.toml') ? 'toml' : 'json'
}

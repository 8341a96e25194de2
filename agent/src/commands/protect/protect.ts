/** `assize protect` and `assize unprotect`: AI applications are routed through the gates, and back. */
import { AgentError, EXIT } from '../../platform/errors.ts'
import { forgetMcpServers } from '../../platform/mcp-servers.ts'
import { type FileReport, isProtected, Ledger, protectFile, unprotectFile } from '../../posture/index.ts'
import type { CommandContext } from '../context.ts'
import { painter } from '../paint.ts'
import { probeHook } from './probe.ts'
import { modelServers, protectServer, serverReports, serverTargets } from './servers.ts'
import { hookHosts, hookPlans, hookSetting, knownApps, projectTarget, targetsOf, type Wish } from './targets.ts'

/** One application's hooks: whether they are in its configuration and lead to the agent. */
export interface HookReport {
  readonly app: string
  readonly ok: boolean
  readonly detail: string
}

/**
 * `assize protect [APP…] [--dry-run] [--project DIR | --managed [--root DIR]]`: routes AI applications through the gates. Exit code 1 when
 * something could not be.
 */
export async function runProtect(context: CommandContext, wish: Wish, dryRun: boolean): Promise<number> {
  checkNames(wish.apps)
  const ledger = new Ledger(context.state, context.platform)
  const servers = wish.project === undefined ? modelServers(context, wish, ledger) : []
  const files = [
    ...targetsOf(context, wish, ledger).map((target) => protectFile(target, ledger, dryRun)),
    ...servers.flatMap((server) => protectServer(server, ledger, dryRun)),
  ]
  const hooks = dryRun ? [] : [...(await hookReports(context, wish, ledger)), ...(await serverReports(servers))]
  return tell(context, { files, dryRun }, [...hooks, ...(wish.project === undefined ? [] : sharedFiles(files))])
}

/** What stands in them is true on this machine only. */
function sharedFiles(files: readonly FileReport[]): readonly HookReport[] {
  const changed = files.filter(({ done }) => done === 'changed')
  const detail =
    'Now holds paths of this machine. Keep the change out of what you share, such as by `git update-index --skip-worktree FILE`.'
  return changed.map(({ path }) => ({ app: path, ok: true, detail }))
}

/** `assize unprotect [APP…] [--dry-run]`: puts the configurations back. Exit code 1 when one could not be. */
export async function runUnprotect(context: CommandContext, apps: readonly string[], dryRun: boolean): Promise<number> {
  checkNames(apps)
  const ledger = new Ledger(context.state, context.platform)
  const servers = modelServers(context, { apps }, ledger)
  const targets = [...targetsOf(context, { apps: knownApps() }, ledger), ...servers.flatMap(serverTargets)]
  const known = new Map(targets.map((target) => [target.path, target]))
  // The last first: a folder that was made for one file goes once what came into it later is gone.
  const files = ledger
    .all()
    .toReversed()
    .filter((record) => apps.length === 0 || record.apps.some((app) => apps.includes(app)))
    .flatMap((record): readonly FileReport[] => {
      const target = known.get(record.path) ?? projectTarget(context, record.path) ?? { ...record, entries: [] }
      const report = unprotectFile({ ...target, apps: record.apps }, ledger, dryRun)
      return report === undefined ? [] : [report]
    })
  if (apps.length === 0 && !dryRun) forgetMcpServers(context.state)
  const moved = servers.filter(({ app }) => files.some((file) => file.apps.includes(app)))
  return tell(
    context,
    { files, dryRun },
    moved.map(({ app, restart, port }) => ({ app, ok: true, detail: `To give it port ${port} back: restart the agent, then ${restart}.` })),
  )
}

/** Whether the hooks of the applications that are here work. */
export async function hookReports(context: CommandContext, wish: Wish, ledger: Ledger): Promise<readonly HookReport[]> {
  const reports: HookReport[] = []
  const targets = targetsOf(context, wish, ledger)
  for (const host of hookHosts(context, wish)) {
    const app = host.facts.client
    const setting = hookSetting(context, host, ledger, wish)
    const plans = hookPlans(context, host, ledger, wish)
    const missing = plans.find((plan) => targets.some((target) => target.path === plan.path && !isProtected(target)))
    // What a person switched off does not touch what an administrator set.
    const [obstacle] = (wish.root === undefined ? host.install.obstacles?.(setting) : undefined) ?? []
    if (plans.length === 0) reports.push({ app, ok: false, detail: 'Its hooks cannot be installed on this system.' })
    else if (missing !== undefined)
      reports.push({
        app,
        ok: false,
        detail: `Its hook is not in ${missing.path}, so its calls are not decided. Run \`assize protect ${app}\`.`,
      })
    else if (obstacle !== undefined) reports.push({ app, ok: false, detail: obstacle })
    else reports.push({ app, ...(await probeHook(host, setting)) })
  }
  return reports
}

function checkNames(apps: readonly string[]): void {
  const known = knownApps()
  const unknown = apps.find((app) => !known.includes(app))
  if (unknown !== undefined)
    throw new AgentError('usage', `There is no application \`${unknown}\`, so nothing was changed; known: ${known.join(', ')}.`)
}

interface Done {
  readonly files: readonly FileReport[]
  readonly dryRun: boolean
}

async function tell(context: CommandContext, { files, dryRun }: Done, hooks: readonly HookReport[]): Promise<number> {
  const ok = files.every((file) => file.done !== 'left-alone') && hooks.every((hook) => hook.ok)
  if (context.json) await context.say(JSON.stringify({ files, hooks }))
  else {
    for (const line of lines({ files, dryRun }, context.color)) await context.say(line)
    const paint = painter(context.color)
    for (const { app, ok: works, detail } of hooks)
      await context.say(`${(works ? paint.green : paint.yellow)(works ? 'works' : 'check')}       ${app}  ${detail}`)
    await context.say(summary({ files, dryRun }))
  }
  return ok ? EXIT.done : EXIT.no
}

/** What a person reads of a file in a dry run, where nothing was done. */
const PLANNED: Readonly<Partial<Record<FileReport['done'], string>>> = { changed: 'to change', restored: 'to restore', cleaned: 'to clean' }

function lines({ files, dryRun }: Done, color: boolean): readonly string[] {
  const paint = painter(color)
  return files.flatMap(({ path, apps, done, detail, behind, remote }) => {
    const word = (dryRun ? PLANNED[done] : undefined) ?? done
    // What the summary says of all of them is not said of each.
    const more = done === 'changed' || done === 'restored' || word !== done ? '' : `  ${detail}`
    return [
      `${(done === 'left-alone' ? paint.yellow : paint.green)(word.padEnd(10))}  ${apps.join(', ')}  ${path}${more}`,
      ...(behind.length === 0 ? [] : [`            behind the gate: ${behind.join(', ')}`]),
      ...(remote.length === 0 ? [] : [`            not behind it, because their address is no plain one: ${remote.join(', ')}`]),
    ]
  })
}

/** One sentence or two about all files together. */
function summary({ files, dryRun }: Done): string {
  const count = (...done: readonly FileReport['done'][]) => files.filter((file) => done.includes(file.done)).length
  const [changed, back, alone] = [count('changed'), count('restored', 'cleaned'), count('left-alone')]
  const rest = alone === 0 ? '' : ` ${filesOf(alone)} left alone for the reason beside ${alone === 1 ? 'it' : 'them'}.`
  if (changed + back === 0) return `Nothing was found to change.${rest}`
  if (dryRun) return `${filesOf(changed + back)} would be ${back > 0 ? 'put back' : 'changed'}; nothing was done.${rest}`
  if (back > 0) return `${filesOf(back)} put back.${rest}`
  return `${filesOf(changed)} changed; \`assize unprotect\` puts every byte back.${rest}`
}

function filesOf(count: number): string {
  return count === 1 ? '1 file' : `${count} files`
}

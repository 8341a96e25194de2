import { z } from 'zod'
import { EXIT } from '../platform/errors.ts'
import { HOOK_APPS } from '../platform/hook-apps.ts'
import { frontEndKind } from '../platform/native-client.ts'
import { Ledger } from '../posture/index.ts'
import { withAgent } from './ask-agent.ts'
import type { CommandContext } from './context.ts'
import { painter } from './paint.ts'
import { type HookReport, hookReports } from './protect/protect.ts'

/** What of the agent's status is shown to people; `--json` shows all of it. */
const statusSchema = z.looseObject({
  version: z.string(),
  healthy: z.boolean(),
  sessions: z.number(),
  waitingApprovals: z.number(),
  journal: z.looseObject({ seq: z.number(), acked: z.number() }),
  hub: z.looseObject({ state: z.string(), hub: z.string(), problem: z.string() }),
  health: z.looseObject({
    uptimeMs: z.number(),
    rssBytes: z.number(),
    policy: z.looseObject({ name: z.string(), version: z.number(), folder: z.string().optional() }),
    unshipped: z.looseObject({ entries: z.number() }),
    problems: z.array(z.string()),
    coverage: z.array(z.looseObject({ app: z.string(), state: z.string(), reason: z.string() })),
    processes: z.array(z.looseObject({ kind: z.string(), pid: z.number() })),
    modelFiles: z.array(z.unknown()),
  }),
})

/** `assize status`: how the agent is. Exit code 1 when something is wrong. */
export async function runStatus(context: CommandContext): Promise<number> {
  const asked = statusSchema.parse(await withAgent(context, (link) => link.request('status', {})))
  const hooks = await hookReports(context, { apps: [] }, new Ledger(context.state, context.platform))
  const status = { ...asked, health: { ...asked.health, coverage: truthful(asked.health.coverage, hooks) } }
  const frontEnd = frontEndKind(context.platform)
  if (context.json) await context.say(JSON.stringify({ ...status, frontEnd }))
  else for (const line of [...statusLines(status, context.color), row('front-end', frontEnd)]) await context.say(line)
  return status.healthy ? EXIT.done : EXIT.no
}

type Coverage = z.infer<typeof statusSchema>['health']['coverage']

/** What the agent heard of is the past; a hook that is asked now and does not lead to it covers nothing any more. */
function truthful(coverage: Coverage, hooks: readonly HookReport[]): Coverage {
  const now = new Map(hooks.map((hook) => [HOOK_APPS[hook.app]?.app ?? hook.app, hook]))
  const heard = coverage.map((one) => {
    const hook = now.get(one.app)
    return hook === undefined || hook.ok ? one : { ...one, state: 'unprotected', reason: hook.detail }
  })
  const silent = [...now].filter(([app]) => !coverage.some((one) => one.app === app))
  return [
    ...heard,
    ...silent.map(([app, { ok, detail }]) => ({
      app,
      state: ok ? 'installed' : 'unprotected',
      reason: ok ? `${detail} No call has come by it since the agent started.` : detail,
    })),
  ]
}

const row = (name: string, text: string): string => `${name.padEnd(10)} ${text}`

function originOf({ version, folder }: z.infer<typeof statusSchema>['health']['policy']): string {
  if (version !== 0) return String(version)
  return folder === undefined ? '(built in)' : `(of this machine, from ${folder})`
}

function statusLines(status: z.infer<typeof statusSchema>, color: boolean): readonly string[] {
  const paint = painter(color)
  const { health, hub, journal } = status
  return [
    row(
      'agent',
      `${status.healthy ? paint.green('healthy') : paint.yellow('needs attention')}, version ${status.version}, up ${Math.round(health.uptimeMs / 1000)} s, ${Math.round(health.rssBytes / 1048576)} MB`,
    ),
    row('policy', `${health.policy.name} ${originOf(health.policy)}`),
    row('hub', hub.problem === '' ? `${hub.state}${hub.hub === '' ? '' : `, ${hub.hub}`}` : `${hub.state}: ${hub.problem}`),
    row('journal', `${journal.seq} entries, ${health.unshipped.entries} not yet at the hub`),
    row('sessions', `${status.sessions}, ${status.waitingApprovals} questions waiting`),
    row('machine', `${health.processes.length} AI processes, ${health.modelFiles.length} model files`),
    ...health.coverage.map(({ app, state, reason }) => row(app, `${state}: ${reason}`)),
    ...health.problems.map((problem) => row('problem', paint.yellow(problem))),
  ]
}

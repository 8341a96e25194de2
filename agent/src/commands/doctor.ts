import { existsSync, statSync } from 'node:fs'
import { z } from 'zod'
import { EXIT, messageOf } from '../platform/errors.ts'
import { nativeClient } from '../platform/native-client.ts'
import { connectAddress, statePaths } from '../platform/state-directory.ts'
import { withAgent } from './ask-agent.ts'
import { Ledger } from '../posture/index.ts'
import type { CommandContext } from './context.ts'
import { painter } from './paint.ts'
import { hookReports } from './protect/protect.ts'
import { modelServers, serverReports } from './protect/servers.ts'

interface Check {
  readonly name: string
  readonly ok: boolean
  /** What was found, and what to do when it is not right. */
  readonly detail: string
}

const healthSchema = z.looseObject({
  health: z.looseObject({ problems: z.array(z.string()) }),
  hub: z.looseObject({ state: z.string(), problem: z.string() }),
})
const verifySchema = z.looseObject({ ok: z.boolean() })

/** `assize doctor`: looks at each part by itself and says what to mend. Exit code 1 when a check fails. */
export async function runDoctor(context: CommandContext): Promise<number> {
  const checks = [
    runtimeCheck(),
    frontEndCheck(context),
    stateCheck(context),
    ...(await agentChecks(context)),
    ...(await applicationChecks(context)),
  ]
  if (context.json) await context.say(JSON.stringify(checks))
  else {
    const paint = painter(context.color)
    for (const { name, ok, detail } of checks)
      await context.say(`${ok ? paint.green('ok  ') : paint.red('fail')}  ${name.padEnd(16)} ${detail}`)
  }
  return checks.every((check) => check.ok) ? EXIT.done : EXIT.no
}

function runtimeCheck(): Check {
  const ok = Number(process.versions.node.split('.')[0]) >= 22
  return {
    name: 'runtime',
    ok,
    detail: ok
      ? `Node ${process.versions.node}`
      : `Node ${process.versions.node} is too old; run the \`assize\` launcher, which brings its own.`,
  }
}

/** Not having the native one is no fault: everything works, each hook and each call only takes longer. */
function frontEndCheck({ platform }: CommandContext): Check {
  const client = nativeClient(platform)
  return { name: 'front-end', ok: true, detail: client === undefined ? 'node' : `native, ${client}` }
}

function stateCheck({ state, platform }: CommandContext): Check {
  try {
    const stat = statSync(state)
    if (platform.os !== 'win32' && (stat.mode & 0o077) !== 0)
      return { name: 'state', ok: false, detail: `${state} is open to other users; run \`chmod 700 ${state}\`.` }
    statSync(statePaths(state, platform).token)
    return { name: 'state', ok: true, detail: state }
  } catch {
    return { name: 'state', ok: false, detail: `No agent has run with ${state}; start one with \`assize agent --state ${state}\`.` }
  }
}

/** Hooks of the applications that are here, asked exactly as their hosts would. Without a state directory nothing was ever protected. */
async function applicationChecks(context: CommandContext): Promise<readonly Check[]> {
  if (!existsSync(context.state)) return []
  const [ledger, everything] = [new Ledger(context.state, context.platform), { apps: [] }]
  const hooks = await hookReports(context, everything, ledger)
  const servers = await serverReports(modelServers(context, everything, ledger))
  return [...hooks, ...servers].map(({ app, ok, detail }) => ({ name: app, ok, detail }))
}

async function agentChecks(context: CommandContext): Promise<readonly Check[]> {
  try {
    return await withAgent(context, async (link) => {
      const { health, hub } = healthSchema.parse(await link.request('status', {}))
      const chain = verifySchema.parse(await link.request('verify', {}, 120_000))
      return [
        { name: 'agent', ok: true, detail: `answers at ${connectAddress(context.state, context.platform)}` },
        { name: 'journal', ok: chain.ok, detail: chain.ok ? 'the chain verifies' : 'the chain does not verify; run `assize verify`' },
        { name: 'hub', ok: hub.problem === '', detail: hub.problem === '' ? hub.state : `${hub.state}: ${hub.problem}` },
        ...health.problems.map((problem): Check => ({ name: 'health', ok: false, detail: problem })),
      ]
    })
  } catch (error) {
    return [{ name: 'agent', ok: false, detail: messageOf(error) }]
  }
}

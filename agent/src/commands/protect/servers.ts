/** Model servers that are moved behind the gateway: what is to be changed, and whether the gateway stands before them now. */
import { request } from 'node:http'
import { statSync } from 'node:fs'
import { configFiles } from '../../platform/state-directory.ts'
import { type FileReport, type FileTarget, isProtected, type Ledger, type ModelServer, ollama, protectFile } from '../../posture/index.ts'
import type { CommandContext } from '../context.ts'
import type { Wish } from './targets.ts'

/** Whether one server stands behind the gateway. */
export interface ServerReport {
  readonly app: string
  readonly ok: boolean
  readonly detail: string
}

/** The servers that were asked for, or that were moved before. */
export function modelServers(context: CommandContext, { apps, root }: Wish, ledger: Ledger): readonly ModelServer[] {
  if (root !== undefined) return []
  const wanted = apps.includes('ollama') || (apps.length === 0 && ledger.all().some((record) => record.apps.includes('ollama')))
  return wanted ? [ollama(context.platform, configPath(context))] : []
}

export function serverTargets(server: ModelServer): readonly FileTarget[] {
  return server.plans.map((plan) => ({ ...plan, apps: [server.app], entries: plan.format === 'whole' ? [] : plan.entries }))
}

/** In this order: a server that moves away while nobody is told to take its place is a server nobody finds. */
export function protectServer(server: ModelServer, ledger: Ledger, dryRun: boolean): readonly FileReport[] {
  const reports: FileReport[] = []
  for (const target of serverTargets(server)) {
    const report = protectFile(target, ledger, dryRun)
    reports.push(report)
    if (report.done === 'left-alone') break
  }
  return reports
}

/** Whether programs that look for a server reach the gateway, and the gateway the server. */
export async function serverReports(servers: readonly ModelServer[]): Promise<readonly ServerReport[]> {
  return Promise.all(servers.map(async (server) => ({ app: server.app, ...(await lookAt(server)) })))
}

async function lookAt(server: ModelServer): Promise<{ readonly ok: boolean; readonly detail: string }> {
  const { port, behind, restart, obstacles } = server
  const [obstacle] = obstacles
  if (obstacle !== undefined) return { ok: false, detail: obstacle }
  if (!serverTargets(server).every(isProtected))
    return { ok: false, detail: `It is not moved behind the gateway, so its calls are not decided. Run \`assize protect ${server.app}\`.` }
  const there = await whoIsAt(port, 'gateway.invalid')
  // The server is asked for through the gateway: whoever goes past it is told, and that would be us.
  const behindIt = there === 'gateway' && (await whoIsAt(port, `127.0.0.1:${port}`)) === 'server'
  if (behindIt) return { ok: true, detail: `The gateway has port ${port}, and the server stands behind it on port ${behind}.` }
  if (there === 'gateway')
    return { ok: false, detail: `The gateway has port ${port}, but no server answers behind it. To finish: ${restart}.` }
  const found =
    there === 'server' ? `The server itself still answers on port ${port}, so its calls are not decided` : `Nobody answers on port ${port}`
  return { ok: false, detail: `${found}. To finish: ${restart}, then restart the agent.` }
}

const LOOK_MS = 3000

/** The gateway says who it is when it is called by a name that is not its own, and when nobody stands behind it. */
function whoIsAt(port: number, host: string): Promise<'gateway' | 'server' | 'nobody'> {
  return new Promise((resolve) => {
    const question = request({ host: '127.0.0.1', port, path: '/', headers: { host }, timeout: LOOK_MS }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        if (text.length < 4096) text += part
      })
      answer.on('end', () => resolve(text.includes('"assize_gateway"') ? 'gateway' : 'server'))
      answer.on('error', () => resolve('nobody'))
    })
    question.on('timeout', () => question.destroy()).on('error', () => resolve('nobody'))
    question.end()
  })
}

function configPath({ configFile, platform }: CommandContext): string {
  const candidates = configFiles(platform)
  const found = candidates.find((path) => statSync(path, { throwIfNoEntry: false })?.isFile() === true)
  return configFile ?? platform.environment['ASSIZE_CONFIG'] ?? found ?? candidates[0] ?? 'agent.yaml'
}

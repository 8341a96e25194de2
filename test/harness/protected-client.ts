/** A real client in a home of its own, protected by the command people use, with a model that asks for calls. */
import { existsSync, readFileSync } from 'node:fs'
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../tools/bootstrap/runtime.mjs'
import { AGENT_MAIN, type Finished, runMain, type Service } from '../../tools/start/stack.ts'
import { FRONT_ENDS } from './gate.ts'
import { type HookClient, runTurn, type Turn } from './hook-clients.ts'
import type { MockModel, NextCall } from './mock-models.ts'
import { policyFolder } from './policy-folder.ts'
import { openSandbox, type Sandbox } from './sandbox.ts'

/** Which front-end the hooks call: the native one where it was built. */
export const HOOK_PROGRAM = FRONT_ENDS.at(-1) ?? 'node'

export interface Place {
  readonly home: string
  readonly cwd: string
  /** The file by which a command shows that it ran. */
  readonly marker: string
}

export interface Home extends Place {
  readonly model: MockModel
}

export interface ProtectedClient {
  readonly sandbox: Sandbox
  readonly agent: Service
  /** A command of the product, as the person in this home gives it. */
  run(home: Home, ...args: readonly string[]): Promise<Finished>
  protect(home: Home): Promise<Finished>
  /** A home with the client configured, whose model asks for these calls. */
  settle(calls: (place: Place) => readonly NextCall[]): Promise<Home>
  /** One headless turn; ends the model of this home. */
  turn(home: Home, more?: Pick<Turn, 'etc' | 'env' | 'timeoutMs'>): Promise<{ readonly output: string; readonly told: string }>
  /** What `assize status` says about this client in this home. */
  coverage(home: Home): Promise<{ readonly app: string; readonly state: string; readonly gate?: string } | undefined>
  /** Puts something else where the hook is, or nothing; gives back how it is undone. */
  replaceHook(text?: string, keptAs?: string): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** The client before an agent with the pack that ships and these policies. */
export async function protectClient(client: HookClient, program: string, policies: string): Promise<ProtectedClient> {
  const sandbox = await openSandbox()
  const pack = await policyFolder(join(sandbox.folder, 'pack'), policies)
  const agent = await sandbox.startAgent({ ASSIZE_PACK: pack })
  // A copy, whose hook can be broken without harm to other tests; beside the product, so that it finds its packages.
  const product = join(root, 'agent', `dist-e2e-${process.pid}-${client.client}`)
  await cp(join(AGENT_MAIN, '..'), product, { recursive: true })
  const hook = join(product, HOOK_PROGRAM === 'native' ? 'assize-client' : 'main.mjs')
  let homes = 0

  const run = (home: Home, ...args: readonly string[]): Promise<Finished> =>
    runMain(join(product, 'main.mjs'), ['--state', sandbox.agentState, ...args], {
      env: { HOME: home.home, ASSIZE_CLIENT: HOOK_PROGRAM, ...client.environment(home.home, home.model.url) },
    })

  return {
    sandbox,
    agent,
    run,
    protect: (home) => run(home, 'protect', client.client),
    async settle(calls) {
      homes += 1
      const home = join(sandbox.folder, `home-${homes}`)
      const cwd = join(home, 'project')
      await mkdir(join(home, '.ssh'), { recursive: true })
      await mkdir(cwd, { recursive: true })
      await writeFile(join(home, '.ssh', 'id_ed25519'), 'not a key\n')
      const place = { home, cwd, marker: join(cwd, 'marker') }
      const model = await client.startModel(...calls(place))
      await client.configure(home, model.url)
      return { ...place, model }
    },
    async turn({ home, cwd, model }, more = {}) {
      try {
        const prompt = 'Please do what we talked about.'
        const { output } = await runTurn(client, { program, home, cwd, modelUrl: model.url, prompt, ...more })
        return { output, told: model.toolResults.join('\n') }
      } finally {
        await model.close()
      }
    },
    async coverage(home) {
      const { stdout } = await run(home, '--json', 'status')
      const status = JSON.parse(stdout) as { health: { coverage: { app: string; state: string; gate?: string }[] } }
      return status.health.coverage.find((one) => one.gate === client.client)
    },
    async replaceHook(text, keptAs) {
      const whole = await readFile(hook)
      if (keptAs !== undefined) await writeFile(`${hook}${keptAs}`, whole, { mode: 0o755 })
      // The same name with something else behind it: the configuration, and what was trusted in it, stay as they are.
      await rm(hook)
      if (text !== undefined) await writeFile(hook, text, { mode: 0o755 })
      return async () => {
        await rm(hook, { force: true })
        await writeFile(hook, whole, { mode: 0o755 })
        if (keptAs !== undefined) await rm(`${hook}${keptAs}`)
      }
    },
    async close() {
      await sandbox.close()
      await rm(product, { recursive: true, force: true })
    },
  }
}

/** What became of a command that makes this file. */
export const ran = (path: string): string => (existsSync(path) ? 'runs' : 'blocked')

/** What docs/gates.md claims: scenario and client to result. */
export function claimed(scenario: string, title: string): string {
  const rows = readFileSync(join(root, 'docs', 'gates.md'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .map((line) => line.split('|').map((cell) => cell.trim()))
  const header = rows.find((cells) => cells[1] === 'what happens' && cells.includes(title))
  const row = rows.find((cells) => cells[1] === scenario)
  return row?.[header?.indexOf(title) ?? -1] ?? `nothing about ${scenario}`
}

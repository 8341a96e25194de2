import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort, NATIVE_CLIENT, NODE_CLIENT, startAgent } from '../tools/start/stack.ts'
import { against, type Bench, type Figure, median } from './figures.ts'

const ROUNDS = 60
const WARM = 5
const SETTLE_MS = 10
const EVENT = JSON.stringify({
  session_id: 'bench',
  cwd: tmpdir(),
  hook_event_name: 'PreToolUse',
  tool_name: 'Read',
  tool_input: { file_path: join(tmpdir(), 'notes.md') },
  tool_use_id: 'bench',
})

/**
 * One hook event from the start of the process to its end, with the agent's decision in between, beside a program that does
 * nothing: what starting any program costs here. All take turns, so that a noisy moment falls on each of them.
 */
export const hookStart: Bench = {
  name: 'hook-start',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
    const state = join(folder, 'agent')
    const port = await freePort()
    const config = join(folder, 'agent.yaml')
    writeFileSync(config, JSON.stringify({ sense: { hookHttp: { port } } }))
    const agent = await startAgent(state, { ASSIZE_CONFIG: config })
    const host = overHttp(port, state)
    const hook = (client: readonly string[], directory: string) => [...client, '--state', directory, 'hook', 'claude-code']
    const commands: Record<string, readonly string[]> = { floor: floor(folder), node: hook(NODE_CLIENT, state) }
    if (existsSync(NATIVE_CLIENT)) {
      commands['native'] = hook([NATIVE_CLIENT], state)
      commands['alone'] = hook([NATIVE_CLIENT], join(folder, 'nobody'))
    }
    const times = new Map([...Object.keys(commands), 'http'].map((name) => [name, [] as number[]]))
    try {
      for (let round = -WARM; round < ROUNDS; round += 1)
        for (const [name, command] of Object.entries(commands)) {
          // What the agent still has to do after an answer is not counted against whoever comes next.
          await pause(SETTLE_MS)
          const time = await once(command)
          if (round >= 0) times.get(name)?.push(time)
          if (name !== 'floor') continue
          await pause(SETTLE_MS)
          const asked = await host.ask()
          if (round >= 0) times.get('http')?.push(asked)
        }
      return figures((name) => median(times.get(name) ?? []))
    } finally {
      host.close()
      await agent.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function figures(time: (name: string) => number): readonly Figure[] {
  const base = { what: 'a program that does nothing', value: time('floor') }
  const beside = (what: string, name: string, limit: Pick<Figure, 'limit'> = {}) =>
    Number.isNaN(time(name)) ? [] : [against(base, { what, value: time(name), unit: 'ms', ...limit })]
  return [
    ...beside('native hook by itself, no agent, p50', 'alone', { limit: { most: 1.1 } }),
    ...beside('native hook with its decision, p50', 'native'),
    ...beside('node hook with its decision, p50', 'node'),
    { what: 'hook over HTTP with its decision, p50', value: time('http'), unit: 'ms', limit: { most: 1.5 } },
  ]
}

/** The smallest program there is: made here where a Rust compiler is at hand, else the system's own. */
function floor(folder: string): readonly string[] {
  const [source, program] = [join(folder, 'nothing.rs'), join(folder, 'nothing')]
  writeFileSync(source, 'fn main() {}\n')
  const made = spawnSync('rustc', ['-O', '-C', 'strip=symbols', '-C', 'target-feature=+crt-static', '-o', program, source], {
    stdio: 'ignore',
  })
  return made.status === 0 ? [program] : ['true']
}

/** Milliseconds. */
function once([program = '', ...args]: readonly string[]): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'pipe' })
    child.on('error', reject)
    child.stdin.on('error', () => undefined)
    child.stdout.resume()
    child.stderr.resume()
    child.stdin.end(EVENT)
    child.on('close', () => resolve(performance.now() - start))
  })
}

/** A host that sends its hooks over one connection, as Claude Code does. */
function overHttp(port: number, state: string): { readonly ask: () => Promise<number>; readonly close: () => void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const secret = () => readFileSync(join(state, 'hook-http.token'), 'utf8')
  const ask = (): Promise<number> => {
    const headers = { authorization: `Bearer ${secret()}`, 'content-type': 'application/json', 'content-length': Buffer.byteLength(EVENT) }
    const start = performance.now()
    return new Promise((resolve, reject) => {
      const asking = request({ agent, host: '127.0.0.1', port, path: '/claude-code', method: 'POST', headers }, (response) => {
        if (response.statusCode !== 200) reject(new Error(`the hook was answered with ${response.statusCode}`))
        response.resume().on('end', () => resolve(performance.now() - start))
      })
      asking.on('error', reject)
      asking.end(EVENT)
    })
  }
  return { ask, close: () => agent.destroy() }
}

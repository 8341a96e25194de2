/** Asks a hook, exactly as its host would start it, whether it leads to the agent. */
import { spawn } from 'node:child_process'
import type { HookHost } from '../../sense/index.ts'
import { IN_THE_PATH, PROBE, shellLine } from '../../sense/index.ts'
import type { Setting } from './targets.ts'

export interface Probe {
  readonly ok: boolean
  /** A sentence. */
  readonly detail: string
}

const PROBE_MS = 10_000
const MOST_OUTPUT = 64 * 1024

export async function probeHook(host: HookHost, setting: Setting): Promise<Probe> {
  const [program = '', ...args] = setting.command
  const line = setting.os === 'win32' ? { program, args } : { program: 'sh', args: ['-c', shellLine(setting, true)] }
  const { exit, stdout, stderr } = await started(line, JSON.stringify({ ...host.facts.probe, [PROBE]: true }))
  if (exit === 0 && stdout.trim() === host.facts.quiet.trim() && stderr.includes(IN_THE_PATH))
    return { ok: true, detail: 'The hook leads to the agent.' }
  if (/cannot be reached/.test(stderr))
    return {
      ok: false,
      detail: 'The hook runs, but no agent answers: until one does, it refuses what could do something. Start it with `assize agent`.',
    }
  return { ok: false, detail: `The hook does not work (exit code ${exit ?? 'none'}: ${stderr.trim().split('\n')[0] ?? ''}).` }
}

interface Ended {
  readonly exit: number | null
  readonly stdout: string
  readonly stderr: string
}

function started({ program, args }: { readonly program: string; readonly args: readonly string[] }, input: string): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { stdio: 'pipe' })
    const out = { stdout: '', stderr: '' }
    const timer = setTimeout(() => child.kill('SIGKILL'), PROBE_MS)
    for (const name of ['stdout', 'stderr'] as const)
      child[name].on('data', (chunk: Buffer) => {
        if (out[name].length < MOST_OUTPUT) out[name] += chunk.toString()
      })
    const end = (exit: number | null, more = '') => {
      clearTimeout(timer)
      resolve({ exit, stdout: out.stdout, stderr: out.stderr + more })
    }
    child.on('error', (error) => end(null, error.message))
    child.on('close', (code) => end(code))
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
  })
}

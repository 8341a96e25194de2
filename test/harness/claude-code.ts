/** The real Claude Code from npm, offline: fetched once into a cache, never a dependency, never redistributed. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

const VERSION = '2.1.330'
const FETCH_MS = 180_000
const RUN_MS = 60_000

/** Path of the program, or the sentence that says why there is none. */
export async function claudeCode(): Promise<{ readonly program: string } | { readonly missing: string }> {
  const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`
  const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'assize-test')
  const program = join(cache, `claude-code-${VERSION}`, 'claude')
  if (existsSync(program)) return { program }
  await mkdir(cache, { recursive: true })
  const folder = await mkdtemp(join(cache, 'fetch-'))
  try {
    const packed = await run('npm', ['pack', '--silent', `${name}@${VERSION}`], { cwd: folder, timeoutMs: FETCH_MS })
    if (packed.code !== 0)
      return { missing: `${name}@${VERSION} could not be fetched from the npm registry: ${packed.output.trim().split('\n').at(-1)}` }
    const unpacked = await run('tar', ['xzf', packed.output.trim().split('\n').at(-1) ?? ''], { cwd: folder, timeoutMs: FETCH_MS })
    if (unpacked.code !== 0) return { missing: `${name}@${VERSION} could not be unpacked: ${unpacked.output.trim()}` }
    await rename(join(folder, 'package'), join(cache, `claude-code-${VERSION}`)).catch(() => undefined)
    return existsSync(program) ? { program } : { missing: `${name}@${VERSION} holds no program` }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

export interface ClaudeRun {
  readonly program: string
  readonly home: string
  readonly cwd: string
  readonly modelUrl: string
  /** File with the settings, hooks among them. */
  readonly settings: string
  readonly prompt: string
  /** Which front-end the hook goes on as. */
  readonly frontEnd: string
}

/** One headless turn in a clean home. */
export async function runClaude({
  program,
  home,
  cwd,
  modelUrl,
  settings,
  prompt,
  frontEnd,
}: ClaudeRun): Promise<{ code: number | null; output: string }> {
  const config = join(home, '.claude')
  await mkdir(config, { recursive: true })
  const env = {
    PATH: process.env['PATH'],
    HOME: home,
    CLAUDE_CONFIG_DIR: config,
    ANTHROPIC_BASE_URL: modelUrl,
    ANTHROPIC_API_KEY: 'dummy',
    CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: '1',
    DISABLE_AUTOUPDATER: '1',
    ASSIZE_CLIENT: frontEnd,
  }
  return run(program, ['-p', prompt, '--settings', settings, '--allowedTools', 'Bash', '--model', 'claude-sonnet-5'], {
    cwd,
    env,
    timeoutMs: RUN_MS,
  })
}

function run(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; timeoutMs: number },
): Promise<{ code: number | null; output: string }> {
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

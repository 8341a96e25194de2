/** The real Claude Code from npm, offline. */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { npmProgram, runClient } from './npm-program.ts'

const VERSION = '2.1.330'
const RUN_MS = 180_000

/** Path of the program, or the sentence that says why there is none. */
export function claudeCode(): ReturnType<typeof npmProgram> {
  const name = `@anthropic-ai/claude-code-${process.platform}-${process.arch}`
  return npmProgram({ spec: `${name}@${VERSION}`, folder: `claude-code-${VERSION}`, program: 'claude' })
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
  return runClient(program, ['-p', prompt, '--settings', settings, '--allowedTools', 'Bash', '--model', 'claude-sonnet-5'], {
    cwd,
    env,
    timeoutMs: RUN_MS,
  })
}

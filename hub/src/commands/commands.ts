/** What people type: one file per command; each says what it did in words, or in JSON when asked. */
import { join } from 'node:path'
import type { Command } from 'commander'
import { HubError, isHubError } from '../platform/errors.ts'

export interface GlobalOptions {
  readonly state: string
  readonly config?: string
  readonly json: boolean
}

/** 0 done, 1 the answer is no, 2 usage or bad input, 3 cannot reach the hub, 4 internal error. */
export const EXIT = { done: 0, no: 1, usage: 2, unreachable: 3, internal: 4 } as const

export function globalOptions(command: Command): GlobalOptions {
  const { state, config, json } = command.optsWithGlobals<{ state?: string; config?: string; json?: boolean }>()
  return {
    state: state ?? process.env['ASSIZE_HUB_STATE'] ?? join('.assize', 'hub'),
    ...(config === undefined ? {} : { config }),
    json: json ?? false,
  }
}

/** One answer: `words` for people, `value` for programs. */
export function say(options: GlobalOptions, words: string, value: unknown): void {
  process.stdout.write(options.json ? `${JSON.stringify(value)}\n` : `${words}\n`)
}

/** Tells a failure in one line on stderr and sets the exit code. */
export function tellFailure(error: unknown, json: boolean): void {
  const told = isHubError(error) ? error : undefined
  const text =
    told?.message ??
    `The hub failed: ${error instanceof Error ? error.message : String(error)}. Agents keep deciding; try again, and report it if it stays.`
  process.stderr.write(json ? `${JSON.stringify({ error: told?.code ?? 'internal', message: text })}\n` : `${text}\n`)
  process.exitCode = exitCodeOf(told)
}

function exitCodeOf(error: HubError | undefined): number {
  if (error === undefined) return EXIT.internal
  if (error.code === 'unreachable') return EXIT.unreachable
  if (error.status === 422 || error.status === 409 || error.status === 403 || error.status === 401) return EXIT.no
  return error.status >= 500 ? EXIT.internal : EXIT.usage
}

export function usage(detail: string, remedy: string): HubError {
  return new HubError({ code: 'usage', status: 400, detail, remedy })
}

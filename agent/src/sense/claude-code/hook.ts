import { appendFileSync, statSync } from 'node:fs'
import { connectAgent } from '../../platform/local-api/client.ts'
import { messageOf } from '../../platform/errors.ts'
import type { Platform } from '../../platform/platform.ts'
import { statePaths } from '../../platform/state-directory.ts'
import { type HookPayload, parsePayload } from './payload.ts'

export interface HookOptions {
  readonly state: string
  readonly platform: Platform
  /** Milliseconds for everything after the input was read. */
  readonly deadline: number
}

/** What the process writes and exits with. */
export interface HookResult {
  readonly stdout: string
  readonly stderr: string
  readonly exit: number
}

const READ_MS = 1000
const MOST_INPUT_BYTES = 32 * 1024 * 1024
const MOST_SPOOL_BYTES = 1024 * 1024
/** Tools that only look. Everything else could do something, so without an agent it does not run. */
const READING_TOOLS: ReadonlySet<string> = new Set([
  'Read',
  'Glob',
  'Grep',
  'LS',
  'NotebookRead',
  'TodoRead',
  'TodoWrite',
  'ExitPlanMode',
  'ListMcpResourcesTool',
])
/** Exit code by which Claude Code knows that the call must not run, whatever stands on stdout. */
const BLOCK = 2

/** One hook event from Claude Code: asks the agent and renders its answer. Never rejects, never waits for longer than its deadlines. */
export async function runHook(options: HookOptions, input: NodeJS.ReadableStream): Promise<HookResult> {
  let text: string
  let payload: HookPayload
  try {
    text = await readAll(input)
    payload = parsePayload(text)
  } catch (error) {
    return broken(
      `Blocked by Assize: the hook input could not be read (${messageOf(error)}), so nobody could decide about the call. Report this with the version of Claude Code.`,
    )
  }
  try {
    return await ask(options, payload, text)
  } catch (error) {
    return withoutAgent(options, payload, messageOf(error))
  }
}

async function ask(options: HookOptions, payload: HookPayload, text: string): Promise<HookResult> {
  const started = performance.now()
  const { state, platform, deadline } = options
  const link = await connectAgent({
    state,
    platform,
    role: 'claude-code',
    deadline,
    ...(payload.cwd === undefined ? {} : { cwd: payload.cwd }),
  })
  try {
    const { header, payload: stdout } = await link.intercept(
      { from: 'host' },
      Buffer.from(text),
      Math.max(100, deadline - (performance.now() - started)),
    )
    const { exit, stderr } = header
    if (typeof exit !== 'number') throw new Error('its answer was not understood')
    return { stdout: stdout.toString('utf8'), stderr: typeof stderr === 'string' && stderr !== '' ? `${stderr}\n` : '', exit }
  } finally {
    link.close()
  }
}

/** Fail mode: looking goes on and is written down for the agent's next start; doing does not. */
function withoutAgent(options: HookOptions, payload: HookPayload, why: string): HookResult {
  const guarded = payload.event === 'PreToolUse' || payload.event === 'PermissionRequest'
  if (!guarded || READING_TOOLS.has(payload.tool)) {
    spool(options, payload)
    return { stdout: '{}\n', stderr: '', exit: 0 }
  }
  const reason = `Blocked by Assize: ${payload.tool} did not run because nobody could decide about it. ${why}`
  const output =
    payload.event === 'PreToolUse'
      ? { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason }
      : { hookEventName: 'PermissionRequest', decision: { behavior: 'deny', message: reason, interrupt: false } }
  return { stdout: `${JSON.stringify({ hookSpecificOutput: output })}\n`, stderr: `${reason}\n`, exit: 0 }
}

function broken(reason: string): HookResult {
  const output = { hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: reason } }
  return { stdout: `${JSON.stringify(output)}\n`, stderr: `${reason}\n`, exit: BLOCK }
}

/** What passed undecided: the tool and the session, never the arguments. */
function spool(options: HookOptions, payload: HookPayload): void {
  const path = statePaths(options.state, options.platform).unjudged
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MOST_SPOOL_BYTES) return
    const line = { at: Date.now(), gate: 'claude-code', event: payload.event, tool: payload.tool, session: payload.session ?? '' }
    appendFileSync(path, `${JSON.stringify(line)}\n`, { mode: 0o600 })
  } catch {
    // No state directory, no agent ever started here: there is nobody to tell.
  }
}

function readAll(input: NodeJS.ReadableStream): Promise<string> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let length = 0
    const timer = setTimeout(() => reject(new Error('it did not end in time')), READ_MS)
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      finish()
    }
    input.on('data', (chunk: Buffer) => {
      parts.push(chunk)
      length += chunk.length
      if (length > MOST_INPUT_BYTES) settle(() => reject(new Error('it is too long')))
    })
    input.on('end', () => settle(() => resolve(Buffer.concat(parts).toString('utf8'))))
    input.on('error', (error) => settle(() => reject(error)))
  })
}

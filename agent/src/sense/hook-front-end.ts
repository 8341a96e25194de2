/** One hook event: asks the agent and renders its answer. Never rejects, never waits for longer than its deadlines. */
import { appendFileSync, statSync } from 'node:fs'
import { messageOf } from '../platform/errors.ts'
import { connectAgent } from '../platform/local-api/client.ts'
import type { Platform } from '../platform/platform.ts'
import { statePaths } from '../platform/state-directory.ts'
import { BLOCK, denial, guards, type HookAnswer, type HookFacts, type HookPayload, looksOnly, parsePayload } from './hook-facts.ts'

export interface HookOptions {
  readonly facts: HookFacts
  readonly state: string
  readonly platform: Platform
  /** Milliseconds for everything after the input was read. */
  readonly deadline: number
}

const READ_MS = 1000
const MOST_INPUT_BYTES = 32 * 1024 * 1024
const MOST_SPOOL_BYTES = 1024 * 1024

export async function runHook(options: HookOptions, input: NodeJS.ReadableStream): Promise<HookAnswer> {
  let text: string
  let payload: HookPayload
  try {
    text = await readAll(input)
    payload = parsePayload(options.facts, text)
  } catch (error) {
    return broken(options.facts, messageOf(error))
  }
  try {
    return await ask(options, payload, text)
  } catch (error) {
    return withoutAgent(options, payload, messageOf(error))
  }
}

async function ask(options: HookOptions, payload: HookPayload, text: string): Promise<HookAnswer> {
  const started = performance.now()
  const { state, platform, deadline, facts } = options
  const link = await connectAgent({
    state,
    platform,
    role: facts.client,
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
function withoutAgent(options: HookOptions, payload: HookPayload, why: string): HookAnswer {
  const { facts } = options
  if (!guards(facts, payload) || looksOnly(facts, payload)) {
    spool(options, payload)
    return { stdout: facts.quiet, stderr: '', exit: 0 }
  }
  return onItsOwn(facts, payload.event, `Blocked by Assize: ${payload.tool} did not run because nobody could decide about it. ${why}`)
}

function broken(facts: HookFacts, why: string): HookAnswer {
  const reason = `Blocked by Assize: the hook input could not be read (${why}), so nobody could decide about the call. Report this with the version of ${facts.product}.`
  return { ...onItsOwn(facts, '', reason), exit: BLOCK }
}

function onItsOwn(facts: HookFacts, event: string, reason: string): HookAnswer {
  const answer = denial(facts, event, reason)
  return { ...answer, stderr: `${answer.stderr}\n` }
}

/** What passed undecided: the tool and the session, never the arguments. */
function spool(options: HookOptions, payload: HookPayload): void {
  const path = statePaths(options.state, options.platform).unjudged
  try {
    if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > MOST_SPOOL_BYTES) return
    const { event, tool, session = '' } = payload
    const line = { at: Date.now(), gate: options.facts.client, event, tool, session }
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

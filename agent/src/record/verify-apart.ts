import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerEntry } from '../platform/worker-entry.ts'
import type { Verification } from './journal.ts'
import { verifyJournal } from './verify-journal.ts'

export type VerifyAnswer = { readonly found: Verification } | { readonly problem: string }

const MEGABYTES = 128

/**
 * Checks the journal at `path` in a process of its own, so that no decision waits while half a gigabyte is read, and no memory stays
 * behind. Where no process can be started it is done here, in steps. Rejects when the journal cannot be read, or when `signal` ends it.
 */
export async function verifyApart(path: string, signal: AbortSignal): Promise<Verification> {
  signal.throwIfAborted()
  const answer = await ask(path, signal)
  signal.throwIfAborted()
  if (answer === undefined) return verifyJournal(path, { signal })
  if ('problem' in answer) throw new Error(answer.problem)
  return answer.found
}

/** Undefined when the process ended without a word. */
function ask(path: string, signal: AbortSignal): Promise<VerifyAnswer | undefined> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(workerEntry(import.meta.url, 'verify')), [], {
      execArgv: [`--max-old-space-size=${MEGABYTES}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    })
    const settle = (answer: VerifyAnswer | undefined) => {
      signal.removeEventListener('abort', stop)
      child.kill('SIGKILL')
      resolve(answer)
    }
    const stop = () => settle(undefined)
    signal.addEventListener('abort', stop)
    child.once('message', (answer) => settle(answer as VerifyAnswer))
    child.once('error', stop)
    child.once('exit', stop)
    child.send(path, (error) => error && stop())
    // Nobody waits for it when the agent stops.
    child.unref()
    child.channel?.unref()
  })
}

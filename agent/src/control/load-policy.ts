import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loadPolicyBundle, type PolicyFiles, type PolicyLoading } from '@assize/kernel'
import { workerEntry } from '../platform/worker-entry.ts'
import { engineOf, type Transcript } from './engine-transcript.ts'

export interface PolicyWork {
  readonly files: readonly (readonly [string, string])[]
}

/** Compiles a policy folder and runs its tests. */
export type LoadPolicy = (files: PolicyFiles) => Promise<PolicyLoading>

const LOAD_MS = 30_000
const CHILD_MEGABYTES = 256

/**
 * Loads a policy with the shipped loader while decisions go on: the engine runs in a process of its own, and the loader
 * is run here once more over what the engine answered there. Never rejects: a policy that cannot be loaded is a refusal.
 * `compileCache` is where that process keeps what it compiled, which halves its next start.
 */
export function policyLoader(compileCache?: string): LoadPolicy {
  return async (files) => {
    let transcript: Transcript
    try {
      transcript = await consult({ files: [...files] }, environment(compileCache))
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return {
        ok: false,
        code: 'invalid-policy',
        detail: `the policy could not be compiled (${why}). Nothing changes on this machine; the rules before stay in force. Make it smaller or simpler and publish it again.`,
        problems: [],
      }
    }
    return loadPolicyBundle(files, engineOf(transcript))
  }
}

function consult(work: PolicyWork, env: NodeJS.ProcessEnv): Promise<Transcript> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(workerEntry(import.meta.url, 'policy')), [], {
      serialization: 'advanced',
      execArgv: [`--max-old-space-size=${CHILD_MEGABYTES}`],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      env,
    })
    const timer = setTimeout(() => settle(() => reject(new Error('it takes longer than thirty seconds'))), LOAD_MS)
    const settle = (finish: () => void) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      finish()
    }
    child.once('message', (transcript) => settle(() => resolve(transcript as Transcript)))
    child.once('error', (error) => settle(() => reject(error)))
    child.once('exit', (code, signal) => settle(() => reject(new Error(`its process ended with ${signal ?? `code ${code}`}`))))
    child.send(work, (error) => error && settle(() => reject(error)))
  })
}

/** The engine needs nothing of the environment. */
function environment(compileCache: string | undefined): NodeJS.ProcessEnv {
  return { ...systemOnly(), ...(compileCache === undefined ? {} : { NODE_COMPILE_CACHE: compileCache }) }
}

/** What a process cannot start without on Windows. */
function systemOnly(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    ['SystemRoot', 'TEMP', 'TMPDIR'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
  )
}

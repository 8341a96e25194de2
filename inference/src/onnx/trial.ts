import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { checkModelFiles, type ModelBundle, type ModelFiles, type ModelRefusal, refuseModel } from '../bundle/check-bundle.ts'
import type { FromModel, ModelStart } from './messages.ts'
import { workerEntry } from '../worker-entry.ts'

export interface TrialLimits {
  /** For loading and all golden vectors, milliseconds. */
  readonly millis: number
  /** Memory of the whole process once it has run. */
  readonly megabytes: number
}

export const TRIAL_LIMITS: TrialLimits = { millis: 60_000, megabytes: 2048 }

/**
 * Runs a model that nobody has run here yet, in a process of its own, so that one that crashes or swells takes nothing with it.
 * Answers the bundle when it loads and says of its golden vectors what its maker saw. Never rejects.
 */
export async function trialOf(files: ModelFiles, limits: TrialLimits = TRIAL_LIMITS): Promise<ModelBundle | ModelRefusal> {
  const bundle = checkModelFiles(files)
  if (!bundle.ok) return bundle
  const answer = await firstAnswer({ files }, limits)
  if ('refusal' in answer) return answer.refusal
  const { message } = answer
  if (message.type === 'loaded') {
    if (message.megabytes <= limits.megabytes) return bundle
    return refuseModel('too-large', `the model took ${message.megabytes} megabytes of memory, more than ${limits.megabytes}`)
  }
  if (message.type !== 'failed') return refuseModel('does-not-load', 'the model answered before it was asked')
  if (message.code !== undefined) return { ok: false, code: message.code, detail: message.message }
  return message.reason === 'missing'
    ? refuseModel('no-runtime', 'the runtime for models is not available on this machine')
    : refuseModel('does-not-load', `the model does not load (${oneLine(message.message)})`)
}

type Answer = { readonly message: FromModel } | { readonly refusal: ModelRefusal }

function firstAnswer(start: ModelStart, limits: TrialLimits): Promise<Answer> {
  return new Promise((resolve) => {
    const child = fork(fileURLToPath(workerEntry(import.meta.url, 'model')), [], {
      serialization: 'advanced',
      execArgv: ['--max-old-space-size=512'],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      // Nothing of the environment is a model's business; Windows cannot start a process without these.
      env: Object.fromEntries(
        ['SystemRoot', 'TEMP', 'TMPDIR'].flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
      ),
    })
    const timer = setTimeout(
      () =>
        finish({
          refusal: refuseModel('too-slow', `the model did not get through its golden vectors within ${limits.millis / 1000} seconds`),
        }),
      limits.millis,
    )
    const finish = (answer: Answer) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      resolve(answer)
    }
    child.once('message', (message) => finish({ message: message as FromModel }))
    child.once('error', (error) =>
      finish({ refusal: refuseModel('does-not-load', `the model could not be tried (${oneLine(error.message)})`) }),
    )
    child.once('exit', (code, signal) =>
      finish({ refusal: refuseModel('does-not-load', `the process that tried the model ended with ${signal ?? `code ${code}`}`) }),
    )
    child.send(
      start,
      (error) => error && finish({ refusal: refuseModel('does-not-load', `the model could not be tried (${oneLine(error.message)})`) }),
    )
  })
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').slice(0, 300)
}

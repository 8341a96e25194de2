import { basePackOf, type PolicyProblem } from '@assize/kernel'
import { HubError } from '../../platform/errors.ts'
import { askWorker } from './ask-worker.ts'
import type { PolicyCheckResult } from './policy-check.worker.ts'

const WITHIN_MS = 30_000
const MOST_SHOWN = 20

export type CheckedPolicy = PolicyCheckResult & { readonly ok: true }

/** Compiles a policy and runs its own tests, or throws with every problem listed. */
export async function checkPolicy(files: ReadonlyMap<string, string>): Promise<CheckedPolicy> {
  const base = basePackOf(files)
  if (base !== undefined) throw unfinished(base)
  const result = await run(files)
  if (result.ok) return result
  throw refused(result.code, result.problems.map(tell))
}

async function run(files: ReadonlyMap<string, string>): Promise<PolicyCheckResult> {
  const result = await askWorker<PolicyCheckResult>({ name: 'policy-check', files, within: WITHIN_MS })
  return (
    result ?? {
      ok: false,
      code: 'too-large',
      problems: [
        { code: 'too-large', file: '', text: `the policy could not be compiled within ${WITHIN_MS / 1000} seconds; make it smaller` },
      ],
    }
  )
}

function tell(problem: PolicyProblem): string {
  const where = [problem.file, problem.policy].filter(Boolean).join(', ')
  return where === '' ? problem.text : `${where}: ${problem.text}`
}

function refused(code: string, problems: readonly string[]): HubError {
  const more = problems.length > MOST_SHOWN ? `; and ${problems.length - MOST_SHOWN} more` : ''
  const why = code === 'failed-test' ? 'it fails its own tests' : 'it does not compile'
  return new HubError({
    code,
    status: 422,
    detail: `The policy was not published because ${why}: ${problems.slice(0, MOST_SHOWN).join('; ')}${more}.`,
    protection: 'The policy in force stays in force on every agent.',
    remedy: 'Mend what is listed and publish again; `assize policy check DIR` shows the same without publishing.',
  })
}

/** What is published is signed as it stands, so it has to be whole. */
function unfinished(base: string): HubError {
  return new HubError({
    code: 'invalid-policy',
    status: 422,
    detail: `The policy was not published because it builds on the pack \`${base.slice(0, 80)}\` and is not whole without it.`,
    protection: 'The policy in force stays in force on every agent.',
    remedy: 'Write the whole folder with `assize policy flatten DIR OUT` and publish OUT.',
  })
}

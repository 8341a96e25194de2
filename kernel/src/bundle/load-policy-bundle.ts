import { compilePolicy } from '../capability/compile-policy.ts'
import type { CedarEngine, Policy, PolicyFiles, PolicyProblem } from '../capability/policy.ts'
import { runPolicyTests } from '../capability/policy-tests.ts'
import { type Refusal, type RefusalCode, refuse } from './refusal.ts'

export type PolicyLoading =
  | { readonly ok: true; readonly policy: Policy /** Policy tests that passed. */; readonly tests: number }
  | ({ readonly ok: false; readonly problems: readonly PolicyProblem[] } & Refusal)

/**
 * Compiles a policy folder and runs its tests; a folder that fails its own tests is refused. The one loader: agent, hub and
 * `policy check` all use it, so what one accepts the others accept.
 */
export function loadPolicyBundle(files: PolicyFiles, cedar: CedarEngine): PolicyLoading {
  const compilation = compilePolicy(files, cedar)
  if (!compilation.ok) {
    const code = compilation.problems.every((problem) => problem.code === 'too-large') ? 'too-large' : 'invalid-policy'
    return refused(code, 'the policy folder does not compile', compilation.problems)
  }
  const { ran, problems } = runPolicyTests(compilation.policy, files)
  if (problems.length > 0) return refused('failed-test', 'the policy folder fails its own tests', problems)
  return { ok: true, policy: compilation.policy, tests: ran }
}

function refused(code: RefusalCode, happened: string, problems: readonly PolicyProblem[]): PolicyLoading {
  const [first] = problems
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : ''
  const place = first?.file ? `${first.file}: ` : ''
  return { ...refuse(code, `${happened} (${place}${first?.text ?? 'no reason given'}${more})`), problems }
}

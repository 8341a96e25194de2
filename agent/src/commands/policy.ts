import { compilePolicy, runPolicyTests } from '@assize/kernel'
import { readPolicyFolder } from '../control/policy-folder.ts'
import { EXIT } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { cedarEngine, problemLine } from './policy-folder.ts'

/** `assize policy check DIR`: would an agent load it? */
export async function runPolicyCheck(context: CommandContext, folder: string): Promise<number> {
  const compiled = compilePolicy(readPolicyFolder(folder), await cedarEngine())
  if (context.json) {
    await context.say(
      JSON.stringify(
        compiled.ok
          ? { ok: true, version: compiled.policy.version, policies: compiled.policy.rules.size, warnings: compiled.policy.warnings }
          : { ok: false, problems: compiled.problems },
      ),
    )
  } else if (compiled.ok) {
    const { version, rules, warnings } = compiled.policy
    for (const warning of warnings) await context.say(`warning: ${problemLine(warning)}`)
    await context.say(`${version.name} ${version.version}: ${rules.size} policies, valid.`)
  } else for (const problem of compiled.problems) await context.say(problemLine(problem))
  return compiled.ok ? EXIT.done : EXIT.no
}

/** `assize policy test DIR`: runs the folder's own cases. */
export async function runPolicyTest(context: CommandContext, folder: string): Promise<number> {
  const files = readPolicyFolder(folder)
  const compiled = compilePolicy(files, await cedarEngine())
  if (!compiled.ok) {
    for (const problem of compiled.problems) await context.say(context.json ? JSON.stringify(problem) : problemLine(problem))
    return EXIT.no
  }
  const run = runPolicyTests(compiled.policy, files)
  if (context.json) await context.say(JSON.stringify(run))
  else {
    for (const problem of run.problems) await context.say(problemLine(problem))
    await context.say(`${run.ran} cases, ${run.problems.length} failed.`)
  }
  return run.problems.length === 0 ? EXIT.done : EXIT.no
}

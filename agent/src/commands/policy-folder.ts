import { type CedarEngine, compilePolicy, type Policy, type PolicyProblem } from '@assize/kernel'
import { existsSync } from 'node:fs'
import { builtInPack, readPolicyFolder } from '../control/policy-folder.ts'
import { AgentError } from '../platform/errors.ts'

/** Loads the policy engine: some ten milliseconds, so only where policies are compiled. */
export async function cedarEngine(): Promise<CedarEngine> {
  return import('@cedar-policy/cedar-wasm/nodejs')
}

/** What looks like a path is a folder; a plain name is a pack before it is a folder. Throws an `AgentError` for neither. */
export function folderOf(nameOrFolder: string): string {
  if (/[/\\.]/.test(nameOrFolder)) return nameOrFolder
  try {
    return builtInPack(nameOrFolder)
  } catch (error) {
    if (existsSync(nameOrFolder)) return nameOrFolder
    throw error
  }
}

/** A folder, or a pack by its name. Throws an `AgentError` when it does not compile. */
export async function loadPolicy(nameOrFolder: string): Promise<Policy> {
  const compiled = compilePolicy(readPolicyFolder(folderOf(nameOrFolder)), await cedarEngine())
  if (compiled.ok) return compiled.policy
  throw new AgentError(
    'usage',
    `The policy \`${nameOrFolder}\` is not valid, so nothing was judged by it: ${compiled.problems.map(problemLine).join('; ')}`,
  )
}

export function problemLine(problem: PolicyProblem): string {
  return `${problem.file}${problem.policy === undefined ? '' : ` (${problem.policy})`}: ${problem.text}`
}

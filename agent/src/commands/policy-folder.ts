import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type CedarEngine, compilePolicy, type Policy, POLICY_BUNDLE_BYTES, type PolicyFiles, type PolicyProblem } from '@assize/kernel'
import { AgentError, messageOf } from '../platform/errors.ts'
import { packFolder } from '../platform/packs.ts'

const MOST_FILES = 500

/** Every file of a policy folder as text. Links are not followed: a folder is what it holds. */
export function readPolicyFolder(folder: string): PolicyFiles {
  const files = new Map<string, string>()
  let bytes = 0
  try {
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
      const path = join(folder, name)
      const stat = lstatSync(path)
      if (!stat.isFile()) continue
      bytes += stat.size
      if (bytes > POLICY_BUNDLE_BYTES || files.size >= MOST_FILES) throw new Error(`it is larger than ${POLICY_BUNDLE_BYTES} bytes or ${MOST_FILES} files`)
      files.set(name.replaceAll('\\', '/'), readFileSync(path, 'utf8'))
    }
  } catch (error) {
    throw new AgentError('usage', `The policy folder \`${folder}\` could not be read (${messageOf(error)}), so it was not looked at.`, error)
  }
  return files
}

/** Loads the policy engine: some ten milliseconds, so only where policies are compiled. */
export async function cedarEngine(): Promise<CedarEngine> {
  return import('@cedar-policy/cedar-wasm/nodejs')
}

/** A pack by its name, or a folder. Throws an `AgentError` when it does not compile. */
export async function loadPolicy(nameOrFolder: string): Promise<Policy> {
  const compiled = compilePolicy(readPolicyFolder(packFolder(nameOrFolder) ?? nameOrFolder), await cedarEngine())
  if (compiled.ok) return compiled.policy
  throw new AgentError('usage', `The policy \`${nameOrFolder}\` is not valid, so nothing was judged by it: ${compiled.problems.map(problemLine).join('; ')}`)
}

export function problemLine(problem: PolicyProblem): string {
  return JSON.stringify(problem)
}

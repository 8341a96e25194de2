import { type CedarEngine, compilePolicy, type Policy, type PolicyFiles, type PolicyProblem } from '@assize/kernel'
import { existsSync } from 'node:fs'
import { engineOf, transcribed, type Transcript } from '../control/engine-transcript.ts'
import { keptOf } from '../control/kept-transcript.ts'
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
  return (await loadSharedPolicy(nameOrFolder)).policy
}

/** A policy, and what a thread makes the same of without the engine. */
export interface SharedPolicy extends PolicySource {
  readonly policy: Policy
}

export interface PolicySource {
  readonly files: PolicyFiles
  readonly transcript: Transcript
}

/** The same, to be handed on to threads. */
export async function loadSharedPolicy(nameOrFolder: string): Promise<SharedPolicy> {
  const folder = folderOf(nameOrFolder)
  const files = readPolicyFolder(folder)
  const kept = keptOf(folder, files)
  if (kept !== undefined) return compiledLater({ files, transcript: kept })
  const { engine, transcript } = transcribed(await cedarEngine())
  const compiled = compilePolicy(files, engine)
  if (compiled.ok) return { policy: compiled.policy, files, transcript }
  throw new AgentError(
    'usage',
    `The policy \`${nameOrFolder}\` is not valid, so nothing was judged by it: ${compiled.problems.map(problemLine).join('; ')}`,
  )
}

/** It compiled when it was built, and whoever hands it on to threads needs none of its own. */
function compiledLater(source: PolicySource): SharedPolicy {
  let policy: Policy | undefined
  return {
    ...source,
    get policy() {
      return (policy ??= policyOf(source))
    },
  }
}

/** The policy again, somewhere else. */
export function policyOf({ files, transcript }: PolicySource): Policy {
  const compiled = compilePolicy(files, engineOf(transcript))
  if (compiled.ok) return compiled.policy
  throw new Error(`a policy that was valid is not any more: ${compiled.problems.map(problemLine).join('; ')}`)
}

export function problemLine(problem: PolicyProblem): string {
  return `${problem.file}${problem.policy === undefined ? '' : ` (${problem.policy})`}: ${problem.text}`
}

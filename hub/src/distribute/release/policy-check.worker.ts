import { parentPort, workerData } from 'node:worker_threads'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { loadPolicyBundle, type PolicyProblem } from '@assize/kernel'

/** Loads a policy folder with the loader agents ship, away from the event loop: it may be large, or made to be slow. */

export interface PolicyCheckTask {
  readonly files: ReadonlyMap<string, string>
}

export type PolicyCheckResult =
  | {
      readonly ok: true
      readonly name: string
      readonly minAgentVersion: string
      readonly rules: number
      readonly tests: number
      readonly warnings: readonly PolicyProblem[]
    }
  | { readonly ok: false; readonly code: string; readonly problems: readonly PolicyProblem[] }

function check({ files }: PolicyCheckTask): PolicyCheckResult {
  const loaded = loadPolicyBundle(files, cedar)
  if (!loaded.ok) return { ok: false, code: loaded.code, problems: loaded.problems }
  const { policy, tests } = loaded
  return {
    ok: true,
    name: policy.version.name,
    minAgentVersion: policy.minAgentVersion,
    rules: policy.rules.size,
    tests,
    warnings: policy.warnings,
  }
}

parentPort?.postMessage(check(workerData as PolicyCheckTask))

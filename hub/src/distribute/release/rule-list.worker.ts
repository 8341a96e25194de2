import { parentPort, workerData } from 'node:worker_threads'
import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { compilePolicy, type Rule } from '@assize/kernel'

/** Reads a policy folder's rules with the kernel's own compiler, away from the event loop. */

export type RuleList = { readonly ok: true; readonly description: string; readonly rules: readonly Rule[] } | { readonly ok: false }

function list(files: ReadonlyMap<string, string>): RuleList {
  const compiled = compilePolicy(files, cedar)
  if (!compiled.ok) return { ok: false }
  return { ok: true, description: compiled.policy.description, rules: [...compiled.policy.rules.values()] }
}

parentPort?.postMessage(list((workerData as { readonly files: ReadonlyMap<string, string> }).files))

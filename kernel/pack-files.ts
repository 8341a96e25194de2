import * as cedar from '@cedar-policy/cedar-wasm/nodejs'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { basePackOf, composePack } from './src/bundle/compose-pack.ts'
import { compilePolicy } from './src/capability/compile-policy.ts'
import type { Policy, PolicyFiles } from './src/capability/policy.ts'

/** The packs that ship, as tests and benches read them; the kernel itself reads no files. */
export const PACKS = ['observe', 'balanced', 'strict', 'lockdown'] as const
export type PackName = (typeof PACKS)[number]

/** A shipped pack, whole: with what it takes over from the pack it extends. */
export function packFiles(name: PackName): PolicyFiles {
  const own = packOwnFiles(name)
  const base = PACKS.find((pack) => pack === basePackOf(own))
  return base === undefined ? own : composePack(own, packFiles(base))
}

/** What stands in the pack's own folder. */
export function packOwnFiles(name: PackName): PolicyFiles {
  const folder = fileURLToPath(new URL(`packs/${name}`, import.meta.url))
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort()
  return new Map(paths.map((path) => [path.slice(folder.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8')]))
}

/** A shipped pack, ready to judge by. Throws when it is broken. */
export function packPolicy(name: PackName): Policy {
  return compiledPolicy(packFiles(name))
}

/** A policy folder, ready to judge by. Throws when it is broken. */
export function compiledPolicy(files: PolicyFiles): Policy {
  const compiled = compilePolicy(files, cedar)
  if (compiled.ok) return compiled.policy
  const problems = compiled.problems.slice(0, 20).map((problem) => `${problem.file}: ${problem.text}`)
  throw new Error(`The policy folder is broken: ${problems.join('; ')}`)
}

// dependency-cruiser over a tree laid out like this repository; used on the real one and on planted copies.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cruise } from 'dependency-cruiser'
import config from './boundaries.config.mjs'

const ROOTS = ['proto/src', 'kernel/src', 'inference/src', 'agent/src', 'hub/src', 'console/src', 'sdk/src', 'test', 'bench']

/** Modules seen, and each broken rule once with its sentence. */
export async function cruiseTree(base) {
  const { options, ...ruleSet } = config
  const { enhancedResolveOptions, ...cruiseOptions } = options
  const resolve = { ...enhancedResolveOptions, symlinks: true }
  const roots = ROOTS.filter((folder) => existsSync(join(base, folder)))
  const before = process.cwd()
  process.chdir(base)
  try {
    const { output } = await cruise(roots, { ...cruiseOptions, baseDir: base, ruleSet, validate: true, outputType: 'json' }, resolve)
    const { summary } = JSON.parse(output)
    const violations = summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to, comment: commentOf(rule.name) }))
    return { modules: summary.totalCruised, violations }
  } finally {
    process.chdir(before)
  }
}

function commentOf(name) {
  return config.forbidden.find((rule) => rule.name === name)?.comment ?? ''
}

// One constant says which Node the product runs on; everything else that names it agrees.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, RUNTIME_VERSION } from '../../bootstrap/runtime.mjs'

export const runtime = {
  name: 'runtime',
  async run() {
    const problems = []
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    for (const [name, version] of Object.entries(manifest.optionalDependencies)) {
      if (version !== RUNTIME_VERSION) problems.push(`package.json pins ${name} to ${version}, the runtime constant is ${RUNTIME_VERSION}`)
    }
    if (process.versions.node !== RUNTIME_VERSION)
      problems.push(`these checks run on Node ${process.versions.node}, not on ${RUNTIME_VERSION}`)
    const exact = /^(?:npm:(?:@[\w-]+\/)?[\w-]+@)?\d+\.\d+\.\d+(?:-[\w.]+)?$/
    for (const folder of ['.', 'proto', 'kernel', 'inference', 'agent', 'hub', 'console', 'test', 'bench'])
      problems.push(...loosePins(folder, exact))
    return { note: `Node ${RUNTIME_VERSION}, all versions exact`, problems }
  },
}

function loosePins(folder, exact) {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies })
  const loose = all.filter(([, version]) => version !== 'workspace:*' && !exact.test(version))
  return loose.map(([name, version]) => `${folder}/package.json does not pin ${name} exactly: ${version}`)
}

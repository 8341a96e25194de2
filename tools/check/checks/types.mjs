// Every package type-checks with the native compiler; the kernel's product code without any Node type.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../../bootstrap/runtime.mjs'
import { captureNode } from '../process.mjs'

const PROJECTS = [
  'proto/tsconfig.json',
  'kernel/tsconfig.json',
  'kernel/tsconfig.test.json',
  'inference/tsconfig.json',
  'agent/tsconfig.json',
  'hub/tsconfig.json',
  'console/tsconfig.json',
  'test/tsconfig.json',
  'bench/tsconfig.json',
]

export const types = {
  name: 'types',
  async run() {
    const problems = []
    for (const project of PROJECTS) {
      if (!existsSync(join(root, project))) {
        problems.push(`${project} is missing`)
        continue
      }
      const { code, output } = await captureNode('typescript-native/bin/tsc', ['-p', project, '--noEmit'])
      if (code !== 0) problems.push(`${project}\n${output}`)
    }
    return { note: `${PROJECTS.length} projects`, problems }
  },
}

// A planted use of Node in the kernel must not compile: the compiler, not a convention, keeps the kernel portable.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../../bootstrap/runtime.mjs'
import { captureNode } from '../process.mjs'

const PLANTED = {
  'process.ts': 'export const home = process.env.HOME\n',
  'builtin.ts': "import { readFileSync } from 'node:fs'\nexport const text = readFileSync('/etc/hostname')\n",
  'buffer.ts': "export const bytes = Buffer.from('x')\n",
}

export const purity = {
  name: 'kernel-purity',
  async run() {
    const folder = await mkdtemp(join(root, 'kernel', '.purity-'))
    const problems = []
    try {
      for (const [name, text] of Object.entries(PLANTED)) {
        await writeFile(join(folder, name), text)
        const project = { extends: '../tsconfig.json', include: [name], exclude: [] }
        await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project))
        const { code, output } = await captureNode('typescript-native/bin/tsc', ['-p', join(folder, 'tsconfig.json'), '--noEmit'])
        if (code === 0) problems.push(`kernel/tsconfig.json lets \`${name}\` through; its \`types\` must stay empty`)
        else if (!output.includes(name)) problems.push(`the planted ${name} failed for another reason:\n${output}`)
        await rm(join(folder, name))
      }
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
    return { note: `${Object.keys(PLANTED).length} planted uses of Node refused`, problems }
  },
}

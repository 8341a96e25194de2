// The wire contract: well formed, not broken against what was released, and the generated code is what buf makes of it.
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../../bootstrap/runtime.mjs'
import { capture } from '../process.mjs'

const GENERATED = join('src', 'gen')

export const proto = {
  name: 'proto',
  async run() {
    const cwd = join(root, 'proto')
    const problems = []
    const lint = await capture('buf', ['lint'], { cwd })
    if (lint.code !== 0) problems.push(`buf lint:\n${lint.output}`)
    const breaking = await capture('buf', ['breaking', '--against', 'history/released.binpb'], { cwd })
    if (breaking.code !== 0) problems.push(`buf breaking against the released contract:\n${breaking.output}`)
    problems.push(...(await drift(cwd)))
    return { note: 'lint, breaking, generated', problems }
  },
}

async function drift(cwd) {
  const fresh = await mkdtemp(join(tmpdir(), 'assize-proto-'))
  try {
    for (const name of ['assize', 'buf.yaml', 'buf.gen.yaml']) await cp(join(cwd, name), join(fresh, name), { recursive: true })
    const { code, output } = await capture('buf', ['generate'], { cwd: fresh })
    if (code !== 0) return [`buf generate:\n${output}`]
    const made = await contents(join(fresh, GENERATED))
    const kept = await contents(join(cwd, GENERATED))
    const names = new Set([...made.keys(), ...kept.keys()])
    return [...names]
      .filter((name) => made.get(name) !== kept.get(name))
      .map((name) => `proto/src/gen/${name} is not what buf makes; run \`npm run generate\``)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
}

async function contents(folder) {
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile())
  return new Map(
    await Promise.all(
      files.map(async (entry) => [
        join(entry.parentPath, entry.name).slice(folder.length + 1),
        await readFile(join(entry.parentPath, entry.name), 'utf8'),
      ]),
    ),
  )
}

// `npm run format`: Biome over the whole tree, in place.
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { root } from '../bootstrap/runtime.mjs'

const biome = join(root, 'node_modules', '@biomejs', 'biome', 'bin', 'biome')
const paths = process.argv.slice(2)
const result = spawnSync(process.execPath, [biome, 'format', '--write', ...(paths.length > 0 ? paths : ['.'])], {
  cwd: root,
  stdio: 'inherit',
})
process.exitCode = result.status ?? 4

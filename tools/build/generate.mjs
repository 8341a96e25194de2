// Writes generated sources: protobuf messages, and the console's API types from the hub's own OpenAPI.
import { spawnSync } from 'node:child_process'
import { dirname, join } from 'node:path'
import { root } from '../bootstrap/runtime.mjs'

const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${bin}:${process.env.PATH}` }

step(join(bin, 'buf'), ['generate'], 'proto')

function step(command, args, folder) {
  const result = spawnSync(command, args, { cwd: join(root, folder), env, stdio: 'inherit' })
  if (result.status !== 0) process.exit(result.status ?? 4)
}

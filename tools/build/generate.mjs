// Writes generated sources: protobuf messages, and the console's API types from the hub's own OpenAPI.
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { root } from '../bootstrap/runtime.mjs'
import { API_TYPES, apiTypes } from './api-types.mjs'

const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${bin}:${process.env.PATH}` }

const { status } = spawnSync(join(bin, 'buf'), ['generate'], { cwd: join(root, 'proto'), env, stdio: 'inherit' })
if (status !== 0) process.exit(status ?? 4)
writeFileSync(API_TYPES, apiTypes())

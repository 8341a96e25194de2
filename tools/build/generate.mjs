// Writes generated sources: protobuf messages, and the console's API types from the hub's own OpenAPI.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { root } from '../bootstrap/runtime.mjs'

const bin = join(root, 'node_modules', '.bin')
const env = { ...process.env, PATH: `${dirname(process.execPath)}:${bin}:${process.env.PATH}` }

step(join(bin, 'buf'), ['generate'], 'proto')
apiTypes()

/** The hub describes its REST interface; the console's types are made from that and nothing else. */
function apiTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'assize-openapi-'))
  try {
    const description = join(folder, 'openapi.json')
    writeFileSync(description, step(process.execPath, [join('src', 'main.ts'), 'openapi'], 'hub', 'pipe'))
    const generator = join(root, 'console', 'node_modules', 'openapi-typescript', 'bin', 'cli.js')
    step(process.execPath, [generator, description, '-o', join('src', 'api', 'schema.d.ts')], 'console')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function step(command, args, folder, stdout = 'inherit') {
  const result = spawnSync(command, args, { cwd: join(root, folder), env, stdio: ['inherit', stdout, 'inherit'] })
  if (result.status !== 0) process.exit(result.status ?? 4)
  return result.stdout
}

// The hub describes its REST interface; the console's types are made from that and nothing else.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { root } from '../bootstrap/runtime.mjs'

export const API_TYPES = join(root, 'console', 'src', 'api', 'schema.d.ts')

/** The text of the types as the hub's OpenAPI document has them now. */
export function apiTypes() {
  const folder = mkdtempSync(join(tmpdir(), 'assize-openapi-'))
  try {
    const description = join(folder, 'openapi.json')
    const types = join(folder, 'schema.d.ts')
    writeFileSync(description, run([join('src', 'main.ts'), 'openapi'], 'hub'))
    run([join(root, 'console', 'node_modules', 'openapi-typescript', 'bin', 'cli.js'), description, '-o', types], 'console')
    return readFileSync(types, 'utf8')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function run(args, folder) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: join(root, folder),
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 * 1024 * 1024,
  })
  if (status !== 0) throw new Error(`\`node ${args.join(' ')}\` in ${folder} ended with ${status}:\n${stderr}`)
  return stdout
}

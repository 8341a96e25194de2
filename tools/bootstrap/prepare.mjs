import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, openSync, closeSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
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
  await withLock(async () => {
    const lock = hash(readFileSync(join(root, 'pnpm-lock.yaml')))
    if (!fresh('install', lock) || !runtimeBinary()) {
      say(quiet, 'Installing dependencies from the npm registry (once, about half a minute) ...')
      await install()
      stamp('install', lock)
    }
    if (!build) return
    const sources = treeDigest()
    if (!fresh('build', sources) || !built()) {
      say(quiet, 'Building ...')
      await run(runtimeBinary(), [join(root, 'tools', 'build', 'build.mjs')], { quiet: true })
      stamp('build', sources)
    }
  })
}

function built() {
  return ['agent/dist/main.mjs', 'hub/dist/main.mjs', 'console/dist/index.html'].every((file) => existsSync(join(root, file)))
}

async function install() {
  const npx = process.platform === 'win32' ? 'npx.cmd' : 'npx'
  await run(npx, ['--yes', `pnpm@${PNPM_VERSION}`, 'install', '--frozen-lockfile'], { quiet: true, shell: process.platform === 'win32' })
}

function say(quiet, text) {
  if (!quiet) process.stderr.write(`${text}\n`)
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

/** Two `./assize` started at once must not install into each other. A lock older than ten minutes was left by a crash. */
async function withLock(work) {
  const path = join(STAMPS, 'lock')
  const deadline = Date.now() + 600_000
  for (;;) {
    try {
      closeSync(openSync(path, 'wx'))
      break
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
      const stat = statSync(path, { throwIfNoEntry: false })
      if (stat && Date.now() - stat.mtimeMs > 600_000) rmSync(path, { force: true })
      if (Date.now() > deadline) throw new Error(`Another set-up has held ${path} for ten minutes. Remove the file if none is running.`)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  }
  try {
    await work()
  } finally {
    rmSync(path, { force: true })
  }
}

// Builds the native front-end where a Rust compiler is at hand. Without one nothing is missing but speed: Node does its work.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, copyFile, readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { root } from '../bootstrap/runtime.mjs'

const CLIENT = join(root, 'agent', 'client')
const HOSTS = join('..', 'src', 'sense')
const BINARY = process.platform === 'win32' ? 'assize-client.exe' : 'assize-client'
// The first starts soonest; a machine without a static C library can do the second.
const ATTEMPTS = [{}, { RUSTFLAGS: '-C target-feature=-crt-static' }]

/** Why the native front-end cannot be built here, in a few words; undefined when it can. */
export function whyNoNativeClient() {
  if (!existsSync(join(CLIENT, 'Cargo.toml'))) return 'its sources are not here'
  return spawnSync('cargo', ['--version'], { stdio: 'ignore' }).status === 0 ? undefined : 'there is no cargo'
}

/** Puts the front-end into `out`. Without a compiler the one of the build `before` stays, unless its sources have changed since. */
export async function buildNativeClient({ out, before, verbose }) {
  const target = join(out, BINARY)
  const attempts = whyNoNativeClient() === undefined ? ATTEMPTS : []
  for (const environment of attempts) {
    if (!(await succeeds(['cargo', 'build', '--release', '--locked', '--offline'], { environment, verbose }))) continue
    await put(join(CLIENT, 'target', 'release', BINARY), target)
    if (await succeeds([target, '--version'], { verbose })) return
  }
  const kept = join(before, BINARY)
  if (await isFresh(kept)) await put(kept, target)
}

async function put(from, to) {
  await copyFile(from, to)
  await chmod(to, 0o755)
}

async function isFresh(binary) {
  const built = await stat(binary).catch(() => undefined)
  if (!built) return false
  const sources = (await readdir(join(CLIENT, 'src'))).map((file) => join('src', file))
  // What hosts say and are told is compiled in.
  const facts = (await readdir(join(CLIENT, HOSTS)))
    .map((host) => join(HOSTS, host, 'host.json'))
    .filter((file) => existsSync(join(CLIENT, file)))
  const times = await Promise.all([...sources, ...facts, 'Cargo.toml'].map(async (file) => (await stat(join(CLIENT, file))).mtimeMs))
  return times.every((time) => time <= built.mtimeMs)
}

function succeeds([command, ...args], { environment = {}, verbose }) {
  const output = verbose ? 'inherit' : 'ignore'
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd: CLIENT, env: { ...process.env, ...environment }, stdio: ['ignore', output, output] })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}

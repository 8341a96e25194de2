// Bundles agent and hub with esbuild and the console with Vite. Each bundle is one start-up file plus its worker files.
import { spawn } from 'node:child_process'
import { cp, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { require, root } from '../bootstrap/runtime.mjs'
import { leanSource } from './lean-source.mjs'
import { buildNativeClient } from './native-client.mjs'

// Native code and WASM are read from their packages at run time; everything else is bundled.
const EXTERNAL = [
  '@anthropic-ai/sandbox-runtime',
  'better-sqlite3',
  '@cedar-policy/cedar-wasm',
  'pino',
  'systeminformation',
  'onnxruntime-node',
  'node-llama-cpp',
]

// Another name builds beside what runs: `ASSIZE_DIST=dist-next`; tools/start takes the same.
const DIST = process.env.ASSIZE_DIST ?? 'dist'

const only = process.argv.slice(2).filter((word) => !word.startsWith('-'))
const verbose = process.argv.includes('--verbose')
const wanted = (name) => only.length === 0 || only.includes(name)

await Promise.all([wanted('agent') && bundle('agent'), wanted('hub') && bundle('hub'), wanted('console') && console_()])

async function bundle(name) {
  const source = join(root, name, 'src')
  const dist = join(root, name, DIST)
  // Built beside and then put in place, so that a build that fails leaves the one before running.
  const out = `${dist}-next-${process.pid}`
  const workers = (await Promise.all([source, join(root, 'inference', 'src')].map(workersIn))).flat()
  await build({
    entryPoints: [join(source, 'main.ts'), ...workers],
    outdir: out,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    chunkNames: 'chunks/[name]-[hash]',
    platform: 'node',
    target: 'node22',
    format: 'esm',
    // A CommonJS build that is imported dynamically would lose its names in a bundle that is split.
    mainFields: ['module', 'main'],
    outExtension: { '.js': '.mjs' },
    plugins: [leanSource],
    // Names stay, for stack traces; the source maps lie beside.
    minifyWhitespace: true,
    external: EXTERNAL.flatMap((packageName) => [packageName, `${packageName}/*`]),
    banner: { js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);" },
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'warning',
  })
  await writePacks(join(out, 'packs'))
  if (name === 'agent') await keepTranscripts(join(out, 'packs'))
  const models = join(root, 'models', 'bundles')
  if (name === 'agent' && existsSync(models)) await cp(models, join(out, 'models'), { recursive: true })
  if (name === 'agent') await buildNativeClient({ out, before: dist, verbose })
  await rm(dist, { recursive: true, force: true })
  await rename(out, dist)
}

/** Each pack whole, so that a folder of the product stands on its own. */
async function writePacks(out) {
  const { PACKS, packFiles } = await import('../../kernel/pack-files.ts')
  for (const pack of PACKS) {
    for (const [file, text] of packFiles(pack)) {
      await mkdir(join(out, pack, dirname(file)), { recursive: true })
      await writeFile(join(out, pack, file), text)
    }
  }
}

/** So that a command that judges by a pack starts without the policy engine. */
async function keepTranscripts(packs) {
  const { KeptTranscript } = await import('../../agent/src/control/kept-transcript.ts')
  const { cedarEngine } = await import('../../agent/src/commands/policy-folder.ts')
  const engine = await cedarEngine()
  for (const pack of await readdir(packs)) new KeptTranscript(join(packs, pack)).keep(engine)
}

async function workersIn(source) {
  const files = await readdir(source, { recursive: true })
  return files.filter((file) => file.endsWith('.worker.ts')).map((file) => join(source, file))
}

async function console_() {
  const folder = join(root, 'console')
  if (!existsSync(join(folder, 'index.html'))) return
  const vite = require.resolve('vite/package.json', { paths: [folder] }).replace(/package\.json$/, 'bin/vite.js')
  const dist = join(folder, 'dist')
  // A hub may be serving these files; they change all at once, never one by one.
  const out = `${dist}-next-${process.pid}`
  await new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn', '--outDir', out, '--emptyOutDir'], {
      cwd: folder,
      stdio: 'inherit',
    })
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error('the console did not build'))))
  })
  await rm(dist, { recursive: true, force: true })
  await rename(out, dist)
}

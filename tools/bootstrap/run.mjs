// The root commands: `npm start`, `npm run demo`, `npm test`, `npm run bench`, and the `assize` and `assize-hub` launchers.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { prepare } from './prepare.mjs'
import { root, runtimeBinary } from './runtime.mjs'

const [command, ...args] = process.argv.slice(2)
const file = (...parts) => join(root, ...parts)

const COMMANDS = {
  start: { script: file('tools/start/start.mjs') },
  demo: { script: file('tools/start/demo.mjs') },
  test: { script: file('tools/check/test.mjs') },
  check: { script: file('tools/check/check.mjs') },
  bench: { script: file('bench/run.mjs') },
  build: {},
  format: { script: file('tools/check/format.mjs'), build: false },
  generate: { script: file('tools/build/generate.mjs'), build: false },
  assize: { script: file('agent/dist/main.mjs'), quiet: true, here: true },
  'assize-hub': { script: file('hub/dist/main.mjs'), quiet: true, here: true },
}

const chosen = COMMANDS[command]
if (!chosen) {
  process.stderr.write(`Unknown command \`${command ?? ''}\`; known: ${Object.keys(COMMANDS).join(', ')}.\n`)
  process.exit(2)
}

try {
  await prepare({ quiet: chosen.quiet ?? false, build: chosen.build ?? true })
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(4)
}

if (chosen.script) {
  const child = spawn(runtimeBinary(), [chosen.script, ...args], { cwd: chosen.here ? process.cwd() : root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal) process.kill(process.pid, signal)
    else process.exit(code ?? 4)
  })
}

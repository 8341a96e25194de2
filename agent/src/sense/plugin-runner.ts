/** How long the hook client may take, milliseconds; it answers from its own deadline well before. */
const PATIENCE_MS = 8000
export const PLUGIN_FAILED = 'Blocked by Assize: its hook failed, so nobody could decide about the call. Run assize doctor.'

/**
 * The beginning of a plugin for a host that has no hook programs: JavaScript by which it asks the hook client. A client that
 * crashes, hangs, is missing or says what is no answer gives no answer here either.
 */
export function pluginRunner(command: readonly string[]): string {
  return RUNNER.replaceAll(/\$(?:COMMAND|FAILED|PATIENCE_MS)\b/g, (name) =>
    name === '$COMMAND' ? JSON.stringify(command) : name === '$FAILED' ? JSON.stringify(PLUGIN_FAILED) : String(PATIENCE_MS),
  )
}

const RUNNER = `import { spawn } from 'node:child_process'

const COMMAND = $COMMAND
const FAILED = $FAILED

function run(payload) {
  return new Promise((resolve) => {
    const failed = { code: 1, out: '', err: '' }
    try {
      const child = spawn(COMMAND[0], COMMAND.slice(1), { stdio: ['pipe', 'pipe', 'pipe'], windowsHide: true })
      const timer = setTimeout(() => (child.kill('SIGKILL'), resolve(failed)), $PATIENCE_MS)
      let [out, err] = ['', '']
      child.stdout.on('data', (part) => (out += part))
      child.stderr.on('data', (part) => (err += part))
      child.stdin.on('error', () => undefined)
      child.on('error', () => (clearTimeout(timer), resolve(failed)))
      child.on('close', (code) => (clearTimeout(timer), resolve({ code, out, err })))
      child.stdin.end(JSON.stringify(payload))
    } catch {
      resolve(failed)
    }
  })
}

function answerIn({ code, out }) {
  try {
    const answer = code === 0 ? JSON.parse(out) : undefined
    return typeof answer === 'object' && answer !== null && !Array.isArray(answer) ? answer : undefined
  } catch {
    return undefined
  }
}
`

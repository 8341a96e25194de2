// Runs a tool and keeps what it said.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { root } from '../bootstrap/runtime.mjs'

const bin = join(root, 'node_modules', '.bin')

/** Ends with the exit code and everything printed; never rejects for a non-zero code. */
export function capture(command, args, { cwd = root, env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const path = `${dirname(process.execPath)}:${bin}:${process.env.PATH}`
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, PATH: path, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const out = []
    const err = []
    child.stdout.on('data', (chunk) => out.push(chunk))
    child.stderr.on('data', (chunk) => err.push(chunk))
    child.on('error', reject)
    child.on('close', (code) => {
      const stdout = Buffer.concat(out).toString()
      resolve({ code, stdout, output: stdout + Buffer.concat(err).toString() })
    })
  })
}

/** The JavaScript entry of a tool in the root's node_modules, run by the product's own runtime. */
export function captureNode(script, args, options) {
  return capture(process.execPath, [join(root, 'node_modules', script), ...args], options)
}

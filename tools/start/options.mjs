// Options of `npm start`.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { root } from '../bootstrap/runtime.mjs'

export const USAGE = `Runs a hub and an agent enrolled to it on this machine, in the foreground, until Ctrl-C.

  npm start -- [--state DIR] [--console-port N] [--grpc-port N] [--no-open]

  --state DIR        where hub and agent keep everything   (.assize in the checkout)
  --console-port N   port of the console and of REST       (7300)
  --grpc-port N      port agents connect to                (7301, or the console's port + 1 if that was chosen)
  --no-open          do not open a browser
  --help             this text
`

const DEFAULT_CONSOLE_PORT = 7300

/** Throws a sentence for people when something does not fit. */
export function startOptions(args) {
  const { values } = parseArgs({
    args,
    options: {
      state: { type: 'string' },
      'console-port': { type: 'string' },
      'grpc-port': { type: 'string' },
      'no-open': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  })
  const state = values.state ? resolve(process.env.INIT_CWD ?? process.cwd(), values.state) : join(root, '.assize')
  const consolePort = port('--console-port', values['console-port']) ?? DEFAULT_CONSOLE_PORT
  return { help: values.help, open: !values['no-open'], state, consolePort, grpcPort: port('--grpc-port', values['grpc-port']) }
}

/** The agent remembers where its hub listens, so the gRPC port of the first start is kept for the later ones. */
export function settledGrpcPort(options) {
  try {
    return settled(options)
  } catch (error) {
    throw new Error(`\`${options.state}\` cannot keep the state (${error.message}), so nothing was started. Choose another with --state.`)
  }
}

function settled({ state, consolePort, grpcPort }) {
  const file = join(state, 'start.json')
  const kept = existsSync(file) ? keptIn(file) : undefined
  const chosen = grpcPort ?? kept ?? consolePort + 1
  mkdirSync(state, { recursive: true, mode: 0o700 })
  if (chosen === kept) return chosen
  // In one step, so that a disk that fills up in the middle leaves the file as it was.
  writeFileSync(`${file}.new`, `${JSON.stringify({ grpcPort: chosen })}\n`, { mode: 0o600 })
  renameSync(`${file}.new`, file)
  return chosen
}

/** Undefined for a file that says nothing any more. */
function keptIn(file) {
  const text = readFileSync(file, 'utf8')
  try {
    return JSON.parse(text)?.grpcPort
  } catch {
    return undefined
  }
}

function port(name, text) {
  if (text === undefined) return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1 || value > 65_535)
    throw new Error(`\`${text}\` is no port for ${name}; nothing was started. Give a number from 1 to 65535.`)
  return value
}

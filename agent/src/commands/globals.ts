import { resolve } from 'node:path'
import type { Platform } from '../platform/platform.ts'
import { defaultStateDirectory } from '../platform/state-directory.ts'
import type { CommandContext } from './context.ts'

/** The options that stand before or behind any command. */
export interface Globals {
  state?: string
  config?: string
  json?: boolean
  color?: boolean
  verbose?: boolean
}

/** Reads the options before the command by hand, so that front-ends start without the command parser. */
export function splitGlobals(argv: readonly string[]): { readonly globals: Globals; readonly command: string | undefined; readonly rest: readonly string[] } {
  const globals: Globals = {}
  let at = 0
  for (; at < argv.length; at += 1) {
    const word = argv[at] ?? ''
    if (word === '--json') globals.json = true
    else if (word === '--no-color') globals.color = false
    else if (word === '-v' || word === '--verbose') globals.verbose = true
    else if ((word === '--state' || word === '--config') && argv[at + 1] !== undefined) {
      at += 1
      globals[word === '--state' ? 'state' : 'config'] = argv[at] ?? ''
    } else if (word.startsWith('--state=')) globals.state = word.slice('--state='.length)
    else if (word.startsWith('--config=')) globals.config = word.slice('--config='.length)
    else break
  }
  return { globals, command: argv[at], rest: argv.slice(at + 1) }
}

export function commandContext(globals: Globals, platform: Platform): CommandContext {
  const { environment } = platform
  const color = globals.color !== false && environment['NO_COLOR'] === undefined && process.stdout.isTTY === true
  return {
    platform,
    state: resolve(globals.state ?? environment['ASSIZE_STATE'] ?? defaultStateDirectory(platform)),
    configFile: globals.config ?? environment['ASSIZE_CONFIG'],
    json: globals.json ?? false,
    color,
    verbose: globals.verbose ?? false,
    say,
    complain: (line) => void process.stderr.write(`${line}\n`),
  }
}

function say(line: string): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return Promise.resolve()
  return new Promise((resume) => process.stdout.once('drain', resume))
}

import { resolve } from 'node:path'
import { AgentError } from '../platform/errors.ts'
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
export function splitGlobals(argv: readonly string[]): {
  readonly globals: Globals
  readonly command: string | undefined
  readonly rest: readonly string[]
} {
  const globals: Globals = {}
  let at = 0
  for (let taken = 1; at < argv.length && taken > 0; at += taken) {
    taken = take(globals, argv, at)
    if (taken === 0) break
  }
  return { globals, command: argv[at], rest: argv.slice(at + 1) }
}

/** Takes the same options from anywhere before `--`. */
export function takeGlobals(argv: readonly string[]): { readonly globals: Globals; readonly rest: readonly string[] } {
  const globals: Globals = {}
  const rest: string[] = []
  for (let at = 0; at < argv.length; ) {
    if (argv[at] === '--') return { globals, rest: [...rest, ...argv.slice(at)] }
    const taken = take(globals, argv, at)
    if (taken === 0) rest.push(argv[at] ?? '')
    at += Math.max(1, taken)
  }
  return { globals, rest }
}

/** `--name=value` as two words, as whoever reads options by hand expects them; up to the first word that is none. */
export function spelledOut(words: readonly string[]): readonly string[] {
  const out: string[] = []
  for (let at = 0; at < words.length; ) {
    const [word = '', value = ''] = words.slice(at, at + 2)
    if (word === '--' || !word.startsWith('-')) return [...out, ...words.slice(at)]
    const [name = '', inline] = word.split(/=(.*)/s)
    const alone = inline === undefined && at + 1 === words.length
    out.push(...(alone ? [word] : [name, inline ?? value]))
    at += inline === undefined ? 2 : 1
  }
  return out
}

/** How many words were a global option. */
function take(globals: Globals, argv: readonly string[], at: number): number {
  const word = argv[at] ?? ''
  const [name = '', inline] = word.split(/=(.*)/s)
  if (word === '--json') globals.json = true
  else if (word === '--no-color') globals.color = false
  else if (word === '-v' || word === '--verbose') globals.verbose = true
  else if (name === '--state' || name === '--config') {
    const value = inline ?? argv[at + 1]
    if (value === undefined) throw new AgentError('usage', `The option ${name} needs a value, so nothing was done.`)
    globals[name === '--state' ? 'state' : 'config'] = value
    return inline === undefined ? 2 : 1
  } else return 0
  return 1
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

let draining: Promise<void> | undefined

function say(line: string): Promise<void> {
  if (process.stdout.write(`${line}\n`)) return Promise.resolve()
  draining ??= new Promise<void>((resume) => process.stdout.once('drain', resume)).then(() => {
    draining = undefined
  })
  return draining
}

#!/usr/bin/env node
/** The `assize` command. Front-ends that run inside other programs start on a short path of their own. */
import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { commandContext, spelledOut, splitGlobals, takeGlobals } from './commands/globals.ts'
import { AgentError, EXIT, messageOf } from './platform/errors.ts'
import { becomeNativeClient } from './platform/native-client.ts'
import { currentPlatform } from './platform/platform.ts'
import { statePaths } from './platform/state-directory.ts'

const argv = process.argv.slice(2)

try {
  const code = await run()
  await written()
  process.exit(code)
} catch (error) {
  process.stderr.write(`assize: ${messageOf(error)}\n`)
  if (argv.includes('-v') && error instanceof Error) process.stderr.write(`${error.stack ?? ''}\n`)
  process.exit(error instanceof AgentError ? error.exit : EXIT.internal)
}

/** Output to a pipe is written in the background; leaving early would cut it off. A reader that has gone misses nothing more. */
function written(): Promise<void> {
  return new Promise((resolve) => {
    process.stdout.once('error', () => resolve())
    process.stdout.write('', () => resolve())
  })
}

async function run(): Promise<number> {
  const { globals, command, rest: words } = splitGlobals(argv)
  const rest = command === 'mcp' ? spelledOut(words) : words
  const platform = currentPlatform()
  if (isFrontEnd(command, rest))
    becomeNativeClient(platform, [...argv.slice(0, argv.length - words.length), ...(await nativeArguments(command, rest))])
  if (command === 'agent' && !asksForHelp(rest)) {
    // By itself, without the command parser, which would stay in memory; what else was written is for the parser.
    const { globals: wherever, rest: left } = takeGlobals(argv)
    if (left.length === 1) return (await import('./commands/agent.ts')).runAgentCommand(commandContext(wherever, platform))
  }
  const context = commandContext(globals, platform)
  // Inside the private directory, where nobody else can put code; without one there is nothing to speed up yet. What is read of it
  // stays in memory as long as the process, so the resident agent, which starts once, does without.
  if (existsSync(context.state)) enableCompileCache(statePaths(context.state, platform).compileCache)
  if (!asksForHelp(rest)) {
    if (command === 'hook') return (await import('./commands/hook.ts')).runHookCommand(context, rest)
    if (command === 'mcp-bridge') return (await import('./commands/mcp-bridge.ts')).runMcpBridge(rest, platform.environment)
    if (command === 'mcp') return (await import('./commands/mcp.ts')).runMcpCommand(context, rest)
  }
  endWithReader(command)
  return (await import('./commands/program.ts')).runProgram(argv)
}

/** `assize decisions | head` ends with `head`, without a word. What keeps other programs protected goes on. */
function endWithReader(command: string | undefined): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
    if (command !== 'agent' && command !== 'run') process.exit(EXIT.done)
  })
}

/** The native front-end knows servers to be started only; one that is reached by an address is started as its bridge. */
async function nativeArguments(command: string | undefined, rest: readonly string[]): Promise<readonly string[]> {
  if (command !== 'mcp' || !rest.includes('--url')) return rest
  const { behindBridge } = await import('./commands/mcp.ts')
  return behindBridge(rest)
}

/** Whether this process is to stand between a host and something else, rather than to say something to a person. */
function isFrontEnd(command: string | undefined, rest: readonly string[]): boolean {
  if (asksForHelp(rest)) return false
  return (command === 'mcp' && !listens(rest)) || (command === 'hook' && !rest.includes('--print-settings'))
}

/** Whether clients are to reach a server over HTTP; no host starts us then. */
function listens(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return (end < 0 ? words : words.slice(0, end)).includes('--listen')
}

function asksForHelp(words: readonly string[]): boolean {
  const end = words.indexOf('--')
  return (end < 0 ? words : words.slice(0, end)).some((word) => word === '--help' || word === '-h')
}

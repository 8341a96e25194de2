/** Runs a file: what the session wrote into it is read as the script it is. */
import { isCodeLanguage, languageOf, readCode } from '../code/read-code.ts'
import { INTERPRETERS, SHELLS } from './command-table.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import { type Reading, recalled, runFlow, runProgram, runsFromFetched, useFile } from './reading.ts'

interface From {
  readonly invocation: Invocation
  readonly reading: Reading
}

/** `sh FILE`, `python FILE`, `. FILE`, `./FILE`. */
export function runScript(script: Expanded, values: readonly Expanded[], from: From): Flow {
  const { invocation, reading } = from
  if (script.flow !== undefined) return runContent(script, script.flow, { ...from, values })
  const content = contentOf(script, from)
  // What the session itself wrote is not revealed by running it.
  if (content?.text === undefined) useFile(script, 'read', { reading, cwd: invocation.cwd })
  runProgram(invocation, script.known ? 'likely' : 'unknown', { reading, detail: `runs ${script.text}`, words: [script] })
  if (content === undefined) runsFromFetched(script.text, invocation, reading)
  return content === undefined ? NO_FLOW : runContent(script, content, { ...from, values })
}

/** A module is found without its ending, or in a folder. */
function contentOf(script: Expanded, { invocation, reading }: From): Flow | undefined {
  const place = { reading, cwd: invocation.cwd }
  for (const ending of ['', '.js', '.mjs', '.cjs', '.ts', '/index.js', '/__main__.py']) {
    const found = recalled({ ...script, text: script.text + ending }, place)
    if (found !== undefined) return found
  }
  return undefined
}

function runContent(script: Expanded, content: Flow, from: From & { readonly values: readonly Expanded[] }): Flow {
  const { invocation, reading, values } = from
  if (content.addresses.length > 0 || content.text === undefined) runFlow(content, invocation, reading)
  if (content.text === undefined) return NO_FLOW
  const language = languageRunning(commandName(invocation), script.text, content.text)
  if (isCodeLanguage(language)) {
    readCode({ language, text: content.text }, { invocation, reading })
    return NO_FLOW
  }
  return reading.nested(content.text, invocation, values)
}

/** By what runs it, by its first line, by its name. */
function languageRunning(command: string, file: string, text: string): string {
  const base = command.length > 64 ? command : command.replace(/[\d.]+$/, '')
  if (INTERPRETERS.has(command) || INTERPRETERS.has(base)) return languageOf(base)
  if (SHELLS.has(command) || command === 'source' || command === '.') return 'shell'
  const shebang = /^#!\s*(?:\S*\/env\s+(?:-S\s+)?)?(?:\S*\/)?([A-Za-z]+)/.exec(text)?.[1]
  if (shebang !== undefined) return SHELLS.has(shebang) ? 'shell' : languageOf(shebang)
  return languageOf(/\.([a-z]+)$/i.exec(file)?.[1] ?? '')
}

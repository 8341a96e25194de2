/** Command lines among the words of a program that may run them: behind `--`, behind `exec`, or as one text. */
import { COMMANDS, SHELLS } from './command-table.ts'
import type { Expanded } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import type { Reading } from './reading.ts'

const TAKES_WORDS = new Set(['read', 'write', 'delete', 'copy', 'move'])
/** Most words of a program among which a command is looked for. */
const WORDS = 32
/** Words that a command stands behind. */
const IN_FRONT = /^(?:--|-[cxe]|--(?:command|exec|run|cmd)|exec|run|x)$/
/** What stands behind these says something and is not run. */
const TELLING =
  /^(?:-m|-am|--(?:message|msg|title|body|description|desc|comment|note|text|name|label|subject|summary|reason|filter|grep|pattern|query|search|prompt))$/

/** `PROGRAM … -- rm -rf ~/x`, `PROGRAM 'rm -rf ~/x'`: followed only where it would use a file or run something. */
export function runHandedOn(words: readonly Expanded[], invocation: Invocation, reading: Reading): void {
  const from = { ...invocation, input: undefined, inputFile: undefined }
  let found = false
  for (const [at, word] of words.slice(0, WORDS).entries()) {
    const before = words[at - 1]?.text ?? ''
    if (TELLING.test(before)) continue
    const rest = words.slice(at)
    if (/\s/.test(word.text)) {
      if (isDoingCommand(wordsOf(word.text))) reading.nested(word.text, from)
    } else if (!found && (isRemoval(rest) || ((isFirst(words, at) || IN_FRONT.test(before)) && isDoingCommand(rest)))) {
      found = true
      reading.run({ ...invocation, words: rest })
    }
  }
}

/** Options and settings of the program's own come before. */
function isFirst(words: readonly Expanded[], at: number): boolean {
  return words.slice(0, at).every(({ text }) => text.startsWith('-') || /^\w{1,80}=/.test(text))
}

function wordsOf(text: string): readonly Expanded[] {
  const plain = text.slice(0, 4096).trim().split(/\s+/)
  return plain.slice(plain.findIndex((one) => !/^\w{1,80}=/.test(one))).map((one) => ({ text: one, known: true, glob: false }))
}

/** Names of commands are also the verbs of others: what uses no path here is left to them. */
function isDoingCommand(words: readonly Expanded[]): boolean {
  const [name, ...rest] = words
  if (name === undefined || !rest.some(({ text }) => /^["']?[~/]|\s/.test(text))) return false
  const base = baseOf(name)
  return SHELLS.has(base) || base === 'curl' || base === 'wget' || TAKES_WORDS.has(COMMANDS.get(base)?.operands ?? '')
}

/** `rm` that goes deep and does not ask is the real one wherever it stands. */
function isRemoval(words: readonly Expanded[]): boolean {
  const [name, ...rest] = words
  if (name === undefined || baseOf(name) !== 'rm') return false
  const options = rest.map(({ text }) => text).filter((text) => text.startsWith('-'))
  return options.some((text) => /^-\w*[rR]|^--recursive$/.test(text)) && options.some((text) => /^-\w*f|^--force$/.test(text))
}

function baseOf(word: Expanded): string {
  return commandName({ words: [word], input: undefined, inputFile: undefined, cwd: undefined })
}

/** What flows out of a command that prints, filters or decodes: text that can be told is told, so that `echo … | base64 -d | sh` is read through. */
import type { CommandRow } from './command-row.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import { type Reading, recalled } from './reading.ts'
import { filteredText, printedText, unescaped } from './text-filters.ts'

/** `files`: the operands that are read. */
export function outputOf(
  row: CommandRow,
  invocation: Invocation,
  from: { readonly files: readonly Expanded[]; readonly reading: Reading },
): Flow {
  const name = commandName(invocation)
  const words = invocation.words.slice(1)
  if (name === 'echo' || name === 'printf') return printed(name, words)
  if (name === 'pwd' && invocation.cwd !== undefined) return { ...NO_FLOW, text: `${invocation.cwd}\n` }
  const files = row.operands === 'read' ? from.files : []
  const input = files.length === 0 ? invocation.input : contents(files, invocation, from.reading)
  const decodes = (input?.decodes ?? false) || row.decodes === true
  const text = input?.text === undefined ? undefined : filteredText(name, withoutFiles(words, files), input.text)
  const paths = files.length === 0 ? input?.paths : undefined
  return { addresses: input?.addresses ?? [], decodes, ...(text === undefined ? {} : { text }), ...(paths === undefined ? {} : { paths }) }
}

function withoutFiles(words: readonly Expanded[], files: readonly Expanded[]): readonly Expanded[] {
  return files.length === 0 ? words : words.filter((word) => !files.includes(word))
}

/** What is known of the files, one after the other. */
function contents(files: readonly Expanded[], invocation: Invocation, reading: Reading): Flow | undefined {
  let all: Flow | undefined
  for (const file of files.slice(0, 16)) {
    const content = file.text === '-' ? invocation.input : (file.flow ?? recalled(file, { reading, cwd: invocation.cwd }))
    const before: Flow = all ?? { ...NO_FLOW, text: '' }
    const text = before.text === undefined || content?.text === undefined ? undefined : before.text + content.text
    all = {
      addresses: [...before.addresses, ...(content?.addresses ?? [])].slice(0, 32),
      decodes: before.decodes || (content?.decodes ?? false),
      ...(text === undefined ? {} : { text }),
    }
  }
  return all
}

function printed(name: string, words: readonly Expanded[]): Flow {
  const flow = words.find((word) => word.flow !== undefined)?.flow ?? NO_FLOW
  const carried = { addresses: flow.addresses, decodes: flow.decodes }
  if (!words.every((word) => word.known)) return carried
  if (name === 'printf') {
    const [format, ...values] = words.filter(({ text }, index) => !(index === 0 && text === '--')).map(({ text }) => text)
    return { ...carried, text: printedText(format ?? '', values) }
  }
  const options = words.findIndex(({ text }) => !/^-[neE]+$/.test(text))
  const flags = words
    .slice(0, options < 0 ? words.length : options)
    .map(({ text }) => text)
    .join('')
  const shown = (options < 0 ? [] : words.slice(options)).map(({ text }) => text).join(' ')
  return { ...carried, text: `${flags.includes('e') ? unescaped(shown) : shown}${flags.includes('n') ? '' : '\n'}` }
}

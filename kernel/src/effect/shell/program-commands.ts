import { takeDeletions } from '../code/deletions.ts'
import { takeMentions } from '../code/mentions.ts'
import { isCodeLanguage, languageOf, readCode } from '../code/read-code.ts'
import { takeStarted } from '../code/started.ts'
import { INTERPRETERS } from './command-table.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation, parseOptions } from './invocation.ts'
import { runScript } from './run-script.ts'
import { act, keepFetched, type Reading, recalled, runFlow, runProgram, runsFromFetched, useAddress, useFile } from './reading.ts'

const SHELL_VALUED = new Set(['-c', '-o', '-O', '--rcfile', '--init-file'])

const STANDARD_INPUT = /^\/(?:dev\/(?:stdin|fd\/0)|proc\/(?:self|thread-self)\/fd\/0)$/

/** `sh -c TEXT`, `sh FILE`, `… | sh`. */
export function readShell(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), SHELL_VALUED)
  for (const { name, value } of options)
    if (/^--(rcfile|init-file)$/.test(name) && value !== undefined) runScript(value, [], { invocation, reading })
  const code = options.find(({ name }) => name === '-c')?.value
  if (code !== undefined) return runText(code, invocation, { reading, values: operands.slice(1) })
  const script = operands[0]
  if (script === undefined || script.text === '-' || options.some(({ name }) => name === '-s') || STANDARD_INPUT.test(script.text))
    return runInput(invocation, reading)
  return runScript(script, operands.slice(1), { invocation, reading })
}

/** `eval`. */
export function readEval(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const carrying = words.find((word) => word.flow !== undefined && word.flow.text === undefined)
  const text: Expanded = {
    text: words.map((word) => word.text).join(' '),
    known: words.every((word) => word.known),
    glob: false,
    ...(carrying?.flow === undefined ? {} : { flow: carrying.flow }),
  }
  return runText(text, invocation, { reading, values: [] })
}

/** `source FILE`, `. FILE`. */
export function readSource(invocation: Invocation, reading: Reading): Flow {
  const script = invocation.words[1]
  if (script !== undefined && STANDARD_INPUT.test(script.text)) return runInput(invocation, reading)
  return script === undefined ? NO_FLOW : runScript(script, invocation.words.slice(2), { invocation, reading })
}

function runText(code: Expanded, invocation: Invocation, from: { readonly reading: Reading; readonly values: readonly Expanded[] }): Flow {
  const { reading, values } = from
  if (!code.known) runFlow(code.flow ?? NO_FLOW, invocation, reading)
  // What can be read of it is still followed.
  return reading.nested(code.text, invocation, values)
}

function runInput(invocation: Invocation, reading: Reading): Flow {
  const { input } = invocation
  if (input?.text !== undefined) {
    if (input.addresses.length > 0) runFlow(input, invocation, reading)
    return reading.nested(input.text, invocation)
  }
  if (input === undefined) runProgram(invocation, 'unknown', { reading, detail: 'opens a shell' })
  else if (invocation.inputFile !== undefined && input.addresses.length === 0 && !input.decodes) {
    if (!runsFromFetched(invocation.inputFile, invocation, reading))
      runProgram(invocation, 'unknown', { reading, detail: `runs ${invocation.inputFile}` })
  } else runFlow(input, invocation, reading)
  return NO_FLOW
}

/** Interpreters that take a verb first. */
const RUN_VERBS = /^(?:deno|bun)$/

/** `python -c CODE`, `node FILE`, `… | python3`. */
export function readInterpreter(invocation: Invocation, reading: Reading): Flow {
  const spec = INTERPRETERS.get(baseInterpreter(commandName(invocation)))
  const words = invocation.words.slice(1)
  const codeAt = words.findIndex(
    (word) =>
      spec?.code.has(word.text) === true || (/^-[a-zA-Z]*[ecE]$/.test(word.text) && spec?.code.has(`-${word.text.at(-1)}`) === true),
  )
  if (codeAt >= 0) {
    if (/^(perl|ruby)/.test(commandName(invocation))) editedFiles(words, codeAt, { invocation, reading })
    return inlineCode(words.slice(codeAt + 1), invocation, reading)
  }
  const module = words.findIndex((word) => word.text === '-m')
  if (module >= 0 && words[module + 1] !== undefined) return runModule(words.slice(module + 1), invocation, reading)
  const { options, operands } = parseOptions(words, spec?.valued ?? new Set())
  for (const { value } of options)
    if (value !== undefined && /^https?:\/\//i.test(value.text)) {
      useAddress(value, { reading, detail: 'fetches what it loads', retrieval: true })
      runFlow({ addresses: [value.text], decodes: false }, invocation, reading)
    }
  const script =
    RUN_VERBS.test(commandName(invocation)) && /^(?:run|serve|test|bench|x)$/.test(operands[0]?.text ?? '') ? operands[1] : operands[0]
  if (script !== undefined && /^https?:\/\//i.test(script.text)) {
    useAddress(script, { reading, detail: 'fetches what it runs', retrieval: true })
    runFlow({ addresses: [script.text], decodes: false }, invocation, reading)
    return NO_FLOW
  }
  if (script !== undefined && script.text !== '-') return runScript(script, operands.slice(1), { invocation, reading })
  if (words.some((word) => /^(-V|-v|--version|--help|-h)$/.test(word.text))) return NO_FLOW
  if (invocation.input?.text !== undefined)
    return inlineCode([{ text: invocation.input.text, known: true, glob: false }], invocation, reading)
  return runInput(invocation, reading)
}

/** `perl -pi -e CODE FILE…` goes through files, and writes them when told to. */
function editedFiles(
  words: readonly Expanded[],
  codeAt: number,
  from: { readonly invocation: Invocation; readonly reading: Reading },
): void {
  const options = words.filter(({ text }) => /^-[a-zA-Z]/.test(text)).map(({ text }) => text)
  if (!options.some((option) => /^-[a-zA-Z0]*[npi]/.test(option))) return
  const access = options.some((option) => /^-[a-zA-Z0]*i/.test(option)) ? 'write' : 'read'
  for (const word of words.slice(codeAt + 2))
    if (!word.text.startsWith('-')) useFile(word, access, { reading: from.reading, cwd: from.invocation.cwd })
}

const AWK_VALUED = new Set('-F -v --assign --field-separator -f --file -i --include -l'.split(' '))

/** `awk PROGRAM FILE…`. */
export function readAwk(invocation: Invocation, reading: Reading): Flow {
  const { options, operands } = parseOptions(invocation.words.slice(1), AWK_VALUED)
  const scripts = options.filter(({ name }) => /^(-f|--file|-i|--include)$/.test(name))
  for (const { value } of scripts) if (value !== undefined) runScript(value, [], { invocation, reading })
  const code = scripts.length > 0 ? undefined : operands[0]
  if (code !== undefined) readCode({ language: 'awk', text: code.text }, { invocation, reading })
  if (code?.known === false) runProgram(invocation, 'unknown', { reading, detail: 'what it runs is decided when it runs' })
  const files = operands.slice(code === undefined ? 0 : 1).filter(({ text }) => !/^\w+=/.test(text))
  for (const file of files) useFile(file, 'read', { reading, cwd: invocation.cwd })
  return { addresses: invocation.input?.addresses ?? [], decodes: invocation.input?.decodes ?? false }
}

export function baseInterpreter(name: string): string {
  return INTERPRETERS.has(name) ? name : withoutVersion(name)
}

/** `python3.12` is `python`. Nothing with a longer name has a version. */
function withoutVersion(name: string): string {
  return name.length > 64 ? name : name.replace(/[\d.]+$/, '')
}

function inlineCode(words: readonly Expanded[], invocation: Invocation, reading: Reading): Flow {
  const name = commandName(invocation)
  runProgram(invocation, 'unknown', { reading, detail: `runs inline ${name} code` })
  const code = words[0]
  if (code === undefined) return NO_FLOW
  if (code.flow !== undefined && !code.known) runFlow(code.flow, invocation, reading)
  if (name === 'osascript')
    for (const found of code.text.slice(0, 16_384).matchAll(/do shell script "([^"\\]{0,2000})"/g))
      reading.nested(found[1] as string, invocation)
  const language = languageOf(baseInterpreter(name))
  if (isCodeLanguage(language)) readCode({ language, text: code.text }, { invocation, reading })
  else takeUnread(words.map((word) => word.text).join(' '), { reading, invocation })
  return NO_FLOW
}

/** A script of a language that is not read here: what it plainly names is taken, the rest stays unknown. */
export function readForeign(
  code: string,
  from: { readonly reading: Reading; readonly cwd: string | undefined; readonly language?: string | undefined },
): void {
  const name = /^\s*([\w.-]+)/.exec(code)?.[1] ?? 'script'
  const word: Expanded = { text: name, known: true, glob: false }
  const { reading, cwd, language } = from
  act({ class: 'process.exec', target: name, certainty: 'unknown', kind: 'command', words: [word], detail: 'a script' }, reading)
  const invocation: Invocation = { words: [word], input: undefined, inputFile: undefined, cwd }
  // What is typed into a program is a command if that is a shell, and whatever it says if it is not.
  if (language === 'typed') reading.nested(code.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, ''), invocation)
  else if (language !== undefined && isCodeLanguage(language)) readCode({ language, text: code }, { invocation, reading })
  else takeUnread(code, { reading, invocation })
}

/** Of a language that is not read here: what its code plainly starts and names. */
function takeUnread(code: string, from: { readonly invocation: Invocation; readonly reading: Reading }): void {
  takeStarted(code, from)
  takeDeletions(code, from)
  takeMentions(code, from)
}

function runModule(words: readonly Expanded[], invocation: Invocation, reading: Reading): Flow {
  const name = words[0] as Expanded
  if (name.text === 'pip' || name.text === 'ensurepip') return reading.run({ ...invocation, words })
  if (/^(http\.server|SimpleHTTPServer|smtpd|aiohttp\.web)$/.test(name.text)) {
    act(
      {
        class: 'net.listen',
        target: words[1]?.text ?? '8000',
        certainty: 'certain',
        kind: 'name',
        words: [name],
        detail: 'serves files over the network',
      },
      reading,
    )
    return NO_FLOW
  }
  runProgram(invocation, 'likely', { reading, detail: `runs module ${name.text}`, words: [name] })
  return NO_FLOW
}

/** Options of tar whose value is a command. */
const TAR_RUNS = /^(?:-[IF]|--(?:use-compress-program|to-command|checkpoint-action|info-script|new-volume-script|rsh-command|rmt-command))$/

export function readTar(invocation: Invocation, reading: Reading): Flow {
  const words = invocation.words.slice(1)
  const first = words[0]?.text ?? ''
  const bundled = words[0] !== undefined && !first.startsWith('-') ? [{ ...words[0], text: `-${first}` }, ...words.slice(1)] : words
  const { options, operands } = parseOptions(
    bundled,
    new Set(
      '-f --file -C --directory --exclude -T --files-from -I --use-compress-program --to-command --checkpoint --checkpoint-action -F --info-script --new-volume-script --rsh-command --rmt-command -X'.split(
        ' ',
      ),
    ),
  )
  const has = (...names: readonly string[]): boolean => options.some(({ name }) => names.includes(name))
  const from = { reading, cwd: invocation.cwd }
  const [creates, extracts] = [has('-c', '--create', '-r', '--append', '-u'), has('-x', '--extract', '--get')]
  for (const { name, value } of options) {
    if (value === undefined) continue
    if (name === '-f' || name === '--file') useFile(value, creates ? 'write' : 'read', from)
    if ((name === '-C' || name === '--directory') && extracts) useFile(value, 'write', from)
    const action = name === '--checkpoint-action' ? /^exec=(.*)$/s.exec(value.text)?.[1] : value.text
    if (action !== undefined && TAR_RUNS.test(name)) {
      runProgram(invocation, 'unknown', { reading, detail: `an option runs ${action.slice(0, 120)}`, words: [value] })
      reading.nested(action, { ...invocation, input: undefined })
    }
  }
  if (creates) for (const word of operands) useFile(word, has('--remove-files') ? 'delete' : 'read', from)
  if (extracts) {
    const archive = options.find(({ name }) => name === '-f' || name === '--file')?.value
    const folder = options.find(({ name }) => name === '-C' || name === '--directory')?.value
    unpacked(archive, folder, { invocation, reading })
  }
  if (extracts && !has('-C', '--directory')) useFile({ text: '.', known: true, glob: false }, 'write', from)
  return { ...(invocation.input ?? NO_FLOW), decodes: true }
}

/** What comes out of a fetched archive was fetched. */
export function unpacked(
  archive: Expanded | undefined,
  folder: Expanded | undefined,
  { invocation, reading }: { readonly invocation: Invocation; readonly reading: Reading },
): void {
  const from = { reading, cwd: invocation.cwd }
  const known = archive === undefined || archive.text === '-' ? invocation.input : recalled(archive, from)
  const address = known?.addresses[0]
  if (address === undefined) return
  keepFetched(
    folder ?? { text: '.', known: true, glob: false },
    { text: address, known: true, glob: false },
    { ...from, loose: folder === undefined },
  )
}

export function readDd(invocation: Invocation, reading: Reading): Flow {
  for (const word of invocation.words.slice(1)) {
    const match = /^(if|of)=(.*)$/s.exec(word.text)
    if (match !== null)
      useFile({ ...word, text: match[2] as string }, match[1] === 'if' ? 'read' : 'write', { reading, cwd: invocation.cwd })
  }
  return NO_FLOW
}

import { type Expanded, type Flow, NO_FLOW } from '../shell/expanded.ts'
import { act, type Reading, runFlow, runProgram } from '../shell/reading.ts'
import { usePlace } from '../windows/use-place.ts'
import { keepWritten, runWritten } from '../windows/written-script.ts'
import { programName } from '../windows/program-name.ts'
import type { Batching } from './batching.ts'
import { BUILTINS, readBuiltin } from './builtins.ts'
import { expandDelayed, expandPercent, plainText, type Variables, wordsOf } from './expand.ts'
import { parseCmd } from './parse.ts'
import type { Node, Redirect } from './syntax.ts'

/** Longest batch parsed, most commands and parts followed, deepest nesting, most rounds of a loop. */
const SCRIPT_LENGTH = 262_144
const COMMAND_LIMIT = 600
const STEP_LIMIT = 6000
const NESTING = 12
const ROUNDS = 12

export interface CmdScript {
  readonly text: string
  readonly cwd: string | undefined
  readonly input?: Flow | undefined
}

/** Follows a batch without running it; answers what flows out of it. */
export function readCmd(script: CmdScript, reading: Reading): Flow {
  return followText(script.text, {
    reading,
    variables: new Map(),
    letters: new Map(),
    budget: { commands: COMMAND_LIMIT, steps: STEP_LIMIT },
    depth: 0,
    maybe: false,
    input: script.input,
    cwd: script.cwd,
    follow: followText,
  })
}

function lost(batching: Batching, detail: string): void {
  act({ class: 'process.exec', target: 'cmd', certainty: 'unknown', kind: 'command', words: [], detail }, batching.reading)
}

function followText(text: string, batching: Batching): Flow {
  if (text.length > SCRIPT_LENGTH || batching.depth > NESTING) {
    lost(batching, batching.depth > NESTING ? 'the batch is nested too deeply to be followed' : 'the batch is too long to be read')
    return NO_FLOW
  }
  const batch = parseCmd(text)
  if (!batch.complete) lost(batching, 'the batch could not be read to its end')
  const inner: Batching = { ...batching, depth: batching.depth + 1 }
  const flow = followAll(batch.nodes, inner)
  batching.cwd = inner.cwd
  return flow
}

function followAll(nodes: readonly Node[], batching: Batching): Flow {
  let flow: Flow | undefined
  for (const node of nodes) {
    const next = followNode(node, batching)
    flow = flow === undefined || flow === NO_FLOW ? next : next === NO_FLOW ? flow : merged(flow, next)
  }
  return flow ?? NO_FLOW
}

function merged(left: Flow, right: Flow): Flow {
  const both = { addresses: [...left.addresses, ...right.addresses].slice(0, 32), decodes: left.decodes || right.decodes }
  return left.text !== undefined && right.text !== undefined ? { ...both, text: `${left.text}\n${right.text}`.slice(0, 65_536) } : both
}

/** Said once. */
function exhausted(batching: Batching, left: number): Flow {
  if (left === -1) lost(batching, 'the batch does too much to be followed')
  return NO_FLOW
}

function followNode(node: Node, batching: Batching): Flow {
  batching.budget.steps -= 1
  if (batching.budget.steps < 0) return exhausted(batching, batching.budget.steps)
  switch (node.kind) {
    case 'command':
      return followCommand(node.text, node.redirects, batching)
    case 'group': {
      const flow = followAll(node.body, batching)
      redirect(node.redirects, batching)
      keep(node.redirects, flow, batching)
      return flow
    }
    case 'pipe':
      return followPipe(node.stages, batching)
    case 'if': {
      const inner: Batching = { ...batching, maybe: true }
      const yes = followNode(node.yes, inner)
      const no = node.no === undefined ? NO_FLOW : followNode(node.no, inner)
      if (inner.cwd !== batching.cwd) batching.cwd = undefined
      return yes === NO_FLOW ? no : yes
    }
    case 'for':
      return followLoop(node, batching)
  }
}

function followPipe(stages: readonly Node[], batching: Batching): Flow {
  let flow = batching.input
  for (const stage of stages) flow = followNode(stage, { ...batching, input: flow, variables: new Map(batching.variables) })
  return flow ?? NO_FLOW
}

function followLoop(node: Node & { readonly kind: 'for' }, batching: Batching): Flow {
  const values = loopValues(node, batching)
  const rounds: readonly Expanded[] =
    values.length > 0 && values.length <= ROUNDS ? values : [{ text: `%${node.variable}`, known: false, glob: true }]
  let flow = NO_FLOW
  const inner: Batching = { ...batching, maybe: true, depth: batching.depth + 1 }
  if (inner.depth > NESTING * 2) return NO_FLOW
  for (const value of rounds) {
    const letters = new Map(batching.letters).set(node.variable, value)
    // `tokens=1,2` fills the letters that follow as well.
    if (/\/f/i.test(node.options))
      for (let next = 1; next < 6; next += 1)
        letters.set(String.fromCharCode(node.variable.charCodeAt(0) + next), { text: '*', known: false, glob: true })
    flow = followNode(node.body, { ...inner, letters })
  }
  return flow
}

function loopValues(node: Node & { readonly kind: 'for' }, batching: Batching): readonly Expanded[] {
  const set = expandDelayed(expandPercent(node.set, variablesOf(batching)), variablesOf(batching)).trim()
  if (!/\/f/i.test(node.options)) return /\/l/i.test(node.options) ? [] : wordsOf(set.replaceAll(',', ' '))
  const quoted = /^(['"`])([\s\S]*)\1$/.exec(set)
  const inner = quoted?.[2] ?? ''
  const command = quoted === null ? undefined : /usebackq/i.test(node.options) ? quoted[1] === '`' : quoted[1] === "'"
  if (command === true) {
    const flow = batching.follow(inner.replace(/\^([&|<>^])/g, '$1'), batching)
    return flow.text === undefined ? [{ text: '*', known: false, glob: true, flow }] : firstTokens(flow.text)
  }
  if (quoted !== null && (quoted[1] === '"') !== /usebackq/i.test(node.options)) return firstTokens(inner)
  for (const file of wordsOf(set)) usePlace(file, 'read', batching)
  return []
}

/** Without options, the first token of every line. */
function firstTokens(text: string): readonly Expanded[] {
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, ROUNDS + 1)
    .map((line) => ({ text: line.trim(), known: true, glob: false }))
}

function variablesOf(batching: Batching): Variables {
  return { values: batching.variables, letters: batching.letters, reading: batching.reading }
}

function redirect(redirects: readonly Redirect[], batching: Batching): void {
  for (const { access, target } of redirects) {
    const word = plainText(expandDelayed(expandPercent(target, variablesOf(batching)), variablesOf(batching)))
    usePlace(word, access, batching)
  }
}

/** Remembers what goes into the files. */
function keep(redirects: readonly Redirect[], flow: Flow, batching: Batching): void {
  for (const { access, target, append } of redirects)
    if (access === 'write') {
      const word = plainText(expandDelayed(expandPercent(target, variablesOf(batching)), variablesOf(batching)))
      keepWritten(word, flow, { reading: batching.reading, cwd: batching.cwd, append })
    }
}

function followCommand(raw: string, redirects: readonly Redirect[], batching: Batching): Flow {
  redirect(redirects, batching)
  const flow = followLine(raw, batching)
  keep(redirects, flow, batching)
  return flow
}

function followLine(raw: string, batching: Batching): Flow {
  const percent = expandPercent(raw, variablesOf(batching))
  // What an expansion brings in may itself be several commands.
  if (percent !== raw && /[&|<>]/.test(percent.replace(/"[^"]*"/g, '').replace(/\^./g, '')) && batching.depth < NESTING)
    return batching.follow(percent, batching)
  const text = expandDelayed(percent, variablesOf(batching)).trim()
  if (text === '') return NO_FLOW
  batching.budget.commands -= 1
  if (batching.budget.commands < 0) return exhausted(batching, batching.budget.commands)
  const { name, rest } = splitCommand(text)
  if (name.known && BUILTINS.has(name.text.toLowerCase())) return readBuiltin({ name: name.text.toLowerCase(), rest, batching })
  return runExternal(wordsOf(text), batching)
}

/** Built-in commands end where a blank or one of `/ . : \ , ; = ( [ +` begins: `del/q`, `cd..`, `echo.x`. */
function splitCommand(text: string): { readonly name: Expanded; readonly rest: string } {
  const plainName = /^(?:\^?[A-Za-z]|"[A-Za-z]*")+/.exec(text)?.[0] ?? ''
  const name = plainText(plainName)
  const next = text[plainName.length] ?? ' '
  if (plainName !== '' && '\t /.:\\,;=([+\u00a0'.includes(next)) return { name, rest: text.slice(plainName.length) }
  return { name: { text: '', known: false, glob: false }, rest: text }
}

function runExternal(words: readonly Expanded[], batching: Batching): Flow {
  const [first, ...others] = words
  if (first === undefined) return NO_FLOW
  const { reading, cwd, input } = batching
  const word: Expanded = { ...first, text: programName(first.text), glob: false }
  const invocation = { words: [word, ...others], input, inputFile: undefined, cwd }
  if (!first.known) {
    runProgram(invocation, 'unknown', { reading, detail: 'which program runs is decided only when it runs' })
    if (first.flow !== undefined) runFlow(first.flow, invocation, reading)
    return NO_FLOW
  }
  const run = (text: string): void => void batching.follow(text, batching)
  if (runWritten(first, { invocation, reading, follow: { cmd: run, powershell: run } })) return NO_FLOW
  return reading.run(invocation)
}

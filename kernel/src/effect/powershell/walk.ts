import { stopsGuard } from '../shell/agent-commands.ts'
import { type Flow, NO_FLOW } from '../shell/expanded.ts'
import { act, type Reading, runFlow, runProgram } from '../shell/reading.ts'
import { programName } from '../windows/program-name.ts'
import { usePlace } from '../windows/use-place.ts'
import { keepWritten, runWritten } from '../windows/written-script.ts'
import { ALIASES } from './aliases.ts'
import { bind } from './bind.ts'
import { CMDLETS, type CmdletRow } from './cmdlet-table.ts'
import { followers, invocationOf, readCmdlet } from './cmdlet-reader.ts'
import { evaluate } from './evaluate.ts'
import { runValue } from './members.ts'
import { parsePowerShell } from './parse.ts'
import { readSpecial } from './special-commands.ts'
import type { Argument, Element, Expression, Redirect, Statement } from './syntax.ts'
import { contentOf, flowOf, itemsOf, known, list, NOTHING, type Run, unknown, type Value, wordOf } from './value.ts'

/** Longest script parsed, most commands and statements followed, deepest nesting, and most rounds of a loop. */
const SCRIPT_LENGTH = 262_144
const COMMAND_LIMIT = 600
const STEP_LIMIT = 6000
const NESTING = 12
const ROUNDS = 12

export interface PowerShellScript {
  readonly text: string
  readonly cwd: string | undefined
  readonly input?: Flow | undefined
}

/** Follows a script without running it; answers what flows out of it. */
export function readPowerShell(script: PowerShellScript, reading: Reading): Flow {
  const input = script.input === undefined ? undefined : inputValue(script.input)
  const run: Run = {
    reading,
    variables: new Map(),
    functions: new Map(),
    aliases: new Map(),
    budget: { commands: COMMAND_LIMIT, steps: STEP_LIMIT },
    depth: 0,
    maybe: false,
    input,
    cwd: script.cwd,
    follow: followAll,
    script: followText,
  }
  const given = followText(script.text, run)
  return given.known && given.items === undefined ? { ...flowOf(given), text: given.text } : flowOf(given)
}

function inputValue(flow: Flow): Value {
  return flow.text === undefined ? { ...unknown('$_'), flow } : { ...known(flow.text), flow }
}

function lost(run: Run, detail: string): void {
  act({ class: 'process.exec', target: 'powershell', certainty: 'unknown', kind: 'command', words: [], detail }, run.reading)
}

function followText(text: string, run: Run): Value {
  if (text.length > SCRIPT_LENGTH || run.depth > NESTING) {
    lost(run, run.depth > NESTING ? 'the script is nested too deeply to be followed' : 'the script is too long to be read')
    return NOTHING
  }
  const script = parsePowerShell(text)
  if (!script.complete) lost(run, 'the script is not valid PowerShell')
  return followAll(script.statements, { ...run, depth: run.depth + 1 })
}

function followAll(statements: readonly Statement[], run: Run): Value {
  if (run.depth > NESTING * 2) {
    lost(run, 'the script is nested too deeply to be followed')
    return NOTHING
  }
  // A function may be called above the line it stands on when the caller is one itself.
  for (const statement of statements) if (statement.kind === 'function') run.functions.set(statement.name, statement)
  const given: Value[] = []
  for (const statement of statements) {
    const value = followOne(statement, run)
    if (value !== NOTHING) given.push(...itemsOf(value).slice(0, 64))
    if (given.length > 512) break
  }
  return given.length === 0 ? NOTHING : list(given)
}

/** Said once. */
function exhausted(run: Run, left: number): Value {
  if (left === -1) lost(run, 'the script does too much to be followed')
  return NOTHING
}

function followOne(statement: Statement, run: Run): Value {
  run.budget.steps -= 1
  if (run.budget.steps < 0) return exhausted(run, run.budget.steps)
  switch (statement.kind) {
    case 'pipeline':
      return followPipeline(statement.elements, run)
    case 'assign':
      assign(statement.target, statement.operator, followOne(statement.value, run), run)
      return NOTHING
    case 'branch': {
      for (const condition of statement.conditions) followOne(condition, run)
      const inner: Run = { ...run, maybe: true }
      const given = statement.bodies.map((body) => followAll(body, inner))
      if (inner.cwd !== run.cwd) run.cwd = undefined
      return given.find((value) => value !== NOTHING) ?? NOTHING
    }
    case 'loop':
      return followLoop(statement, run)
    case 'function':
      if (statement.name === 'param') followAll(statement.body, { ...run, depth: run.depth + 1 })
      return NOTHING
  }
}

function followLoop(statement: Statement & { readonly kind: 'loop' }, run: Run): Value {
  const values = itemsOf(followOne(statement.values, run))
  const inner: Run = { ...run, maybe: true, depth: run.depth + 1 }
  const rounds = values.length > 0 && values.length <= ROUNDS ? values : [unknown(`$${statement.variable}`, ...values)]
  let given = NOTHING
  for (const value of rounds) {
    run.variables.set(statement.variable, value)
    given = followAll(statement.body, inner)
  }
  if (inner.cwd !== run.cwd) run.cwd = undefined
  return given
}

function assign(target: Expression, operator: string, value: Value, run: Run): void {
  const names = target.kind === 'array' ? target.items : [target.kind === 'unary' ? target.operand : target]
  for (const [index, name] of names.entries()) {
    const part = names.length === 1 ? value : (value.items?.[index] ?? unknown(value.text, value))
    if (name.kind === 'variable') setVariable(name.name, operator, part, run)
    else if (name.kind === 'member' || name.kind === 'index') evaluate(name, run)
  }
}

function setVariable(name: string, operator: string, value: Value, run: Run): void {
  const before = run.variables.get(name)
  const next =
    operator === '='
      ? value
      : operator === '+=' && before !== undefined && before.known && value.known && before.items === undefined
        ? known(before.text + value.text)
        : operator === '+=' && before !== undefined
          ? list([...itemsOf(before), ...itemsOf(value)])
          : unknown(value.text, value)
  run.variables.set(name, run.maybe ? { ...next, known: false } : next)
  const variable = /^env:(.+)$/.exec(name)?.[1]
  if (
    variable !== undefined &&
    /^(?:path|pathext|psmodulepath|comspec|cor_profiler\w*|cor_enable_profiling|node_options|pythonstartup)$/.test(variable)
  )
    lost(run, `sets ${variable}, which changes what programs run`)
}

function followPipeline(elements: readonly Element[], run: Run): Value {
  let value: Value | undefined
  for (const [index, element] of elements.entries()) {
    const inner: Run = index === 0 ? run : { ...run, input: value }
    value =
      element.kind === 'value'
        ? evaluate(element.value, inner)
        : followCommand(element, { run: inner, input: index === 0 ? undefined : value })
    redirect(element.redirects, value, run)
    if (index > 0 && inner.cwd !== run.cwd) run.cwd = inner.cwd
  }
  return value ?? NOTHING
}

function redirect(redirects: readonly Redirect[], value: Value | undefined, run: Run): void {
  for (const { target, append } of redirects) {
    const file = wordOf(evaluate(target, run))
    usePlace(file, 'write', run)
    keepWritten(file, contentOf(value), { reading: run.reading, cwd: run.cwd, append })
  }
}

interface From {
  readonly run: Run
  readonly input: Value | undefined
}

function followCommand(element: Element & { readonly kind: 'command' }, from: From): Value {
  const { run } = from
  run.budget.commands -= 1
  if (run.budget.commands < 0) return exhausted(run, run.budget.commands)
  const name = evaluate(element.name, run)
  if (name.block !== undefined) return runValue(name, { ...run, depth: run.depth + 1, input: from.input ?? run.input })
  if (!name.known || name.text === '') {
    runProgram(invocationOf([name], run), 'unknown', { reading: run.reading, detail: 'which program runs is decided only when it runs' })
    if (name.flow !== undefined) runFlow(name.flow, invocationOf([name], run), run.reading)
    for (const argument of element.args) if (argument.value !== undefined) evaluate(argument.value, run)
    // What hides its name but is told to go deep is read as that which deletes.
    const told = (whole: string): boolean => element.args.some(({ parameter }) => parameter && whole.startsWith(parameter.toLowerCase()))
    if (told('recurse') && told('force')) callNamed({ ...name, text: 'Remove-Item', known: true }, element, from)
    return NOTHING
  }
  return callNamed(name, element, from)
}

/** Cmdlets that end a program or a service. */
const ENDS = /^(?:stop|suspend|remove|set)-(?:service|process)$/

function valuesOf(element: Element & { readonly kind: 'command' }, run: Run): readonly Value[] {
  return element.args.flatMap(({ value }) => (value === undefined ? [] : [evaluate(value, run)]))
}

function callNamed(name: Value, element: Element & { readonly kind: 'command' }, from: From): Value {
  const { run } = from
  const called = resolve(name.text, element.args, run)
  const own = run.functions.get(called)
  if (own !== undefined && run.depth <= NESTING) return callFunction(own, element.args, run)
  const special = readSpecial(called, element.args, run)
  if (special !== undefined) return special
  if (ENDS.test(called)) stopsGuard(called, invocationOf([name, ...valuesOf(element, run)], run), run.reading)
  const row = CMDLETS.get(called)
  if (row !== undefined) return readCmdlet(row, { name: called, bound: bind(row, element.args, run), input: from.input, run })
  return runNative(name, called, element, from)
}

/** The command a name stands for, lower case: aliases followed, a module's name and `.exe` left aside. */
function resolve(spelled: string, args: readonly Argument[], run: Run): string {
  let name = spelled.toLowerCase().replace(/^[\w.]+\\(?=[a-z]+-[a-z])/, '')
  for (let step = 0; step < 4; step += 1) {
    const own = run.aliases.get(name)?.toLowerCase()
    const next = own ?? ambiguous(name, args) ?? (run.functions.has(name) ? undefined : ALIASES.get(name))
    if (next === undefined || next === name) return name
    name = next
  }
  return name
}

const WEB_PARAMETER = /^(?:uri|outf\w*|method|body|headers|usebasicparsing|infile|contenttype)$/i

/** `curl`, `wget` and `sc` are commands of PowerShell in one edition and programs in the other: their arguments tell. */
function ambiguous(name: string, args: readonly Argument[]): string | undefined {
  if (name === 'curl' || name === 'wget')
    return args.some(({ parameter }) => parameter !== undefined && WEB_PARAMETER.test(parameter)) ? 'invoke-webrequest' : undefined
  if (name !== 'sc') return undefined
  const first = args[0]?.value
  const word = first?.kind === 'text' && first.parts.length === 1 && typeof first.parts[0] === 'string' ? first.parts[0] : ''
  return /^(?:create|config|start|stop|delete|query|qc|failure|sdset|triggerinfo|\\\\.*)$/i.test(word) ? undefined : 'set-content'
}

function callFunction(
  block: { readonly parameters: readonly string[]; readonly body: readonly Statement[] },
  args: readonly Argument[],
  run: Run,
): Value {
  const row: Pick<CmdletRow, 'parameters' | 'positional'> = {
    parameters: new Map(block.parameters.map((name) => [name, 'ignore'])),
    positional: block.parameters,
  }
  const bound = bind(row, args, run)
  const inner: Run = { ...run, variables: new Map(run.variables), depth: run.depth + 1 }
  for (const name of block.parameters) {
    const value = bound.values.get(name)
    if (value !== undefined) inner.variables.set(name, value)
  }
  inner.variables.set('args', list(bound.rest))
  const given = followAll(block.body, inner)
  run.cwd = inner.cwd
  return given
}

/** A program: its words are its own to read. */
function runNative(name: Value, called: string, element: Element & { readonly kind: 'command' }, from: From): Value {
  const { run, input } = from
  const words = [programWord(name, called), ...element.args.flatMap((argument) => argumentWords(argument, run))]
  if (runWritten(wordOf(name), { invocation: invocationOf(words, run), reading: run.reading, follow: followers(run) })) return NOTHING
  if (element.call === 'source' || /\.ps1$/i.test(called)) {
    usePlace(wordOf(name), 'read', run)
    runProgram(invocationOf(words, run), 'likely', {
      reading: run.reading,
      detail: `runs ${name.text.slice(0, 120)}`,
      words: [wordOf(name)],
    })
    return NOTHING
  }
  const inner: Run = { ...run, input }
  const flow = run.reading.run(invocationOf(words, inner))
  return flow === NO_FLOW
    ? unknown(`${called} output`)
    : flow.text === undefined
      ? { ...unknown('$_'), flow }
      : { ...known(flow.text), flow }
}

function argumentWords(argument: Argument, run: Run): readonly Value[] {
  const value = argument.value === undefined ? undefined : evaluate(argument.value, run)
  if (argument.parameter === undefined) return value === undefined ? [] : itemsOf(value)
  const name = known(`-${argument.parameter}`)
  return value === undefined ? [name] : [{ ...known(`${name.text}:${value.text}`), known: value.known }]
}

/** Programs of the system are known by their name alone. */
function programWord(name: Value, called: string): Value {
  const text = called === name.text.toLowerCase() ? name.text : called
  return { ...name, text: programName(text) }
}

import { takeDeletions } from '../code/deletions.ts'
import { takeStarted } from '../code/started.ts'
import { act, runProgram } from '../shell/reading.ts'
import { useRegistry } from '../windows/registry.ts'
import { useTask } from '../windows/scheduled-task.ts'
import { usePlace } from '../windows/use-place.ts'
import { type Bound, bind } from './bind.ts'
import type { CmdletRow } from './cmdlet-table.ts'
import { invocationOf } from './cmdlet-reader.ts'
import { makeObject } from './members.ts'
import type { Argument } from './syntax.ts'
import { itemsOf, known, NOTHING, type Run, unknown, type Value, wordOf } from './value.ts'

type Special = (bound: Bound, run: Run) => Value

function shape(names: string, positional = 0): Pick<CmdletRow, 'parameters' | 'positional'> {
  const order = names.split(' ').map((name) => name.toLowerCase())
  return { parameters: new Map(order.map((name) => [name, 'ignore'] as const)), positional: order.slice(0, positional) }
}

/** Commands that change the state of the script, or whose parameters depend on each other. */
const SPECIALS: ReadonlyMap<string, readonly [shape: Pick<CmdletRow, 'parameters' | 'positional'>, read: Special]> = new Map([
  ['new-object', [shape('TypeName ArgumentList ComObject Property', 2), newObject]],
  ['add-type', [shape('TypeDefinition AssemblyName Path LiteralPath MemberDefinition Name Namespace Language', 1), addType]],
  ['set-location', [shape('Path LiteralPath', 1), setLocation]],
  ['push-location', [shape('Path LiteralPath', 1), setLocation]],
  ['set-alias', [shape('Name Value Description Option Scope', 2), setAlias]],
  ['new-alias', [shape('Name Value Description Option Scope', 2), setAlias]],
  ['set-variable', [shape('Name Value Scope Option', 2), setVariable]],
  ['new-variable', [shape('Name Value Scope Option', 2), setVariable]],
  ['get-variable', [shape('Name Scope ValueOnly', 1), getVariable]],
  ['set-executionpolicy', [shape('ExecutionPolicy Scope', 1), setExecutionPolicy]],
  [
    'register-scheduledtask',
    [shape('TaskName TaskPath Action Trigger User Password Xml InputObject RunLevel Principal Settings', 1), schedule],
  ],
  ['set-scheduledtask', [shape('TaskName TaskPath Action Trigger User Password', 1), schedule]],
  ['register-scheduledjob', [shape('Name ScriptBlock FilePath Trigger', 2), schedule]],
  ['new-service', [shape('Name BinaryPathName DisplayName StartupType Credential', 2), service]],
  ['set-service', [shape('Name StartupType BinaryPathName DisplayName Status Credential', 1), service]],
])

/** Undefined when the command is none of these. */
export function readSpecial(name: string, args: readonly Argument[], run: Run): Value | undefined {
  const special = SPECIALS.get(name)
  return special === undefined ? undefined : special[1](bind(special[0], args, run), run)
}

function newObject(bound: Bound, run: Run): Value {
  const type = bound.values.get('comobject') ?? bound.values.get('typename')
  if (type === undefined) return NOTHING
  if (type.known) return makeObject(type.text, itemsOf(bound.values.get('argumentlist')), run)
  act(
    {
      class: 'process.exec',
      target: 'powershell',
      certainty: 'unknown',
      kind: 'command',
      words: [wordOf(type)],
      detail: 'makes an object of a type that cannot be told',
    },
    run.reading,
  )
  return unknown(type.text, type)
}

function addType(bound: Bound, run: Run): Value {
  const path = bound.values.get('path') ?? bound.values.get('literalpath')
  if (path !== undefined) usePlace(wordOf(path), 'read', run)
  const code = bound.values.get('typedefinition') ?? bound.values.get('memberdefinition') ?? path
  if (code !== undefined) {
    const from = { invocation: invocationOf([known('Add-Type')], run), reading: run.reading }
    runProgram(from.invocation, 'unknown', { reading: run.reading, detail: 'compiles and loads code of another language' })
    if (code !== path && code.text !== '') {
      takeDeletions(code.text, from)
      takeStarted(code.text, from)
    }
  }
  return NOTHING
}

function setLocation(bound: Bound, run: Run): Value {
  const target = bound.values.get('path') ?? bound.values.get('literalpath')
  run.cwd = target === undefined || run.maybe ? undefined : changedFolder(target, run)
  return NOTHING
}

export function changedFolder(target: Value, run: Pick<Run, 'cwd' | 'reading'>): string | undefined {
  if (!target.known || /[*?[]/.test(target.text) || target.text === '-') return undefined
  const home = run.reading.at.home
  const text = home === undefined ? target.text : target.text.replace(/^~(?=[\\/]|$)/, () => home)
  if (/^[A-Za-z]:|^[\\/]/.test(text)) return text
  return run.cwd === undefined ? undefined : `${run.cwd}${run.reading.at.platform === 'windows' ? '\\' : '/'}${text}`
}

function setAlias(bound: Bound, run: Run): Value {
  const [name, value] = [bound.values.get('name'), bound.values.get('value')]
  if (name?.known !== true || value === undefined) return NOTHING
  run.aliases.set(name.text.toLowerCase(), value.known && !run.maybe ? value.text : '')
  return NOTHING
}

function setVariable(bound: Bound, run: Run): Value {
  const [name, value] = [bound.values.get('name'), bound.values.get('value')]
  if (name === undefined) return NOTHING
  if (name.known) run.variables.set(name.text.toLowerCase(), value === undefined ? NOTHING : run.maybe ? unknown(value.text, value) : value)
  return NOTHING
}

function getVariable(bound: Bound, run: Run): Value {
  const name = bound.values.get('name')
  return (name?.known === true ? run.variables.get(name.text.toLowerCase()) : undefined) ?? unknown(`$${name?.text ?? ''}`)
}

function setExecutionPolicy(bound: Bound, run: Run): Value {
  const policy = bound.values.get('executionpolicy') ?? unknown('')
  const lasting = !/^process$/i.test(bound.values.get('scope')?.text ?? 'LocalMachine')
  const common = {
    target: `execution policy ${policy.text}`.slice(0, 80),
    certainty: 'likely' as const,
    words: [],
    detail: 'changes which scripts may run',
  }
  act(lasting ? { ...common, class: 'device.actuate', kind: 'name' } : { ...common, class: 'process.exec', kind: 'command' }, run.reading)
  return NOTHING
}

function schedule(bound: Bound, run: Run): Value {
  const name = bound.values.get('taskname') ?? bound.values.get('name') ?? unknown('*')
  const block = bound.values.get('scriptblock')
  if (block?.block !== undefined) run.follow(block.block.body, run)
  useTask(wordOf(name), run.reading)
  return NOTHING
}

function service(bound: Bound, run: Run): Value {
  const name = bound.values.get('name') ?? unknown('*')
  if (bound.values.has('binarypathname') || bound.values.has('startuptype'))
    useRegistry({
      word: wordOf(name),
      key: `/registry/hklm/system/currentcontrolset/services/${name.text.toLowerCase()}`,
      access: 'write',
      reading: run.reading,
    })
  else
    act(
      { class: 'process.exec', target: `service ${name.text}`.slice(0, 120), certainty: 'likely', kind: 'command', words: [wordOf(name)] },
      run.reading,
    )
  return NOTHING
}

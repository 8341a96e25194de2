import type { CmdletRow } from './cmdlet-table.ts'
import { evaluate } from './evaluate.ts'
import type { Argument } from './syntax.ts'
import type { Run, Value } from './value.ts'

/** Parameters of every command that take a value. */
const COMMON = new Set(
  'erroraction ea warningaction wa informationaction infa progressaction outvariable ov errorvariable ev warningvariable wv pipelinevariable pv outbuffer ob'.split(
    ' ',
  ),
)

export interface Bound {
  /** By the parameter's full lower-case name. */
  readonly values: ReadonlyMap<string, Value>
  /** Parameters given without a value. */
  readonly switches: ReadonlySet<string>
  /** Values that no parameter takes. */
  readonly rest: readonly Value[]
}

/** Tells which argument is which parameter's, as PowerShell does: names may be cut short, places are filled in order. */
export function bind(row: Pick<CmdletRow, 'parameters' | 'positional'>, args: readonly Argument[], run: Run): Bound {
  const values = new Map<string, Value>()
  const switches = new Set<string>()
  const loose: Value[] = []
  for (let at = 0; at < args.length; at += 1) {
    const { parameter, value } = args[at] as Argument
    if (parameter === undefined) {
      if (value !== undefined) addLoose(evaluate(value, run), value.kind === 'variable' && value.splat === true, { values, loose, row })
      continue
    }
    const name = parameterName(row, parameter)
    const next = args[at + 1]
    if (value !== undefined) values.set(name, evaluate(value, run))
    else if (takesValue(row, name) && next?.value !== undefined && next.parameter === undefined) {
      values.set(name, evaluate(next.value, run))
      at += 1
    } else switches.add(name)
  }
  const free = row.positional.filter((name) => !values.has(name) && !isAnotherName(name, values))
  for (const [index, value] of loose.slice(0, free.length).entries()) values.set(free[index] as string, value)
  return { values, switches, rest: loose.slice(free.length) }
}

interface Target {
  readonly values: Map<string, Value>
  readonly loose: Value[]
  readonly row: Pick<CmdletRow, 'parameters' | 'positional'>
}

/** `@splat` gives its entries as named parameters. */
function addLoose(value: Value, splat: boolean, target: Target): void {
  if (!splat || value.table === undefined) target.loose.push(value)
  else for (const [name, entry] of value.table) target.values.set(parameterName(target.row, name), entry)
}

function parameterName(row: Pick<CmdletRow, 'parameters'>, spelled: string): string {
  const lower = spelled.toLowerCase()
  if (row.parameters.has(lower) || COMMON.has(lower)) return lower
  for (const name of row.parameters.keys()) if (name.startsWith(lower)) return name
  return lower
}

function takesValue(row: Pick<CmdletRow, 'parameters'>, name: string): boolean {
  return row.parameters.has(name) || COMMON.has(name)
}

/** `-LiteralPath` fills the place of `-Path`. */
function isAnotherName(name: string, values: ReadonlyMap<string, Value>): boolean {
  if (name === 'path') return values.has('literalpath') || values.has('pspath')
  if (name === 'filepath') return values.has('path') || values.has('literalpath')
  return name === 'destination' && values.has('destinationpath')
}

import type { Expanded, Flow } from '../shell/expanded.ts'
import { NO_FLOW } from '../shell/expanded.ts'
import type { Reading } from '../shell/reading.ts'
import type { Statement } from './syntax.ts'

/** A value as far as it can be told without running anything. */
export interface Value extends Expanded {
  readonly items?: readonly Value[]
  readonly block?: Block
  /** Lower-case .NET or COM type of an object, or of a type literal; `int32` for numbers, `bytes` for text that is encoded bytes. */
  readonly type?: string
  /** What an object was made from. */
  readonly made?: readonly Value[]
  readonly table?: ReadonlyMap<string, Value>
  /** Stands for files found there, not for a text. */
  readonly files?: boolean
}

export interface Block {
  readonly parameters: readonly string[]
  readonly body: readonly Statement[]
}

/** State of following one script. */
export interface Run {
  readonly reading: Reading
  readonly variables: Map<string, Value>
  readonly functions: Map<string, Block>
  readonly aliases: Map<string, string>
  /** Commands, and statements of any kind, that may still be followed. */
  readonly budget: { commands: number; steps: number }
  readonly depth: number
  /** Inside what may not run: what it assigns may or may not hold afterwards. */
  readonly maybe: boolean
  readonly input: Value | undefined
  cwd: string | undefined
  /** Follows statements; answers what they give out. */
  readonly follow: (statements: readonly Statement[], run: Run) => Value
  /** Follows text that would be run as a script. */
  readonly script: (text: string, run: Run) => Value
}

export const NOTHING: Value = { text: '', known: true, glob: false, items: [] }

/** Most values kept of a list, and most characters of a text. */
export const ITEM_LIMIT = 512
const TEXT_LIMIT = 65_536

export function known(text: string): Value {
  return text.length > TEXT_LIMIT ? { text: text.slice(0, TEXT_LIMIT), known: false, glob: false } : { text, known: true, glob: false }
}

export function unknown(text: string, ...from: readonly (Value | undefined)[]): Value {
  const flow = from.find((value) => value?.flow !== undefined)?.flow
  return { text: text.slice(0, TEXT_LIMIT), known: false, glob: false, ...(flow === undefined ? {} : { flow }) }
}

/** What comes from outside the script: fetched, or read from a file. */
export function outside(addresses: readonly string[]): Value {
  return { ...unknown('$_'), flow: { addresses, decodes: false } }
}

export function list(items: readonly Value[]): Value {
  if (items.length === 1) return items[0] as Value
  const kept = items.slice(0, ITEM_LIMIT)
  const flow = kept.find((item) => item.flow !== undefined)?.flow
  return {
    text: kept
      .map((item) => item.text)
      .join(' ')
      .slice(0, TEXT_LIMIT),
    known: items.length <= ITEM_LIMIT && kept.every((item) => item.known),
    glob: kept.some((item) => item.glob),
    items: kept,
    ...(flow === undefined ? {} : { flow }),
  }
}

export function itemsOf(value: Value | undefined): readonly Value[] {
  return value === undefined ? [] : (value.items ?? [value])
}

/** What flows out of a value when it is run. */
export function flowOf(value: Value | undefined): Flow {
  return value?.flow ?? NO_FLOW
}

/** The same with the text itself, when it is known. */
export function contentOf(value: Value | undefined): Flow {
  return value?.known === true && value.files !== true
    ? { ...flowOf(value), text: value.items === undefined ? value.text : value.items.map((item) => item.text).join('\n') }
    : flowOf(value)
}

/** A whole number, when the value is one. */
export function numberOf(value: Value | undefined): number | undefined {
  if (value === undefined || !value.known || value.items !== undefined) return undefined
  if (/^0x[\da-f]{1,8}$/i.test(value.text)) return Number.parseInt(value.text.slice(2), 16)
  return /^-?\d{1,9}$/.test(value.text) ? Number(value.text) : undefined
}

/** Text of the value as a command word: its origin in the script stays with it. */
export function wordOf(value: Value): Expanded {
  return { text: value.text, known: value.known, glob: value.glob, ...(value.flow === undefined ? {} : { flow: value.flow }) }
}

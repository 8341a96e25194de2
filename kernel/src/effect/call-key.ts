import type { ToolCall, ToolDefinition } from '../event/event.ts'
import type { Leaves } from '../event/leaves.ts'

/** Most scalars, and characters of them together, of a call worth remembering. */
const LEAVES = 64
const LENGTH = 4096

/**
 * Equal for calls that are read alike: the same tool with the same arguments in the same place, whoever makes the call. Undefined
 * for calls that are large, and for those whose arguments a text does not tell apart: what is endless is written as `null`.
 */
export function keyOfCall(call: ToolCall, { leaves, complete }: Leaves): string | undefined {
  if (!complete || leaves.length > LEAVES || leaves.reduce((sum, { text }) => sum + text.length, 0) > LENGTH) return undefined
  const args = JSON.stringify(call.args)
  if (args.includes('null')) return undefined
  const { tool, server, cwd, home, platform } = call
  return JSON.stringify([tool, server, cwd, home, platform, numberOf(call.definition), args])
}

function numberOf(definition: ToolDefinition | undefined): number {
  if (definition === undefined) return 0
  const known = NUMBERS.get(definition)
  if (known !== undefined) return known
  next += 1
  NUMBERS.set(definition, next)
  return next
}

/** Definitions are immutable. */
const NUMBERS = new WeakMap<ToolDefinition, number>()
let next = 0

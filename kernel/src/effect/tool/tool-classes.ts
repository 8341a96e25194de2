import type { ToolDefinition } from '../../event/event.ts'
import { EFFECT_CLASSES, type EffectClass } from '../effect.ts'
import { programOf } from './argv-tool.ts'
import { passesOn } from './dispatcher.ts'
import { catalogued } from './tool-catalogue.ts'
import { inferUses } from './tool-inference.ts'

const CLASSES: ReadonlySet<string> = new Set(EFFECT_CLASSES)

/** Uses whose arguments decide what they do, and the classes they can come to. */
const OPEN: Readonly<Record<string, readonly EffectClass[]>> = {
  fetch: ['net.egress'],
  resource: ['data.query', 'net.egress'],
  editor: ['fs.read', 'fs.write'],
  patch: ['fs.write', 'fs.delete'],
  move: ['fs.read'],
}

/**
 * The classes that a call of the tool could have, whatever its arguments: every call has at least one of them. All classes where the
 * arguments are a program; nothing where a call has no effect at all.
 */
export function classesOfTool(tool: ToolDefinition, server: string | undefined): readonly EffectClass[] {
  const keys = argumentsOf(tool)
  const known = catalogued(tool.name, server, keys)
  if (known === undefined && (programOf(tool.name) !== undefined || passesOn(tool.name, keys))) return EFFECT_CLASSES
  const shape = { tool: tool.name, description: tool.description ?? '', texts: new Map<string, string>() }
  const uses = known?.uses ?? [...inferUses({ ...shape, keys }), ...inferUses({ ...shape, keys: [] })]
  if (uses.some(({ what }) => what === 'none')) return []
  const classes = uses.flatMap(({ what }) => (CLASSES.has(what) ? [what as EffectClass] : (OPEN[what] ?? EFFECT_CLASSES)))
  return [...new Set(classes)]
}

function argumentsOf({ inputSchema }: ToolDefinition): readonly string[] {
  if (typeof inputSchema !== 'object' || inputSchema === null || !('properties' in inputSchema)) return []
  const { properties } = inputSchema
  return typeof properties === 'object' && properties !== null ? Object.keys(properties).slice(0, 256) : []
}

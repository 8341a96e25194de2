/** The tools a session was offered, as they were when first seen, and what stands out about them. */
import { findingsIn } from './detectors/index.ts'
import type { ToolCall, ToolDefinition, ToolsOffered } from './event/event.ts'
import type { OtherTool } from './finding/detector.ts'
import type { Finding } from './finding/finding.ts'
import { definitionFingerprint } from './session-digest.ts'

/** Servers and tools whose definitions are pinned; beyond, a definition that was never pinned counts as changed. */
export const PINNED_SERVERS = 64
export const PINNED_TOOLS = 512

/** A tool as it was first seen. */
export interface Pin {
  readonly fingerprint: string
  readonly changed: boolean
  /** What stands out about its name and its descriptions, first and later ones. */
  readonly findings: readonly Finding[]
}

/** Server to tool to pin. */
export type Pins = ReadonlyMap<string, ReadonlyMap<string, Pin>>

export interface Tools {
  readonly pins: Pins
  readonly pinsFull: boolean
}

export interface Pinned {
  readonly pins: Pins
  readonly full: boolean
  /** Tools whose description was not known before. */
  readonly described: readonly ToolDefinition[]
}

/** Most findings kept of one tool. */
const FINDINGS = 8

/** Prompts and resources are offered under the method that fetches them and their own name. */
const FETCHED = /^(?:prompts\/get|resources\/read) /
const isTool = (name: string): boolean => !FETCHED.test(name)
/** The argument by which a fetching call says what it wants. */
const NAMED_BY: Readonly<Record<string, string>> = { 'prompts/get': 'name', 'resources/read': 'uri' }

/** Under which name a call's tool, prompt or resource was offered. */
function offeredName({ tool, args }: ToolCall): string {
  const name = Object.hasOwn(NAMED_BY, tool) ? args[NAMED_BY[tool] ?? ''] : undefined
  return typeof name === 'string' ? `${tool} ${name}` : tool
}

/** Keeps what a server offers; what it says later of a tool that is known is a change. */
export function pinTools({ pins, pinsFull }: Tools, { server, tools, accepted }: ToolsOffered): Pinned {
  const known = pins.get(server)
  if (known === undefined && pins.size >= PINNED_SERVERS) return { pins, full: true, described: [] }
  const here = new Map(known)
  const described: ToolDefinition[] = []
  let [full, others]: [boolean, readonly OtherTool[] | undefined] = [pinsFull, undefined]
  const count = { tools: 0, fetched: 0 }
  for (const name of here.keys()) count[isTool(name) ? 'tools' : 'fetched'] += 1
  for (const tool of tools) {
    const kind = isTool(tool.name) ? 'tools' : 'fetched'
    const fingerprint = definitionFingerprint(tool)
    const pin = here.get(tool.name)
    if (pin !== undefined && accepted !== true && (pin.fingerprint === fingerprint || pin.changed)) continue
    if (pin === undefined && count[kind] >= PINNED_TOOLS) {
      full = true
      continue
    }
    if (pin === undefined) count[kind] += 1
    // Only tools are taken for one another by their names.
    if (kind === 'tools') others ??= othersThan(pins, server)
    const subject = { kind: 'tool', tool: tool.name, server, pinned: undefined, current: undefined, definition: tool } as const
    const findings = findingsIn(kind === 'tools' && others !== undefined ? { ...subject, others } : subject)
    if (pin === undefined || accepted === true) here.set(tool.name, { fingerprint, changed: false, findings: findings.slice(0, FINDINGS) })
    else here.set(tool.name, { ...pin, changed: true, findings: [...pin.findings, ...findings].slice(-FINDINGS) })
    if (accepted !== true) described.push(tool)
  }
  return { pins: new Map(pins).set(server, here), full, described }
}

function othersThan(pins: Pins, server: string): readonly OtherTool[] {
  return [...pins].flatMap(([name, tools]) =>
    name === server ? [] : [...tools.keys()].filter(isTool).map((tool) => ({ server: name, tool })),
  )
}

export interface DefinitionState {
  readonly pinned: string | undefined
  readonly current: string | undefined
  readonly changed: boolean
  /** What stands out about the tool. */
  readonly findings: readonly Finding[]
}

/** The pin of the tool a call goes to, and what the tool is now. */
export function definitionState({ pins, pinsFull }: Tools, call: ToolCall): DefinitionState {
  const name = offeredName(call)
  const pin = pins.get(call.server ?? '')?.get(name)
  const current = call.definition === undefined ? undefined : definitionFingerprint(call.definition)
  const unpinnable = pin === undefined && pinsFull && call.server !== undefined && name === call.tool
  const changed = unpinnable || pin?.changed === true || (pin !== undefined && current !== undefined && pin.fingerprint !== current)
  return {
    pinned: pin?.fingerprint,
    current: changed && current === pin?.fingerprint ? 'changed since' : (current ?? (changed ? 'changed since' : undefined)),
    changed,
    findings: pin !== undefined && current === undefined ? pin.findings : [...(pin?.findings ?? []), ...ofDefinition(call, pin, current)],
  }
}

/** A definition that comes with the call and was never offered is looked at as well, once. */
function ofDefinition({ definition, tool, server }: ToolCall, pin: Pin | undefined, current: string | undefined): readonly Finding[] {
  if (definition === undefined || pin?.fingerprint === current) return []
  let findings = LOOKED_AT.get(definition)
  if (findings === undefined) {
    findings = findingsIn({ kind: 'tool', tool, server: server ?? '', pinned: undefined, current: undefined, definition })
    LOOKED_AT.set(definition, findings)
  }
  return findings
}

/** Definitions are immutable, so the same object has the same findings. */
const LOOKED_AT = new WeakMap<ToolDefinition, readonly Finding[]>()

import type { CallReading } from '../effect/effects-of.ts'
import { EFFECT_CLASSES, type EffectClass } from '../effect/effect.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import type { ToolCall } from '../event/event.ts'
import type { Leaf } from '../event/leaves.ts'

/** One call, as far as later calls are held against it. A few hundred bytes, whatever the call was. */
export interface Step {
  /** For people. */
  readonly tool: string
  /** Effect classes, one bit each. */
  readonly classes: number
  /** Those that touch a path outside the working folder. */
  readonly outside: number
  /** Those that reach a host that is not private. */
  readonly public: number
  /** What it was done to: hashes, and beside each the effect class as a bit. */
  readonly targets: readonly number[]
  readonly done: readonly number[]
  /** Hash of tool and arguments. */
  readonly fingerprint: number
  /** It was stopped. */
  readonly refused: boolean
  /** How much that counts against the principal; 0 for a call that was let go. */
  readonly misconduct: number
}

const BITS: ReadonlyMap<EffectClass, number> = new Map(EFFECT_CLASSES.map((name, index) => [name, 1 << index]))

export function bitOf(effectClass: EffectClass): number {
  return BITS.get(effectClass) ?? 0
}

export function bitsOf(classes: readonly EffectClass[]): number {
  return classes.reduce((bits, name) => bits | bitOf(name), 0)
}

/** The effect classes of a step. */
export function classesOf({ classes }: Step): readonly EffectClass[] {
  return EFFECT_CLASSES.filter((name) => (classes & bitOf(name)) !== 0)
}

/** Most targets held of one call. */
const TARGETS = 16
const TOOL_NAME = 60

export function stepOf(call: ToolCall, reading: CallReading): Step {
  return last?.call === call && last.reading === reading ? last.step : (last = { call, reading, step: read(call, reading) }).step
}

/** Calls are immutable; one is asked about when it is decided and again when it is remembered. */
let last: { readonly call: ToolCall; readonly reading: CallReading; readonly step: Step } | undefined

function read(call: ToolCall, { effects, leaves }: CallReading): Step {
  let [classes, outside, reached] = [0, 0, 0]
  const [targets, done]: [number[], number[]] = [[], []]
  for (const one of effects) {
    const bit = bitOf(one.effect.class)
    classes |= bit
    if (one.kind === 'path' && one.insideWorkspace !== true) outside |= bit
    if (one.hostPrivate !== true) reached |= bit
    if (targets.length >= TARGETS) continue
    targets.push(hashOf(0, placeOf(one, call)))
    done.push(bit)
  }
  const fingerprint = fingerprintOf(call, leaves.leaves)
  return {
    tool: call.tool.slice(0, TOOL_NAME),
    classes,
    outside,
    public: reached,
    targets,
    done,
    fingerprint,
    refused: false,
    misconduct: 0,
  }
}

/** A program run by its path is the file that was written there. */
function placeOf({ effect, kind }: TracedEffect, { cwd }: ToolCall): string {
  const relative = kind === 'command' && cwd !== undefined && effect.target.startsWith('./')
  return relative ? `${cwd.endsWith('/') ? cwd.slice(0, -1) : cwd}${effect.target.slice(1)}` : effect.target
}

/** Most arguments, and most characters at both ends of each, that tell one call from another; lengths tell as well. */
const LEAVES = 64
const ENDS = 512

function fingerprintOf({ tool, server }: ToolCall, leaves: readonly Leaf[]): number {
  let hash = hashOf(hashOf(leaves.length, tool), server ?? '')
  for (let index = 0; index < Math.min(leaves.length, LEAVES); index += 1) {
    const { pointer, text } = leaves[index] as Leaf
    hash = hashOf(hash, pointer)
    hash = text.length <= 2 * ENDS ? hashOf(hash, text) : hashOf(hashOf(hash, text.slice(0, ENDS)), text.slice(-ENDS)) ^ text.length
  }
  return hash
}

/** FNV-1a over 16-bit units, with the length mixed in so that `ab`,`c` is not `a`,`bc`. */
function hashOf(start: number, text: string): number {
  let hash = start ^ 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return Math.imul(hash ^ text.length, 0x85ebca6b) | 0
}

import type { Event, ToolDefinition } from './event/event.ts'
import type { Json, JsonObject } from './event/json.ts'
import { type Leaves, leavesOf, leavesOfArguments } from './event/leaves.ts'

/** A running hash of what a session has seen: two 32-bit lanes. Names a state; proves nothing to an adversary. */
export interface RunningDigest {
  readonly left: number
  readonly right: number
  readonly events: number
}

export const EMPTY_DIGEST: RunningDigest = { left: 0xdeadbeef, right: 0x41c6ce57, events: 0 }

export function digestEvent(digest: RunningDigest, event: Event): RunningDigest {
  const mixer = new Mixer(digest.left, digest.right)
  const fields = event as unknown as Readonly<Record<string, Json | undefined>>
  for (const name of Object.keys(event)) {
    const value = fields[name]
    if (typeof value === 'string') mixer.take(name, value)
    // Every call carries its whole definition along: its fingerprint says as much and is made once.
    else if (name === 'definition') mixer.take(name, definitionFingerprint(value as unknown as ToolDefinition))
    else if (name === 'args') mixer.takeLeaves(name, leavesOfArguments(value as JsonObject))
    else if (value !== undefined) mixer.takeLeaves(name, leavesOf(value))
  }
  return { left: mixer.left >>> 0, right: mixer.right >>> 0, events: digest.events + 1 }
}

/** Name, description and input schema, which a model goes by, and annotations, which its application goes by. */
export function definitionFingerprint(tool: ToolDefinition): string {
  const known = FINGERPRINTS.get(tool)
  if (known !== undefined) return known
  const { name, description, inputSchema, annotations } = tool
  const made = fingerprint({
    name,
    description: description ?? null,
    inputSchema: inputSchema ?? null,
    ...(annotations === undefined ? {} : { annotations: hintsText(annotations) }),
  })
  FINGERPRINTS.set(tool, made)
  return made
}

/** Hints are mostly yes or no, so their values count whatever kind they are; their order does not. */
function hintsText(annotations: Json): string {
  if (typeof annotations !== 'object' || annotations === null) return JSON.stringify(annotations)
  const hints = Object.entries(annotations).map(([name, value]) => `${name}=${JSON.stringify(value)}`)
  return hints.sort().join('\n')
}

/** Definitions are immutable, so the same object has the same fingerprint. */
const FINGERPRINTS = new WeakMap<ToolDefinition, string>()

/** `events-hash`. Equal for sessions that saw the same events in the same order. */
export function digestText(digest: RunningDigest): string {
  return `${digest.events}-${lanesText(digest.left, digest.right)}`
}

/** Short name of any JSON value; equal for equal values. */
function fingerprint(value: Json): string {
  const mixer = new Mixer(EMPTY_DIGEST.left, EMPTY_DIGEST.right)
  mixer.takeLeaves('', leavesOf(value))
  return lanesText(mixer.left >>> 0, mixer.right >>> 0)
}

/** cyrb53's mixing, kept at its full 64 bits. */
class Mixer {
  left: number
  right: number

  constructor(left: number, right: number) {
    this.left = left
    this.right = right
  }

  take(name: string, text: string): void {
    this.#mix(name)
    this.#mix(text)
  }

  takeLeaves(name: string, { leaves }: Leaves): void {
    this.#mix(name)
    for (const { pointer, text } of leaves) this.take(pointer, text)
  }

  #mix(text: string): void {
    let { left, right } = this
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index)
      left = Math.imul(left ^ code, 2654435761)
      right = Math.imul(right ^ code, 1597334677)
    }
    // The length keeps `ab`,`c` apart from `a`,`bc`.
    this.left = Math.imul(left ^ (left >>> 16) ^ text.length, 2246822507)
    this.right = Math.imul(right ^ (right >>> 13) ^ text.length, 3266489909)
  }
}

function lanesText(left: number, right: number): string {
  return laneText(left) + laneText(right)
}

/** Eight hex digits, octet by octet: a number beyond 31 bits is costly to write at once. */
function laneText(lane: number): string {
  return (
    (OCTETS[lane >>> 24] as string) +
    (OCTETS[(lane >>> 16) & 255] as string) +
    (OCTETS[(lane >>> 8) & 255] as string) +
    (OCTETS[lane & 255] as string)
  )
}

const OCTETS: readonly string[] = Array.from({ length: 256 }, (_, octet) => octet.toString(16).padStart(2, '0'))

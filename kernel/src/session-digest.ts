import type { Event } from './event/event.ts'
import type { Json } from './event/json.ts'
import { leavesOf } from './event/leaves.ts'

/** A running hash of what a session has seen: two 32-bit lanes. Names a state; proves nothing to an adversary. */
export interface RunningDigest {
  readonly left: number
  readonly right: number
  readonly events: number
}

export const EMPTY_DIGEST: RunningDigest = { left: 0xdeadbeef, right: 0x41c6ce57, events: 0 }

export function digestEvent(digest: RunningDigest, event: Event): RunningDigest {
  let { left, right } = digest
  for (const { pointer, text } of leavesOf(event as unknown as Json).leaves) {
    ;[left, right] = mix(mix([left, right], pointer), text)
  }
  return { left, right, events: digest.events + 1 }
}

/** `events-hash`. Equal for sessions that saw the same events in the same order. */
export function digestText(digest: RunningDigest): string {
  return `${digest.events}-${fingerprintText([digest.left, digest.right])}`
}

/** Short name of any JSON value; equal for equal values. */
export function fingerprint(value: Json): string {
  let lanes: Lanes = [0xdeadbeef, 0x41c6ce57]
  for (const { pointer, text } of leavesOf(value).leaves) lanes = mix(mix(lanes, pointer), text)
  return fingerprintText(lanes)
}

type Lanes = readonly [number, number]

/** cyrb53's mixing, kept at its full 64 bits. */
function mix(lanes: Lanes, text: string): Lanes {
  let [left, right] = lanes
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    left = Math.imul(left ^ code, 2654435761)
    right = Math.imul(right ^ code, 1597334677)
  }
  // The length keeps `ab`,`c` apart from `a`,`bc`.
  left = Math.imul(left ^ (left >>> 16) ^ text.length, 2246822507)
  right = Math.imul(right ^ (right >>> 13) ^ text.length, 3266489909)
  return [left >>> 0, right >>> 0]
}

function fingerprintText(lanes: Lanes): string {
  return lanes.map((lane) => lane.toString(16).padStart(8, '0')).join('')
}

/** Changes single places of a request and keeps the meaning of everything else, to the last digit of every number. */
import type { Json } from '@assize/kernel'
import type { Place } from './dialect.ts'

interface Rewriting {
  /** Text that takes the place of another, by place. */
  readonly texts?: readonly { readonly place: Place; readonly text: string }[]
  readonly removed?: readonly Place[]
}

type Container = { [key: string]: unknown } | unknown[]

/** The request as a value that may be changed; numbers keep their spelling. The text must be JSON. */
export function changeable(text: string): Json {
  return JSON.parse(text, (_key, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && context?.source !== undefined && String(value) !== context.source ? rawJson(context.source) : value,
  ) as Json
}

/** Newer than the types of the language. */
const { rawJSON: rawJson } = JSON as unknown as { readonly rawJSON: (text: string) => unknown }

/** Changes `root` itself. Lists and objects that become empty by it go as well. */
export function rewrite(root: Json, { texts = [], removed = [] }: Rewriting): void {
  for (const { place, text } of texts) {
    const holder = at(root, place.slice(0, -1))
    const key = place.at(-1)
    if (holder !== undefined && key !== undefined) set(holder, key, text)
  }
  // From behind, so that what is removed does not move what is to be.
  for (const place of [...removed].sort(behindFirst)) remove(root, place)
}

function remove(root: Json, place: Place): void {
  const key = place.at(-1)
  const holder = at(root, place.slice(0, -1))
  if (holder === undefined || key === undefined) return
  if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else delete holder[key]
  const empty = Array.isArray(holder) ? holder.length === 0 : Object.keys(holder).length === 0
  if (empty && place.length > 1) remove(root, place.slice(0, -1))
}

function at(root: Json, place: Place): Container | undefined {
  let value: unknown = root
  for (const key of place) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as { readonly [key: string]: unknown })[key]
  }
  return typeof value === 'object' && value !== null ? (value as Container) : undefined
}

function set(holder: Container, key: string | number, text: string): void {
  if (Array.isArray(holder)) holder[Number(key)] = text
  else Object.defineProperty(holder, key, { value: text, writable: true, enumerable: true, configurable: true })
}

function behindFirst(left: Place, right: Place): number {
  for (let index = 0; index < Math.min(left.length, right.length); index += 1) {
    const [one, other] = [left[index], right[index]]
    if (one === other) continue
    if (typeof one === 'number' && typeof other === 'number') return other - one
    return String(one) < String(other) ? 1 : -1
  }
  return right.length - left.length
}

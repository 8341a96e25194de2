import type { Surroundings } from './surroundings.ts'

/** Results kept, and longest key that is kept; agents name the same few files over and over. */
const MOST_KEPT = 1024
const LONGEST_KEY = 1024
/** Folders that work goes on in at one time; another one takes the place of the oldest. */
const MOST_PLACES = 8

/** A pure function that remembers its last results. What is returned is shared, so it must be immutable. */
export function remembered<Value>(): (key: string, make: () => Value) => Value {
  const kept = new Map<string, Value>()
  // One longer key as well: a command may name the same long thing beside each of a thousand others.
  let long: { readonly key: string; readonly made: Value } | undefined
  return (key, make) => {
    if (key.length > LONGEST_KEY) {
      if (long?.key !== key) long = { key, made: make() }
      return long.made
    }
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make()
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, made)
    return made
  }
}

/**
 * A function of an immutable object, and of another, that remembers the last two: what is asked about a call when it is decided is asked again when
 * it is remembered, with at most the next one in between. Cheaper than a `WeakMap`, which the collector has to go through.
 */
export function rememberedOfLast<Key extends object, Also, Value>(make: (key: Key, also: Also) => Value): (key: Key, also: Also) => Value {
  let [newer, older]: readonly ({ readonly key: Key; readonly also: Also; readonly value: Value } | undefined)[] = []
  return (key, also) => {
    if (newer?.key === key && newer.also === also) return newer.value
    if (older?.key === key && older.also === also) return older.value
    const made = { key, also, value: make(key, also) }
    older = newer
    newer = made
    return made.value
  }
}

/** The same for what depends on the surroundings as well. */
export function rememberedAt<Value>(): (at: Surroundings, key: string, make: () => Value) => Value {
  const places: { readonly at: Surroundings; readonly recall: ReturnType<typeof remembered<Value>> }[] = []
  return (at, key, make) => {
    for (const place of places) if (isSame(place.at, at)) return place.recall(key, make)
    const recall = remembered<Value>()
    if (places.length >= MOST_PLACES) places.shift()
    places.push({ at, recall })
    return recall(key, make)
  }
}

function isSame(left: Surroundings, right: Surroundings): boolean {
  return left.cwd === right.cwd && left.workspace === right.workspace && left.home === right.home && left.platform === right.platform
}

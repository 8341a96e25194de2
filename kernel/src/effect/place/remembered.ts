/** Results kept, and longest key that is kept; agents name the same few files over and over. */
const MOST_KEPT = 1024
const LONGEST_KEY = 1024

/** A pure function that remembers its last results. What is returned is shared, so it must be immutable. */
export function remembered<Value>(): (key: string, make: () => Value) => Value {
  const kept = new Map<string, Value>()
  return (key, make) => {
    if (key.length > LONGEST_KEY) return make()
    const known = kept.get(key)
    if (known !== undefined) return known
    const made = make()
    if (kept.size >= MOST_KEPT) kept.clear()
    kept.set(key, made)
    return made
  }
}

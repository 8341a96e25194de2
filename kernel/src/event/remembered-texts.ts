/** Longest text that is kept: of long keys, engines go by the length, and long texts rarely come twice. */
const LONGEST = 65_536

/**
 * A pure function of a text that remembers what came of the last texts: system prompts, tools and files come again in every
 * session. Holds texts of `most` characters together at most. What is returned is shared, so it must be immutable.
 */
export function rememberedTexts<Value>(most: number): (text: string, make: (text: string) => Value) => Value {
  let newer = new Map<string, Value>()
  let older = new Map<string, Value>()
  let room = most / 2
  return (text, make) => {
    if (text.length > LONGEST) return make(text)
    const known = newer.get(text)
    if (known !== undefined) return known
    const value = older.get(text) ?? make(text)
    room -= text.length
    if (room < 0) {
      older = newer
      newer = new Map()
      room = most / 2 - text.length
    }
    newer.set(text, value)
    return value
  }
}

/** Seeded chance: the same seed makes the same choices on every machine. */
export interface Chance {
  /** A whole number from 0 up to, not including, `limit`. */
  readonly below: (limit: number) => number
  readonly pick: <Item>(items: readonly Item[]) => Item
  /** True this often, 0 to 1. */
  readonly happens: (share: number) => boolean
  /** A made-up word of so many syllables that no dictionary holds. */
  readonly word: (syllables: number) => string
  readonly shuffled: <Item>(items: readonly Item[]) => readonly Item[]
}

const [CONSONANTS, VOWELS] = ['bdfgklmnprstvz', 'aeiou']

/** `name` may be any text, such as `7/web-page/imperative`. */
export function chanceOf(name: string): Chance {
  const next = generatorOf(name)
  const below = (limit: number): number => Math.floor(next() * limit)
  const pick = <Item>(items: readonly Item[]): Item => {
    if (items.length === 0) throw new RangeError('There is nothing to pick from.')
    return items[below(items.length)] as Item
  }
  const syllable = (): string => pick(CONSONANTS.split('')) + pick(VOWELS.split('')) + (below(3) === 0 ? pick(CONSONANTS.split('')) : '')
  return {
    below,
    pick,
    happens: (share) => next() < share,
    word: (syllables) => Array.from({ length: syllables }, syllable).join(''),
    shuffled: (items) => {
      const rest = [...items]
      return items.map(() => rest.splice(below(rest.length), 1)[0] as (typeof items)[number])
    },
  }
}

/** Mulberry32 over a hash of the name: small, and even enough to choose by. */
function generatorOf(name: string): () => number {
  let state = 0x811c9dc5
  for (let index = 0; index < name.length; index += 1) state = Math.imul(state ^ name.charCodeAt(index), 0x01000193)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** Makes texts that readers choke on, the same for the same seed. */

/** A small generator of numbers below one; the same for the same seed. */
export function numbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Random = () => number

function pick<Item>(items: readonly Item[], random: Random): Item {
  return items[Math.floor(random() * items.length)] as Item
}

/** Longest text made. */
const LENGTH = 40_000

const MAKERS: readonly ((pieces: readonly string[], random: Random) => string)[] = [
  // Pieces in any order.
  (pieces, random) => Array.from({ length: 1 + Math.floor(random() * 60) }, () => pick(pieces, random)).join(random() < 0.5 ? ' ' : ''),
  // One piece over and over: nesting, and whatever grows faster than its text.
  (pieces, random) => pick(pieces, random).repeat(1 + Math.floor(random() * 4000)),
  (pieces, random) => `${pick(pieces, random)}${pick(pieces, random)} `.repeat(1 + Math.floor(random() * 2000)),
  // Opened often, closed often.
  (pieces, random) => {
    const count = 1 + Math.floor(random() * 400)
    return pick(pieces, random).repeat(count) + pick(pieces, random) + pick(pieces, random).repeat(count)
  },
  // Any characters.
  (_, random) =>
    Array.from({ length: Math.floor(random() * 400) }, () =>
      String.fromCodePoint(Math.floor(random() * (random() < 0.8 ? 128 : 0xd7ff))),
    ).join(''),
  // Long runs of one character among pieces.
  (pieces, random) =>
    `${pick(pieces, random)}${pick([...' a0/*.\\"\'\n(='], random).repeat(Math.floor(random() * 20_000))}${pick(pieces, random)}`,
]

export function hostileText(pieces: readonly string[], random: Random): string {
  let text = pick(MAKERS, random)(pieces, random)
  for (let change = Math.floor(random() * 4); change > 0; change -= 1) {
    const at = Math.floor(random() * text.length)
    text =
      text.slice(0, at) +
      (random() < 0.5 ? pick(pieces, random) : pick(MAKERS, random)(pieces, random)) +
      text.slice(at + Math.floor(random() * 8))
  }
  return text.slice(0, LENGTH)
}

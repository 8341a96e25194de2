import { randomFillSync } from 'node:crypto'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LETTERS = Buffer.from(ALPHABET, 'latin1')
const RANDOM_LENGTH = 16
const POOL_BYTES = 1024

/** Makes ULIDs: sortable by time, and within one millisecond by the order they were made in. */
export function ulidSource(now: () => number): () => string {
  const pool = Buffer.alloc(POOL_BYTES)
  let used = POOL_BYTES
  let last = 0
  const digits = new Uint8Array(RANDOM_LENGTH)
  const letters = Buffer.alloc(RANDOM_LENGTH)
  let lastText = ''
  const refresh = () => {
    if (used + RANDOM_LENGTH > POOL_BYTES) {
      randomFillSync(pool)
      used = 0
    }
    for (let index = 0; index < RANDOM_LENGTH; index += 1) digits[index] = (pool[used + index] ?? 0) & 31
    used += RANDOM_LENGTH
  }
  return () => {
    const time = Math.max(last, Math.trunc(now()))
    if (time > last || lastText === '') {
      refresh()
      lastText = encodeTime(time)
    } else increment(digits)
    last = time
    for (let index = 0; index < RANDOM_LENGTH; index += 1) letters[index] = LETTERS[digits[index] as number] as number
    return lastText + letters.toString('latin1')
  }
}

function increment(digits: Uint8Array): void {
  for (let index = digits.length - 1; index >= 0; index -= 1) {
    const value = ((digits[index] ?? 0) + 1) & 31
    digits[index] = value
    if (value !== 0) return
  }
}

function encodeTime(time: number): string {
  let text = ''
  for (let rest = time, place = 0; place < 10; place += 1) {
    text = `${ALPHABET[rest % 32] ?? '0'}${text}`
    rest = Math.trunc(rest / 32)
  }
  return text
}

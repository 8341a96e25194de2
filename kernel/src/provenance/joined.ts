/** A value that stands in no text as it is, put together from pieces that do: a host from one and a path from another, a key in halves. */
import { findWhole, type Hit } from './search.ts'
import { type Reach, viewsHolding } from './segment.ts'
import { fold, isWordCode, NO_LETTER, withLetter, wordsOf } from './words.ts'

export interface JoinedPiece {
  readonly text: string
  readonly hit: Hit
  /** Where in the value it begins. */
  readonly start: number
}

/** Values looked at: no shorter or longer, and without a blank in them. */
const [VALUE_FROM, VALUE_TO] = [8, 160]
/** Shortest piece at the ends of words, and within one. */
const [PIECE, PART] = [3, 4]
/** Most pieces, signs between two of them, and searches for pieces. */
const [PIECES, GLUE, SEARCHES] = [8, 3, 24]

/** The pieces in order; nothing unless they explain all of the value but signs. Bounded whatever the value. */
export function joinedFrom(reaches: readonly Reach[], value: string): readonly JoinedPiece[] {
  if (reaches.length === 0 || value.length < VALUE_FROM || value.length > VALUE_TO || /\s/.test(value)) return []
  const looking: Looking = { reaches, folded: fold(value), failed: new Set(), found: new Map() }
  const pieces = piecesFrom(looking, 0, PIECES) ?? []
  return pieces.length < 2 ? [] : pieces
}

interface Looking {
  readonly reaches: readonly Reach[]
  readonly folded: string
  /** Places from which the rest of the value cannot be explained. */
  readonly failed: Set<number>
  /** What was searched for. */
  readonly found: Map<string, Hit | undefined>
}

/** Longest pieces first. Undefined when the rest cannot be explained. */
function piecesFrom(looking: Looking, from: number, most: number): readonly JoinedPiece[] | undefined {
  const { folded, failed } = looking
  let at = from
  while (at < folded.length && at - from <= GLUE && !isWordCode(folded.charCodeAt(at))) at += 1
  if (at === folded.length) return []
  if (at - from > GLUE || most === 0 || failed.has(at)) return undefined
  for (const end of endsFrom(looking, at).toReversed()) {
    if (looking.found.size >= SEARCHES) return undefined
    const text = folded.slice(at, end)
    const hit = pieceAt(looking, text)
    if (hit === undefined) continue
    const rest = piecesFrom(looking, end, most - 1)
    if (rest !== undefined) return [{ text, hit, start: at }, ...rest]
  }
  failed.add(at)
  return undefined
}

/** Where a piece that begins here may end: all of its words, and the beginning of its last one, are words of some text. */
function endsFrom({ reaches, folded }: Looking, at: number): readonly number[] {
  const ends: number[] = []
  let [start, hash] = [at, NO_LETTER]
  for (let end = at + 1; end <= folded.length; end += 1) {
    const code = folded.charCodeAt(end - 1)
    if (!isWordCode(code)) {
      start = end
      hash = NO_LETTER
      continue
    }
    hash = withLetter(hash, code)
    const inside = end < folded.length && isWordCode(folded.charCodeAt(end))
    const held = end - start === 1 ? !inside : isHeld(reaches, hash | 0)
    if (held && end - at >= (inside ? PART : PIECE)) ends.push(end)
    if (!inside && !held) break
  }
  return ends
}

function isHeld(reaches: readonly Reach[], hash: number): boolean {
  return reaches.some((reach) => viewsHolding(reach, hash)?.length !== 0)
}

function pieceAt({ reaches, found }: Looking, text: string): Hit | undefined {
  if (found.has(text)) return found.get(text)
  const { hashes } = wordsOf(text)
  // What stands everywhere tells nothing, and costs most.
  const telling = reaches.filter((reach) => hashes.some((hash) => (viewsHolding(reach, hash)?.length ?? 0) > 0))
  let apart: Hit | undefined
  for (const hit of findWhole(telling, text)) {
    const start = [hit.start, ...hit.again].find((place) => isSetApart(hit, place, text))
    if (start === undefined) continue
    apart = { ...hit, start, end: start + text.length, again: [] }
    break
  }
  found.set(text, apart)
  return apart
}

/** No word among others: quoted, after a colon, or such as nobody writes for a word. */
function isSetApart({ view }: Hit, start: number, text: string): boolean {
  if (/\d/.test(text) || /[\p{L}\p{N}][-._/@:+=]+[\p{L}\p{N}]/u.test(text)) return true
  const before = view.folded.slice(Math.max(0, start - 3), start)
  const after = view.folded[start + text.length] ?? '\n'
  return (/["'`“‘«]$/.test(before) && /["'`”’»]/.test(after)) || (/[:=]\s?["']?$/.test(before) && /[\s"',;.)}\]|]/.test(after))
}

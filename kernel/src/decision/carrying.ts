import { decodePercent } from '../event/encoding.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findParts, findWhole, type Hit } from '../provenance/search.ts'
import { decodeOnce } from '../provenance/view.ts'
import { SHINGLE } from '../provenance/words.ts'

/** Pieces of an address looked at, and from which length on one can hold something. */
const PIECES = 24
const [PIECE_FROM, OPAQUE_FROM] = [16, 24]
/** Part of the words of a longer piece that must come from one text. */
const TAKEN = 0.5

/**
 * Whether an address takes something along to its host: what only a text of another place holds, plain or encoded, or a long
 * name that no text holds. An address that stands as it is in some text takes nothing of the session's along.
 */
export function carriesAlong({ effect, host, retrieval }: TracedEffect, evidence: Evidence): boolean {
  if (host === undefined || retrieval !== true || evidence.read.length === 0) return false
  return piecesOf(effect.target, host).some((piece) => isElsewhere(piece, host, evidence))
}

function piecesOf(url: string, host: string): readonly string[] {
  const at = url.indexOf(host)
  const rest = at < 0 ? url : url.slice(at + host.length)
  const parts = rest.split(/[/?&=#;]+/).filter(({ length }) => length >= PIECE_FROM)
  return parts.slice(0, PIECES).flatMap((part) => {
    const plain = (decodePercent(part) ?? part).replaceAll('+', ' ')
    const inner = decodeOnce(plain)?.text
    return inner === undefined ? [plain] : [plain, inner]
  })
}

function isElsewhere(piece: string, host: string, evidence: Evidence): boolean {
  const spelled = [piece, piece.replaceAll(/[-_.]+/g, ' ')]
  if (spelled.some((text) => findWhole(evidence.said, text).length > 0)) return false
  const hits = spelled.flatMap((text) => holding(text, evidence.read))
  if (hits.length > 0) return hits.every(({ view }) => view.source.host !== host)
  return (
    piece.length >= OPAQUE_FROM &&
    /^[\w-]+$/.test(piece) &&
    /\d/.test(piece) &&
    /[a-z]/i.test(piece) &&
    holding(piece, evidence.made).length === 0
  )
}

function holding(text: string, shelf: Evidence['read']): readonly Hit[] {
  const whole = findWhole(shelf, text)
  if (whole.length > 0 || text.split(/[^\p{L}\p{N}]+/u).length < SHINGLE) return whole
  return findParts(shelf, text).filter(({ coverage }) => coverage >= TAKEN)
}

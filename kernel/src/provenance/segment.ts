import { Postings } from './postings.ts'
import type { View } from './view.ts'
import { visitWords } from './words.ts'

/**
 * A growing piece of the index: which views hold which words and which runs of words. Appended to in place, so every
 * reader says how much of it existed for it (`Reach`): an older session never sees what a later one added.
 */
export interface Segment {
  readonly views: View[]
  readonly postings: Postings
  units: number
  /** Many go on from here: nobody appends to it any more, and each goes on from a copy. */
  shared: boolean
}

/** How much of a segment one session sees. */
export interface Reach {
  readonly segment: Segment
  readonly views: number
}

export function newSegment(): Segment {
  return { views: [], postings: new Postings(), units: 0, shared: false }
}

export function fullReach(segment: Segment): Reach {
  return { segment, views: segment.views.length }
}

/** A copy of what a session sees, for one that goes another way from there. */
export function copyReach({ segment, views }: Reach): Segment {
  const kept = segment.views.slice(0, views)
  return {
    views: kept,
    postings: segment.postings.upTo(views),
    units: kept.reduce((sum, view) => sum + view.text.length, 0),
    shared: false,
  }
}

/** Texts have fewer hashes than that, mostly. */
const LETTERS_PER_HASH = 5

export function appendView(segment: Segment, view: View): void {
  const { views, postings } = segment
  const at = views.length
  views.push(view)
  segment.units += view.text.length
  postings.reserve(view.folded.length / LETTERS_PER_HASH)
  visitWords(view.folded, (hash) => postings.add(hash, at))
}

/** Views that hold a hash, newest first; undefined when they are too many to tell. */
export function viewsHolding({ segment, views }: Reach, hash: number): readonly number[] | undefined {
  return segment.postings.viewsHolding(hash, views)
}

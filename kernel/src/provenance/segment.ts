import type { View } from './view.ts'
import { SHINGLE, shingleAt, wordsOf } from './words.ts'

/**
 * A growing piece of the index: which views hold which words and which runs of words. Appended to in place, so every
 * reader says how much of it existed for it (`Reach`): an older session never sees what a later one added.
 */
export interface Segment {
  readonly views: View[]
  /** Word or shingle hash to its newest posting. */
  readonly newest: Map<number, number>
  /** Per posting: the view it points to, and the next older posting of the same hash or -1. */
  readonly viewOf: number[]
  readonly older: number[]
  /** Per posting: how many of the same hash there are up to it. */
  readonly nth: number[]
  /** Hashes whose postings were cut at the limit, and from which view on: every view may hold them. */
  readonly common: Map<number, number>
  units: number
}

/** How much of a segment one session sees. */
export interface Reach {
  readonly segment: Segment
  readonly views: number
  readonly postings: number
}

/** Most views told per word; a word in more of them is common and narrows nothing. */
const VIEWS_PER_WORD = 32

export function newSegment(): Segment {
  return { views: [], newest: new Map(), viewOf: [], older: [], nth: [], common: new Map(), units: 0 }
}

export function fullReach(segment: Segment): Reach {
  return { segment, views: segment.views.length, postings: segment.viewOf.length }
}

/** A copy of what a session sees, for one that goes another way from there. */
export function copyReach(reach: Reach): Segment {
  const copy = newSegment()
  for (let index = 0; index < reach.views; index += 1) appendView(copy, reach.segment.views[index] as View)
  return copy
}

export function appendView(segment: Segment, view: View): void {
  const at = segment.views.length
  segment.views.push(view)
  segment.units += view.text.length
  const words = wordsOf(view.folded)
  for (let index = 0; index < words.hashes.length; index += 1) {
    // A single letter or digit tells nothing; an ideograph does.
    if ((words.ends[index] as number) - (words.starts[index] as number) > 1 || view.folded.charCodeAt(words.starts[index] as number) > 127)
      post(segment, words.hashes[index] as number, at)
    if (index + SHINGLE <= words.hashes.length) post(segment, shingleAt(words.hashes, index), at)
  }
}

function post(segment: Segment, hash: number, view: number): void {
  const newest = segment.newest.get(hash)
  if (newest !== undefined) {
    if (segment.viewOf[newest] === view || segment.common.has(hash)) return
    if ((segment.nth[newest] as number) >= VIEWS_PER_WORD) {
      segment.common.set(hash, view)
      return
    }
  }
  segment.newest.set(hash, segment.viewOf.length)
  segment.viewOf.push(view)
  segment.older.push(newest ?? -1)
  segment.nth.push(newest === undefined ? 1 : (segment.nth[newest] as number) + 1)
}

/** Views that hold a hash, newest first; undefined when they are too many to tell. */
export function viewsHolding(reach: Reach, hash: number): readonly number[] | undefined {
  const { segment } = reach
  const newest = segment.newest.get(hash)
  if (newest === undefined) return NONE
  const common = segment.common.size === 0 ? undefined : segment.common.get(hash)
  if (common !== undefined && common < reach.views) return undefined
  const views: number[] = []
  for (let posting = newest; posting >= 0; posting = segment.older[posting] as number) {
    if (posting < reach.postings) views.push(segment.viewOf[posting] as number)
  }
  return views
}

const NONE: readonly number[] = []

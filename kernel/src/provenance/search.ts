import { remembered } from '../effect/place/remembered.ts'
import { type Reach, viewsHolding } from './segment.ts'
import type { View } from './view.ts'
import { fold, isWordCode, SHINGLE, shingleAt, type Words, wordsOf } from './words.ts'

/** Where a text stands in a view. */
export interface Hit {
  readonly view: View
  /** [start, end) in the view's text. */
  readonly start: number
  readonly end: number
  /** Part of the value that stands there, 0 to 1. */
  readonly coverage: number
  /** The value's beginning stands there. */
  readonly head: boolean
  /** Where else in the view it starts. */
  readonly again: readonly number[]
}

/** Most hits told per shelf and text. */
export const HITS = 32
/** Most places told per view. */
const PLACES = 8
/** Most words of a long value that are looked up. */
const LONG_WORDS = 2048
/** Words of a text that narrow down where it may stand as a whole. */
const CANDIDATE_WORDS = 64

/** Views in which the text stands as such, oldest first. Whole words only. */
export function findWhole(reaches: readonly Reach[], text: string): readonly Hit[] {
  if (reaches.length === 0) return []
  const { folded: needle, words } = needleOf(text)
  const hits: Hit[] = []
  for (const reach of reaches) {
    for (const index of candidates(reach, words)) {
      const view = reach.segment.views[index] as View
      const places = placesOfWhole(view.folded, needle)
      const [at] = places
      if (at !== undefined) hits.push({ view, start: at, end: at + needle.length, coverage: 1, head: true, again: places.slice(1) })
      if (hits.length >= HITS) return hits
    }
  }
  return hits
}

/** A text as it is looked for. */
interface Needle {
  readonly folded: string
  readonly words: Words
}

/** The same few names are looked for over and over, in every spelling and on every shelf. */
function needleOf(text: string): Needle {
  return recall(text, () => {
    const folded = fold(text)
    return { folded, words: wordsOf(folded, LONG_WORDS) }
  })
}

const recall = remembered<Needle>()

/** The words of a value as it is looked for. */
export function wordsLookedFor(text: string): Words {
  return needleOf(text).words
}

/** Views that hold every word of the text, as far as the index can tell. */
function candidates(reach: Reach, words: Words): readonly number[] {
  let best: readonly number[] | undefined
  let indexed = false
  const count = Math.min(words.hashes.length, CANDIDATE_WORDS)
  for (let index = 0; index < count; index += 1) {
    if ((words.ends[index] as number) - (words.starts[index] as number) < 2) continue
    indexed = true
    const views = viewsHolding(reach, words.hashes[index] as number)
    if (views === undefined) continue
    if (views.length === 0) return NONE
    if (best === undefined || views.length < best.length) best = views
  }
  if (!indexed) return NONE
  if (best?.length === 1) return best
  return best === undefined ? Array.from({ length: reach.views }, (_, index) => index) : [...best].sort((left, right) => left - right)
}

const NONE: readonly number[] = []

function placesOfWhole(text: string, needle: string): readonly number[] {
  const opens = isWordCode(needle.charCodeAt(0))
  const closes = isWordCode(needle.charCodeAt(needle.length - 1))
  const places: number[] = []
  for (let at = text.indexOf(needle); at >= 0 && places.length < PLACES; at = text.indexOf(needle, at + 1)) {
    const cutsBefore = opens && at > 0 && isWordCode(text.charCodeAt(at - 1))
    const cutsAfter = closes && at + needle.length < text.length && isWordCode(text.charCodeAt(at + needle.length))
    if (!cutsBefore && !cutsAfter) places.push(at)
  }
  return places
}

/** Views that share runs of words with a longer text, best first, with the part of its words they explain. */
export function findParts(reaches: readonly Reach[], text: string): readonly Hit[] {
  if (reaches.length === 0) return []
  const needle = needleOf(text)
  const { words } = needle
  if (words.hashes.length < SHINGLE) return []
  let covered: Map<View, Uint8Array> | undefined
  for (let at = 0; at + SHINGLE <= words.hashes.length; at += 1) {
    const hash = shingleAt(words.hashes, at)
    for (const reach of reaches) {
      for (const index of viewsHolding(reach, hash) ?? NONE)
        mark((covered ??= new Map()), reach.segment.views[index] as View, { at, length: words.hashes.length })
    }
  }
  if (covered === undefined) return []
  return [...covered]
    .map(([view, marks]) => partHit(view, marks, needle))
    .sort((left, right) => right.coverage - left.coverage || left.view.order - right.view.order)
    .slice(0, HITS)
}

function mark(covered: Map<View, Uint8Array>, view: View, run: { readonly at: number; readonly length: number }): void {
  let marks = covered.get(view)
  if (marks === undefined) {
    if (covered.size >= 64) return
    marks = new Uint8Array(run.length)
    covered.set(view, marks)
  }
  marks.fill(1, run.at, run.at + SHINGLE)
}

/** The first shared run, as far as it goes, stands for all of them. */
function partHit(view: View, marks: Uint8Array, value: Needle): Hit {
  const first = marks.indexOf(1)
  let last = first
  while (last + 1 < marks.length && marks[last + 1] === 1) last += 1
  const count = marks.reduce((sum, one) => sum + one, 0)
  const coverage = count / marks.length
  const head = marks[0] === 1
  const phrase = value.folded.slice(value.words.starts[first], value.words.ends[last])
  const at = view.folded.indexOf(phrase)
  if (at >= 0) return { view, start: at, end: at + phrase.length, coverage, head, again: [] }
  const word = value.folded.slice(value.words.starts[first], value.words.ends[first])
  const start = Math.max(0, view.folded.indexOf(word))
  return { view, start, end: Math.min(view.text.length, start + phrase.length), coverage, head, again: [] }
}

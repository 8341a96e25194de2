import type { Asked } from '../intent/asked.ts'
import { requestsIn } from '../intent/requests.ts'
import type { Source } from './derivation.ts'
import { type Forgotten, forget } from './forgotten.ts'
import { appendView, copyReach, fullReach, newSegment, type Reach, type Segment } from './segment.ts'
import { restView, SCANNED_LENGTH, type View, viewsOf } from './view.ts'

/**
 * All texts a session has seen, on three shelves: what person and application said, what the model itself put into
 * calls, and what came from outside. Immutable for its holder; later ones share the earlier ones' index.
 */
export interface Evidence {
  readonly said: readonly Reach[]
  readonly made: readonly Reach[]
  readonly read: readonly Reach[]
  /** What is left of outside text that had to make room. */
  readonly forgotten: Forgotten | undefined
  /** Requests that stand in outside text, oldest first. */
  readonly asked: readonly Asked[]
  /** Some outside text was too long to be looked at to its end: a value nobody knows may come from there. */
  readonly blind: boolean
  /** Texts taken in so far; also what source ids are made of. */
  readonly count: number
}

export type Shelf = 'said' | 'made' | 'read'

export const NO_EVIDENCE: Evidence = { said: [], made: [], read: [], forgotten: undefined, asked: [], blind: false, count: 0 }

/** A piece of the index is closed once it holds this many characters or texts. */
const SEGMENT_UNITS = 393_216
const SEGMENT_VIEWS = 512
/** Pieces kept per shelf; the oldest makes room. Outside text is then remembered by `forgotten`. */
const SEGMENTS: Readonly<Record<Shelf, number>> = { said: 4, made: 2, read: 6 }
/** Longest text taken from the person or the model; beyond, their word simply does not count. */
const OWN_LENGTH = 65_536

/** Requests kept; the oldest make room. What they ask for is then told by where its target stands alone. */
const REQUESTS = 1024

/** Takes a text in. */
export function addText(evidence: Evidence, shelf: Shelf, entry: { readonly source: Source; readonly text: string }): Evidence {
  const outside = shelf === 'read'
  const text = outside ? entry.text : entry.text.slice(0, OWN_LENGTH)
  const next = addViews(evidence, shelf, viewsOf(entry.source, evidence.count, text))
  return outside && text.length > SCANNED_LENGTH ? { ...next, blind: true } : next
}

function addViews(evidence: Evidence, shelf: Shelf, views: readonly View[]): Evidence {
  const reaches = evidence[shelf]
  const open = openSegment(reaches)
  for (const view of views) appendView(open.segment, view)
  const kept = [...open.others, fullReach(open.segment)]
  const next = withShelf(evidence, shelf, kept, shelf === 'read' ? withRequests(evidence, views) : evidence.asked)
  return kept.length > SEGMENTS[shelf] ? makeRoom(next, shelf) : next
}

/** By name: engines copy an object member by member where one of them is computed. */
function withShelf(evidence: Evidence, shelf: Shelf, kept: readonly Reach[], asked: readonly Asked[]): Evidence {
  const count = evidence.count + 1
  if (shelf === 'read') return { ...evidence, read: kept, asked, count }
  return shelf === 'made' ? { ...evidence, made: kept, count } : { ...evidence, said: kept, count }
}

/** A text without its disguises, with what is encoded in it in its place, and what is encoded in it by itself. */
function withRequests(evidence: Evidence, views: readonly View[]): readonly Asked[] {
  const [whole] = views as readonly [View]
  const pieces = views.filter((view) => view.piece !== undefined && view.around !== undefined)
  const plain = views.find((view) => view.via === 'unescaped')?.text ?? whole.text
  const moved = views.filter(({ via }) => via === 'rot13')
  const texts = [pieces.length === 0 ? plain : decoded(plain, whole, pieces), ...[...moved, ...pieces].map(({ text }) => text)]
  const found = texts.flatMap((text) => requestsIn(text)).map((request) => ({ request, source: whole.source, order: whole.order }))
  return found.length === 0 ? evidence.asked : [...evidence.asked, ...found].slice(-REQUESTS)
}

function decoded(plain: string, whole: View, pieces: readonly View[]): string {
  return pieces.reduce((text, { piece, text: inner }) => {
    const spelled = piece === undefined ? '' : whole.text.slice(piece[0], piece[1]).replace(/[.!?:]+$/, '')
    return spelled === '' ? text : text.replace(spelled, () => inner)
  }, plain)
}

/** The last piece if it is ours to append to, else a new one. */
function openSegment(reaches: readonly Reach[]): { readonly segment: Segment; readonly others: readonly Reach[] } {
  const last = reaches[reaches.length - 1]
  if (last === undefined) return { segment: newSegment(), others: [] }
  if (last.segment.units >= SEGMENT_UNITS || last.views >= SEGMENT_VIEWS) return { segment: newSegment(), others: reaches }
  // Somebody else has gone on from here another way: go on from a copy.
  const mine = !last.segment.shared && last.views === last.segment.views.length
  return { segment: mine ? last.segment : copyReach(last), others: reaches.slice(0, -1) }
}

/** Says that many will go on from here, so that the first of them does not leave its texts to the copies of the others. */
export function shareEvidence({ said, made, read }: Evidence): void {
  for (const { segment } of [...said, ...made, ...read]) segment.shared = true
}

function makeRoom(evidence: Evidence, shelf: Shelf): Evidence {
  const oldest = evidence[shelf][0] as Reach
  const rest = { ...evidence, [shelf]: evidence[shelf].slice(1) }
  if (shelf !== 'read') return rest
  return { ...rest, forgotten: forget(evidence.forgotten, outsideTexts(oldest)) }
}

function* outsideTexts(reach: Reach): Generator<string> {
  for (let index = 0; index < reach.views; index += 1) yield (reach.segment.views[index] as View).folded
}

/**
 * The same evidence as if the person had said this as well, without touching what is shared: for asking what would have
 * been. Equal in effect to taking the text in.
 */
export function supposeSaid(evidence: Evidence, entry: { readonly source: Source; readonly text: string }): Evidence {
  const segment = newSegment()
  for (const view of viewsOf(entry.source, evidence.count, entry.text.slice(0, OWN_LENGTH))) appendView(segment, view)
  return { ...evidence, said: [...evidence.said, fullReach(segment)], count: evidence.count + 1 }
}

/** A text as it was taken in. */
export interface KeptText {
  readonly order: number
  readonly shelf: Shelf
  readonly source: Source
  readonly text: string
  /** What was kept of the rest of a text too long to be kept in full. */
  readonly rest?: string
}

/** The texts that are still there, from this rank on, oldest first. */
export function textsOf(evidence: Evidence, since: number): readonly KeptText[] {
  const found: KeptText[] = []
  for (const shelf of ['said', 'made', 'read'] as const) {
    let rest: string | undefined
    // Newest first: the rest of a text is met before the text.
    for (const { source, order, text, via, piece } of viewsSince(evidence[shelf], since)) {
      if (via !== 'verbatim') continue
      if (piece === undefined) found.push({ order, shelf, source, text, ...(rest === undefined ? {} : { rest }) })
      rest = piece === undefined ? undefined : text
    }
  }
  return found.sort((left, right) => left.order - right.order)
}

function* viewsSince(reaches: readonly Reach[], since: number): Generator<View> {
  for (const { segment, views } of reaches.toReversed()) {
    for (let index = views - 1; index >= 0; index -= 1) {
      const view = segment.views[index] as View
      if (view.order < since) return
      yield view
    }
  }
}

/** Takes in again what was taken in before, in the same order. */
export function putBack(evidence: Evidence, { order, shelf, source, text, rest }: KeptText): Evidence {
  const views = viewsOf(source, order, text)
  const further = rest === undefined ? [] : [restView(source, order, rest)]
  return addViews({ ...evidence, count: order }, shelf, [...views, ...further])
}

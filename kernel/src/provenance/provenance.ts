/** Where did each argument come from? Maps values back to the texts of the session that hold them. */
import { CONFIDENTIALITY, type Confidentiality, INTEGRITY, type Integrity } from '../event/labels.ts'
import type { Surroundings } from '../effect/place/path.ts'
import type { Spelling, TargetKind } from '../effect/traced-effect.ts'
import { decodedIn } from '../finding/decoding.ts'
import { nextRun } from '../finding/encoded-run.ts'
import type { Derivation, Source, SourceMatch } from './derivation.ts'
import type { Evidence } from './evidence.ts'
import { mayHaveHeld } from './forgotten.ts'
import { type Form, formsOf } from './forms.ts'
import { joinedFrom } from './joined.ts'
import { findParts, findWhole, type Hit, HITS, wordsLookedFor } from './search.ts'
import { isNamedThere, type Setting, settingOf } from './setting.ts'
import type { View } from './view.ts'

/** A derivation with what the decision needs besides. */
export interface Traced {
  readonly derivation: Derivation
  /** The person or the application named the value, or where it leads. */
  readonly named: boolean
  /** Every outside source holds it as a field: plain data. False when none does. */
  readonly field: boolean
  /** Outside sources that hold it as a field, whatever others do, and did before the model wrote it anywhere itself. */
  readonly fields: readonly Source[]
  /** The person spoke of the name in it, though not of the whole: `alice` of `alice@corp.example`, `a.txt` of `/srv/a.txt`. */
  readonly hinted: boolean
  /** An outside source holds it word for word, all of it. */
  readonly whole: boolean
  /** An outside source holds most of it from its beginning on: it was copied, not just fed with values. */
  readonly copied: boolean
}

/** Most sources told per value. */
const SOURCES = 6
/** Longest value and excerpt shown. */
const SHOWN = 240
const LONG_VALUE = 65_536
/** From this part of its words on a longer text counts as taken from a source. */
const TAKEN = 0.4
/** From this part on it was copied. */
const COPIED = 0.6

interface Found {
  readonly form: Form
  readonly hit: Hit
}

export function trace(evidence: Evidence, spelling: Spelling, about: { readonly kind: TargetKind; readonly at: Surroundings }): Traced {
  const value = spelling.text.slice(0, LONG_VALUE)
  const forms = formsOf(value, about.kind, about.at)
  const said = search(
    evidence.said,
    forms.filter((form) => form.names !== 'tail'),
    value,
  )
  const named = said.some(({ hit }) => hit.coverage >= 0.8)
  const standing = search(evidence.read, forms, value)
  const read = ownWords(standing.length > 0 || named ? standing : joined(evidence, value.trim()), evidence, forms)
  const told = read.map((found) => ({ match: matchOf(found, value), order: found.hit.view.order }))
  const outside = told.map(({ match }) => match).sort((left, right) => rank(left) - rank(right))
  const matches = [...said.slice(0, SOURCES / 2).map((found) => matchOf(found, value)), ...outside].slice(0, SOURCES)
  const lost =
    read.length === 0 && !said.some(({ form, hit }) => form.names === 'all' && hit.coverage >= 0.8)
      ? lostSource(evidence, forms, value)
      : undefined
  const sources = lost === undefined ? matches : [...matches, lost]
  return {
    derivation: {
      arg: spelling.arg,
      confidentiality: mostConfidential(sources),
      integrity: integrityOf(said, read, lost),
      sources,
      value: value.slice(0, SHOWN),
    },
    named,
    // With more places than were looked at, one of them may ask for it.
    field: lost === undefined && outside.length > 0 && outside.length < HITS && outside.every((match) => match.setting === 'field'),
    fields: fieldsIn(told, evidence, forms),
    hinted: isHinted(evidence, value, about.kind),
    whole: read.some(isAllOfIt),
    copied: isCopied(read, evidence, value) || lost !== undefined,
  }
}

/** False where `whole` of the trace would be: no text from outside holds all of the value. Costs less than the trace. */
export function mayStandWhole(evidence: Evidence, text: string, about: { readonly kind: TargetKind; readonly at: Surroundings }): boolean {
  const value = text.slice(0, LONG_VALUE)
  return search(evidence.read, formsOf(value, about.kind, about.at), value).some(isAllOfIt)
}

function isAllOfIt({ form, hit }: Found): boolean {
  return form.names === 'all' && hit.coverage === 1
}

/** Most of it stands in an outside text, and did not stand in a call of the model's before that. */
function isCopied(read: readonly Found[], evidence: Evidence, value: string): boolean {
  const copies = read.filter(({ form, hit }) => form.names === 'all' && hit.head && hit.coverage >= COPIED)
  if (copies.length === 0 || evidence.made.length === 0) return copies.length > 0
  const first = Math.min(...copies.map(({ hit }) => hit.view.order))
  return !findParts(evidence.made, value).some((hit) => hit.coverage >= COPIED && hit.view.order < first)
}

/** A record that came of a call says only what the call said. */
function fieldsIn(
  told: readonly { readonly match: SourceMatch; readonly order: number }[],
  evidence: Evidence,
  forms: readonly Form[],
): readonly Source[] {
  // What was first heard of in a sentence is not made data by a record that follows.
  const heard = Math.min(...told.filter(({ match }) => match.setting !== 'field').map(({ order }) => order))
  const fields = told.filter(({ match, order }) => match.setting === 'field' && order < heard)
  const whole = forms[0]
  if (fields.length === 0 || whole === undefined || evidence.made.length === 0) return fields.map(({ match }) => match.source)
  const made = findWhole(evidence.made, whole.text)[0]?.view.order ?? Number.POSITIVE_INFINITY
  return fields.filter(({ order }) => order < made).map(({ match }) => match.source)
}

/** Requests first: what a person has to see. */
function rank(match: SourceMatch): number {
  return match.setting === 'instruction' ? 0 : match.setting === 'prose' ? 1 : 2
}

function search(reaches: Evidence['read'], forms: readonly Form[], value: string): readonly Found[] {
  if (reaches.length === 0) return []
  let known: Map<string, Found> | undefined
  for (const form of forms) {
    for (const hit of findWhole(reaches, form.text)) {
      const found = (known ??= new Map<string, Found>())
      if (!found.has(hit.view.source.id))
        found.set(hit.view.source.id, {
          form,
          hit: { ...hit, coverage: form.names === 'all' ? 1 : Math.min(1, form.text.length / Math.max(1, value.trim().length)) },
        })
    }
    if (known !== undefined && known.size >= HITS) break
  }
  const all = known === undefined ? [] : [...known.values()]
  // A form that names only where the value leads names it as well as the person could.
  if (all.length > 0)
    return all.map(({ form, hit }) => ({ form, hit: form.names === 'where' ? { ...hit, coverage: Math.max(hit.coverage, 0.8) } : hit }))
  const plain = inParts(reaches, value, 'in parts')
  return plain.length > 0 || nextRun(value, 0, ENCODED) >= value.length
    ? plain
    : decodedIn(value)
        .slice(0, DECODED)
        .flatMap(({ text, via }) => inParts(reaches, text, via.join(', ')))
}

/** A run long enough to hold words in disguise, and how many such are looked at per value. */
const ENCODED = 32
const DECODED = 4

function inParts(reaches: Evidence['read'], text: string, via: string): readonly Found[] {
  const form: Form = { text, via, names: 'all' }
  return findParts(reaches, text)
    .filter((hit) => hit.coverage >= TAKEN)
    .map((hit) => ({ form, hit }))
}

/** Pieces that the person did not say; of a whole address, or only of where it leads. */
function joined({ read, said }: Evidence, value: string): readonly Found[] {
  if (read.length === 0) return []
  const place = PLACE.exec(value)?.[1]
  const pieces = joinedFrom(read, value.replace(/^[a-z][\w+.-]{0,20}:\/\//i, ''))
  const found = pieces.length > 0 || place === undefined ? pieces : joinedFrom(read, place)
  return found
    .filter(({ text }) => findWhole(said, text).length === 0)
    .map(({ text, hit, start }) => ({
      form: { text, via: 'joined', names: 'all' },
      hit: { ...hit, coverage: Math.min(0.79, text.length / value.length), head: start === 0 },
    }))
}

/** The host of an address. */
const PLACE = /^(?:[a-z][\w+.-]{0,20}:\/\/(?:[^/@?#\s]{1,64}@)?|[^@\s]{1,64}@)([^/:?#@\s]{4,160})/i

/** What the model had put into a call before any outside text held it is its own, even when a result repeats it. */
function ownWords(read: readonly Found[], evidence: Evidence, forms: readonly Form[]): readonly Found[] {
  const whole = forms[0]
  if (read.length === 0 || evidence.made.length === 0 || whole === undefined) return read
  const first = findWhole(evidence.made, whole.text)[0]
  if (first === undefined) return read
  return read.some(({ hit }) => hit.view.order < first.view.order) || evidence.forgotten !== undefined ? read : []
}

/** Stands for outside text that is no longer, or never was, looked at. */
function lostSource(evidence: Evidence, forms: readonly Form[], value: string): SourceMatch | undefined {
  const held =
    evidence.forgotten !== undefined &&
    forms.some((form) => mayHaveHeld(evidence.forgotten as NonNullable<Evidence['forgotten']>, wordsLookedFor(form.text)))
  if (!held && !(evidence.blind && value.trim().length >= 4)) return undefined
  const source: Source = {
    id: 's-earlier',
    channel: 'tool_result',
    integrity: 'untrusted',
    confidentiality: 'internal',
    origin: held ? 'earlier text that is no longer kept' : 'text too long to be read to its end',
  }
  return { source, span: [0, 0], excerpt: '', via: held ? 'remembered' : 'not ruled out', coverage: 1, setting: 'prose' }
}

function matchOf({ form, hit }: Found, value: string): SourceMatch {
  const { start, setting } = strongestPlace(hit)
  const { view } = hit
  const end = start + (hit.end - hit.start)
  const room = Math.max(0, Math.floor((SHOWN - (end - start)) / 2))
  const excerpt = view.text.slice(Math.max(0, start - room), Math.min(view.text.length, end + room)).slice(0, SHOWN)
  const via = view.via === 'verbatim' ? form.via : form.via === 'verbatim' ? view.via : `${view.via}, ${form.via}`
  const exact = via === 'verbatim' && view.text.slice(start, end) !== value.trim() ? 'case' : via
  return { coverage: round(hit.coverage), excerpt, setting, source: view.source, span: spanIn(view, start, end), via: exact }
}

/** The same source may hold a value as data and ask for it as well: the request counts. */
function strongestPlace(hit: Hit): { readonly start: number; readonly setting: Setting } {
  let strongest = { start: hit.start, setting: settingFor(hit.view, hit.start, hit.end) }
  for (const start of hit.again) {
    if (strongest.setting === 'instruction') break
    const setting = settingFor(hit.view, start, start + (hit.end - hit.start))
    if (setting === 'instruction' || (setting === 'prose' && strongest.setting === 'field')) strongest = { start, setting }
  }
  return strongest
}

function settingFor(view: View, start: number, end: number): Setting {
  if (view.source.namedByUser === true && view.source.host === undefined && isNamedThere(view.text, start)) return 'field'
  const inner = settingOf(view.text, start, Math.min(end, start + SHOWN))
  if (inner === 'field' && view.source.handedOn === true) return 'prose'
  // A piece that is nothing but the value stands as the whole piece does.
  if (inner !== 'field' || view.piece === undefined) return inner
  return view.around === undefined ? 'prose' : settingOf(view.around, view.piece[0], view.piece[1])
}

/** Back to where it stands in the source's own text. */
function spanIn(view: View, start: number, end: number): readonly [number, number] {
  if (view.piece !== undefined) return view.piece
  if (view.offsets === undefined) return [start, end]
  return [view.offsets[start] ?? start, view.offsets[end] ?? end]
}

function round(coverage: number): number {
  return Math.round(coverage * 100) / 100
}

function integrityOf(said: readonly Found[], read: readonly Found[], lost: SourceMatch | undefined): Integrity | 'unknown' {
  const labels = (found: readonly Found[]): readonly Integrity[] => found.map(({ hit }) => hit.view.source.integrity)
  const whole = labels([...said, ...read].filter(({ form, hit }) => form.names === 'all' && hit.coverage >= 0.8))
  if (whole.length > 0) return INTEGRITY.find((label) => whole.includes(label)) ?? 'untrusted'
  const outside = labels(read)
  if (lost !== undefined || outside.length > 0) return lost !== undefined || outside.includes('untrusted') ? 'untrusted' : 'internal'
  return labels(said).at(0) ?? 'unknown'
}

function mostConfidential(sources: readonly SourceMatch[]): Confidentiality {
  const ranks = sources.map(({ source }) => CONFIDENTIALITY.indexOf(source.confidentiality))
  return CONFIDENTIALITY[Math.max(0, ...ranks)] ?? 'internal'
}

/** The person said a name that the address is made of, or the name of the file without its folder. */
function isHinted(evidence: Evidence, value: string, kind: TargetKind): boolean {
  if (kind === 'path')
    return (
      /[^\\/]{3,}$/.test(value) &&
      findWhole(evidence.said, value.slice(Math.max(value.lastIndexOf('/'), value.lastIndexOf('\\')) + 1)).length > 0
    )
  if (kind !== 'recipient') return false
  const local = /^[^@\s]+(?=@)/.exec(value.trim())?.[0] ?? value
  return local
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part.length >= 3 && part.length <= 40)
    .some((part) => findWhole(evidence.said, part).length > 0)
}

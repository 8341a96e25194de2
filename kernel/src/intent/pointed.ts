/** Whether the person pointed to a text: what it was looked up by are words of theirs. */
import type { Source } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole } from '../provenance/search.ts'
import { fold } from '../provenance/words.ts'
import type { View } from '../provenance/view.ts'
import type { Asked } from './asked.ts'

/** Longest call looked at, its arguments and their words, and the shortest word that tells something. */
const [CALL, LINES, WORDS, WORD] = [2048, 8, 12, 4]
/** A name nobody says by chance: `KB-77`, `db-failover`, `notes.txt`. */
const NAME = /^(?:(?=.*[\d._-])(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}._-]{2,80}|\d[\d./-]{3,30})$/u

/** What searches are narrowed by, `in:sent`, `newer_than:7d`, `since:2026-05-01`; who it is from and what about stays. */
const OPERATOR =
  /(?<!\S)(?:(?:in|is|has|label|max|limit|newer|older|newer_than|older_than|after|before|since|seit|ab|depuis|desde|sinds):\S*|(?:from|to|subject|by|von|an|de|betreff|objet|asunto):)/giu
const ENDING = /\.\p{L}{2,4}$/u
/** One word that long is as telling as two. */
const LONG_WORD = 10

/** A name of the person's stands in an argument, or all its words are theirs; or it is the one thing that a search in their words found. */
export function isPointedTo({ callId, channel }: Source, evidence: Evidence): boolean {
  if (callId === undefined || channel === 'tool_description') return false
  const lines = linesOfCall(callId, evidence)
  return lines.some(
    (line) => isOfPerson(line, evidence) || isOnlyFind(line, evidence) || isFieldOfFind(line, evidence) || isPickedRow(line, evidence),
  )
}

/** The same by one short word, where little can come of it: `marek`, `nurse`. */
export function isRoughlyPointedTo(source: Source, evidence: Evidence): boolean {
  if (isPointedTo(source, evidence)) return true
  if (source.callId === undefined || source.channel === 'tool_description') return false
  return linesOfCall(source.callId, evidence).some((line) => isOneWord(line, evidence) || isOnlyFind(line, evidence, isOneWord))
}

function isOneWord(line: string, evidence: Evidence): boolean {
  const word = line.trim()
  return /^\p{L}{5,40}$/u.test(word) && isSaid(word, evidence)
}

/** Answers looked at, the newest: each costs a walk over the calls. */
const ANSWERS = 16

/** Some text that asks for something is one that the person pointed to. */
export function pointsToAsking(evidence: Evidence): boolean {
  const answers = new Map<string, Source>()
  for (let index = evidence.asked.length - 1; index >= 0 && answers.size < ANSWERS; index -= 1) {
    const source = (evidence.asked[index] as Asked).source
    if (source.callId !== undefined && source.host === undefined) answers.set(source.callId, source)
  }
  return [...answers.values()].some((source) => isPointedTo(source, evidence))
}

function linesOfCall(callId: string, evidence: Evidence): readonly string[] {
  const lines: string[] = []
  for (const { segment, views } of evidence.made)
    for (let index = 0; index < views; index += 1) {
      const { source, text, via } = segment.views[index] as View
      if (source.callId === callId && via === 'verbatim') lines.push(...text.slice(0, CALL).split('\n').slice(0, LINES))
    }
  return lines
}

/** What of the values is not the person's own stands in texts that they pointed to, and some of it does. */
export function isOfPointed(values: readonly string[], evidence: Evidence): boolean {
  let found = false
  for (const value of values) {
    if (value.length > 80 || isSaid(value, evidence)) continue
    const sources = findWhole(evidence.read, value).flatMap(({ view: { source } }) =>
      source.integrity === 'untrusted' && source.channel !== 'tool_description' ? [source] : [],
    )
    if (sources.length === 0) continue
    if (!sources.some((source) => source.host === undefined && isRoughlyPointedTo(source, evidence))) return false
    found = true
  }
  return found
}

/** The longest answer with one find in it. */
const FIND = 400

function isOnlyFind(line: string, evidence: Evidence, isTheirs = isOfPerson): boolean {
  const id = line.trim()
  if (id.length < 3 || id.length > 80) return false
  return findWhole(evidence.read, id).some(({ view: { source, text } }) => {
    if (source.callId === undefined || text.length > FIND || /\S\s*\n\s*\S|\}\s*,\s*\{/.test(text)) return false
    return linesOfCall(source.callId, evidence).some((asked) => isTheirs(asked, evidence))
  })
}

/** Rows of a table looked at, and how it looks: an id, and at least two gaps wider than those between words. */
const ROWS = 64
const ROW = /^[ \t]*(\S{3,40}) {2,}\S[^\n]*?(?<! ) {2,}\S[^\n]*$/gmu
const ROW_WORD = /(?<![\p{L}\p{N}@._-])\p{L}{5,}(?![\p{L}\p{N}@_-]|\.\p{L})/gu

/** Of all rows of a table it leads the only one that has words of the person's. */
function isPickedRow(line: string, evidence: Evidence): boolean {
  const id = line.trim()
  if (id.length < 3 || id.length > 40 || !/\d/.test(id)) return false
  return findWhole(evidence.read, id).some(({ view: { text, via } }) => {
    if (via !== 'verbatim') return false
    const rows = [...text.slice(0, PROMPT).matchAll(ROW)].slice(0, ROWS)
    const own = rows.filter((row) => (row[0].match(ROW_WORD) ?? []).some((word) => isSaid(word, evidence)))
    return rows.length >= 2 && own.length === 1 && own[0]?.[1]?.toLowerCase() === id.toLowerCase()
  })
}

/** `the runbook for it`: the thing they named is a record, and it says under the name of this what to look up. */
function isFieldOfFind(line: string, evidence: Evidence): boolean {
  const id = line.trim()
  if (id.length < 3 || id.length > 80) return false
  return findWhole(evidence.read, id).some(({ view: { source, text, via }, start, again }) => {
    if (
      source.callId === undefined ||
      via !== 'verbatim' ||
      !linesOfCall(source.callId, evidence).some((asked) => isOfPerson(asked, evidence))
    )
      return false
    return [start, ...again].some((at) => {
      const key = KEY_BEFORE.exec(text.slice(Math.max(0, at - 48), at))?.[1]
      return key !== undefined && /^["'\s]?[",}\n]/.test(text.slice(at + id.length, at + id.length + 2)) && isSaid(key, evidence)
    })
  })
}

/** A key of a record: quoted, unlike what could be written into one of its texts. */
const KEY_BEFORE = /[{,]\s*"([\p{L}_-]{4,40})"\s*:\s*"$/u

function isOfPerson(line: string, evidence: Evidence): boolean {
  const words = line
    .replace(OPERATOR, ' ')
    .split(/[\s/:"'`,()#@?=&]+/)
    .filter((word) => word.length > 1)
  if (words.length === 0 || words.length > WORDS) return false
  if (words.some((word) => NAME.test(word) && isSaid(word, evidence))) return true
  const telling = words
    .flatMap((word) => word.replace(ENDING, '').split(/[._-]+/))
    .filter((word) => word.length >= WORD && !/^\d+$/.test(word))
  if (!telling.every((word) => isSaid(word, evidence))) return false
  return telling.length >= 2 || (telling[0]?.length ?? 0) >= LONG_WORD
}

function isSaid(text: string, { said }: Evidence): boolean {
  return findWhole(said, text).some(({ view }) => view.source.channel === 'user')
}

/** Values of a call that could name what it is done to. */
const VALUE = /^(?=.*[\p{L}\d])[^\n]{3,80}$/u

/** One value of a call, or a piece of one. */
interface Value {
  readonly text: string
  readonly part: boolean
}

/** One of the values as a whole is a word of the person's, or has in it what they put in quotes; or, if need be, all are words of theirs. */
export function isOnNamed(values: readonly Value[], evidence: Evidence, all = false): boolean {
  const whole = values.filter(({ text, part }) => !part && VALUE.test(text))
  if (all) return whole.length > 0 && whole.every(({ text }) => isSaid(text, evidence))
  if (whole.some(({ text }) => isSaid(text, evidence))) return true
  const quoted = quotedIn(evidence)
  return whole.some(({ text }) => quoted.some((name) => text.includes(name)))
}

const QUOTED = /["“„«']([\p{L}\p{N}][^"“”„«»'\n]{5,60})["”“»']/gu

function quotedIn({ said }: Evidence): readonly string[] {
  const quoted: string[] = []
  for (const { segment, views } of said)
    for (let index = 0; index < views; index += 1) {
      const { source, text, via } = segment.views[index] as View
      if (source.channel !== 'user' || via !== 'verbatim') continue
      for (const [, name = ''] of text.slice(0, PROMPT).matchAll(QUOTED)) quoted.push(fold(name))
    }
  return quoted.slice(-QUOTES)
}

/** Longest part of a prompt looked at for quoted names, and most of them. */
const [PROMPT, QUOTES] = [8192, 16]

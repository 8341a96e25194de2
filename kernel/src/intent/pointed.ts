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
const NAME = /^(?=.*[\d._-])(?=.*\p{L})[\p{L}\p{N}][\p{L}\p{N}._-]{2,80}$/u

/** A name of the person's stands in an argument, or all its words are theirs; or it is the one thing that a search in their words found. */
export function isPointedTo({ callId, channel }: Source, evidence: Evidence): boolean {
  if (callId === undefined || channel === 'tool_description') return false
  const lines = linesOfCall(callId, evidence)
  return lines.some((line) => isOfPerson(line, evidence) || isOnlyFind(line, evidence))
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

/** The longest answer with one find in it. */
const FIND = 400

function isOnlyFind(line: string, evidence: Evidence): boolean {
  const id = line.trim()
  if (id.length < 3 || id.length > 80) return false
  return findWhole(evidence.read, id).some(({ view: { source, text } }) => {
    if (source.callId === undefined || text.length > FIND || /\S\s*\n\s*\S|\}\s*,\s*\{/.test(text)) return false
    return linesOfCall(source.callId, evidence).some((asked) => isOfPerson(asked, evidence))
  })
}

function isOfPerson(line: string, evidence: Evidence): boolean {
  const words = line.split(/[\s/:"'`,()]+/).filter((word) => word.length > 1)
  if (words.length === 0 || words.length > WORDS) return false
  if (words.some((word) => NAME.test(word) && isSaid(word, evidence))) return true
  const telling = words.filter((word) => word.length >= WORD)
  return telling.length >= 2 && telling.every((word) => isSaid(word, evidence))
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

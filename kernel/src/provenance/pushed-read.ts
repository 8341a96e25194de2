/** Reads that a sentence of outside text sent the session to: the person named none of what is looked up, and no record did. */
import { type CallReading, leavesWithin } from '../effect/effects-of.ts'
import type { Surroundings } from '../effect/place/path.ts'
import type { Evidence } from './evidence.ts'
import { mayStandWhole, trace } from './provenance.ts'

/** Arguments looked at, and how long a name is that tells something. */
const ARGUMENTS = 6
const [NAME_FROM, NAME_TO] = [3, 160]

/** Only of what applications look up: which files work needs is told by whatever the work is about. */
export function isPushedRead(evidence: Evidence, reading: CallReading, at: Surroundings): boolean {
  if (evidence.read.length === 0 || reading.effects.length === 0) return false
  if (
    !reading.effects.every(({ effect }) => (effect.class === 'data.query' || effect.class === 'fs.read') && effect.certainty !== 'certain')
  )
    return false
  return leavesWithin(reading)
    .slice(0, ARGUMENTS)
    .filter(({ kind, text }) => kind === 'string' && text.trim().length >= NAME_FROM && text.length <= NAME_TO)
    .some(({ pointer, text }) => {
      // Most values stand in no text from outside: where they came from otherwise is not asked.
      if (!mayStandWhole(evidence, text, { kind: 'name', at })) return false
      const { derivation, named, whole, hinted } = trace(evidence, { arg: pointer, text }, { kind: 'name', at })
      if (!whole || derivation.integrity !== 'untrusted' || named || hinted) return false
      const told = derivation.sources.filter(({ source }) => source.integrity === 'untrusted')
      return told.length > 0 && told.every(({ excerpt }) => standsInSentence(excerpt, text.trim()))
    })
}

/** Words around a name that make a sentence of its line; a record has fewer, and marks that no sentence has. */
const WORDS = 6
/** No part of an address, a name of the machine's, or a key. */
const WORD = /(?<![\p{L}\p{N}_@.-])\p{L}{2,}(?![\p{L}\p{N}_=:@-]|\.\p{L})/gu

/** Where a line ends, or a string of a record. */
const ENDS = /\n|\\n|",\s?"|":\s?"|"\}/

/** Words to search for are taken from whatever is spoken of: a name stands alone or in quotes. */
function standsInSentence(excerpt: string, name: string): boolean {
  const at = excerpt.toLowerCase().indexOf(name.toLowerCase())
  if (at < 0 || (/\s/.test(name) && !/["'“‘«„`]/.test(excerpt[at - 1] ?? ''))) return false
  if (leadsRow(excerpt, at, name)) return false
  const line = `${excerpt.slice(0, at).split(ENDS).at(-1)} ${excerpt.slice(at + name.length).split(ENDS, 1)[0]}`
  return !/[{}\t|]|";|;\S/.test(line) && (line.match(WORD)?.length ?? 0) >= WORDS
}

/** Begins a line of columns, as names of the same form do before or after it: a table, whatever words stand in its cells. */
function leadsRow(excerpt: string, at: number, name: string): boolean {
  if (!/\d/.test(name) || !/(?:^|\n)[ \t]*$/.test(excerpt.slice(0, at))) return false
  const shape = shapeOf(name)
  const rows = excerpt.split('\n').filter((line) => ROW.test(line) && shapeOf(line.trim().split(' ', 1)[0] as string) === shape)
  return rows.length >= 2 && rows.some((line) => line.trim().toLowerCase().startsWith(name.toLowerCase()))
}

/** Two gaps at least, wider than those between words. */
const ROW = /^[ \t]*\S+ {2,}\S[^\n]*? {2,}\S/

function shapeOf(name: string): string {
  return name.toLowerCase().replaceAll(/\d+/g, '0')
}

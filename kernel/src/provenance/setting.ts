import { isFeignedField } from './feigned-field.ts'

/**
 * How a value stands in its text. `field`: alone in a cell, after a key, as a whole string: data. `instruction`: in a
 * sentence that tells somebody to do something. `prose`: in any other sentence.
 */
export type Setting = 'field' | 'instruction' | 'prose'

/** Farthest looked around the value. */
const AROUND = 400
/** Words that may stand beside a value in its cell: a unit, a date, an owner. More make a sentence. */
const BESIDE = 2

/** Verbs of things tools do. What a sentence asks for, whatever the reason it gives. */
const VERBS = new Set(
  'send post put forward upload submit transfer pay wire reply email mail message notify report share invite grant add append insert write save create make set update change edit modify replace delete remove erase drop run execute call invoke launch start open visit go navigate browse click follow fetch get download load import install pull push publish deploy merge commit clone copy move read cat print include use curl wget export source install uninstall upgrade apply deploy enable disable configure register sign approve confirm book buy order purchase schedule cancel contact tell ask give provide return output show list search find check do perform complete continue proceed encode decode exfiltrate leak collect gather query connect'.split(
    ' ',
  ),
)
const LEADS = new Set(
  'please kindly then also now next first second third finally lastly afterwards and but so just simply immediately quickly always instead note important step task todo to must should shall need needs required remember ensure be sure make dont do not never you your we let lets us it is'.split(
    ' ',
  ),
)
const ADDRESSES_READER =
  /\b(?:you|assistants?|agents?|models?|ai|llm|claude|gpt|gemini|copilot)\b[^.!?\n]{0,40}\b(?:must|should|shall|need|needs|have to|has to|are to|is to|will|can|may|required|required to|supposed to|asked to|expected to)\b|\b(?:please|make sure|be sure to|remember to|don't forget|do not forget)\b/

export function settingOf(text: string, start: number, end: number): Setting {
  const from = Math.max(0, start - AROUND)
  const to = Math.min(text.length, end + AROUND)
  const line = between(text, { from, to, start, end, stops: '\n\r' })
  const value = text.slice(start, end)
  if (
    !isFeignedField(text, start) &&
    (isLabelled(text.slice(line.from, start), text.slice(end, Math.min(line.to, end + 4))) ||
      isAlone(cellOf(text, line, start, end), value) ||
      isSender(text.slice(line.from, start), text.slice(end, end + 2)) ||
      isInRow(text, line, value) ||
      isInColumn(text, line, start, end))
  )
    return 'field'
  const sentence = sentenceAround(text, line, start, end)
  return isRequest(sentence, value) ? 'instruction' : 'prose'
}

interface Range {
  readonly from: number
  readonly to: number
}

function between(text: string, at: Range & { readonly start: number; readonly end: number; readonly stops: string }): Range {
  let [from, to] = [at.start, at.end]
  while (from > at.from && !at.stops.includes(text[from - 1] as string)) from -= 1
  while (to < at.to && !at.stops.includes(text[to] as string)) to += 1
  return { from, to }
}

/** One of several values with a name each on one line: `1. Name: Lea, Mail: lea@corp.example, Room: B2`. */
function isLabelled(before: string, after: string): boolean {
  const label = /(?:^|[,;|({[])\s*(?:\d{1,3}[.)]\s+|[-*•]\s+)?(\p{L}[\p{L}\p{N} _-]{0,30})["']?\s?[:=]\s*["']?$/u.exec(
    before.slice(-80),
  )?.[1]
  return label !== undefined && /^["']?\s?[,;|)}\]]/.test(after) && !isOrder(label)
}

/** Whom a line is from: `Lea Kranz <lea@corp.example> …`, `08:14 Lea (+49 …): …`, `[@lea] …`. */
function isSender(before: string, after: string): boolean {
  return (
    /^\s{0,8}(?:[-*•]\s|\[?\d[\d:.-]{0,18}\]?\s{1,3}|From:\s)?(?:[\p{L}.'’-]{1,24}\s){0,4}[(<[]@?$/u.test(before) && /^[)>\]]/.test(after)
  )
}

/** The first line of a table with two columns: `id,subject`. */
const NAMES_OF_TWO = /^["']?[\p{L}_]{2,24}["']?[,;]["']?[\p{L}_]{2,24}["']?$/u

/** A cell of values set apart by commas or semicolons, with as many in the line before or after it. */
function isInRow(text: string, line: Range, value: string): boolean {
  const row = text.slice(line.from, line.to)
  const mark = row.includes(';') ? ';' : ','
  const cells = row.split(mark)
  if (!cells.some((cell) => cell.trim().replace(/^["']|["']$/g, '') === value)) return false
  // Two columns are a table only where they are named: many a sentence has one comma.
  if (cells.length === 2) return NAMES_OF_TWO.test(text.slice(0, Math.min(line.from, 64)).split('\n', 1)[0] as string)
  if (cells.length < 3) return false
  const before =
    text
      .slice(Math.max(0, line.from - AROUND), Math.max(0, line.from - 1))
      .split('\n')
      .at(-1) ?? ''
  const after = text.slice(line.to + 1, line.to + 1 + AROUND).split('\n', 1)[0] as string
  return [before, after].some((other) => other.split(mark).length === cells.length)
}

/** Alone in a cell of a table whose columns are set apart by blanks, as they are in the line before or after it. */
function isInColumn(text: string, line: Range, start: number, end: number): boolean {
  const row = text.slice(line.from, line.to)
  const columns = row.includes('  ') ? columnsOf(row) : []
  if (columns.length < 2) return false
  const before = text.slice(Math.max(0, line.from - AROUND), Math.max(0, line.from - 1)).split('\n')
  const after = text.slice(line.to + 1, line.to + 1 + AROUND).split('\n')
  if (![before.at(-1) as string, after[0] as string].some((other) => columnsOf(other)[1] === columns[1])) return false
  const from = line.from + (columns.findLast((column) => line.from + column <= start) ?? 0)
  const to = line.from + (columns.find((column) => line.from + column > start) ?? line.to - line.from)
  if (end > to || !isAlone(text.slice(from, to), text.slice(start, end))) return false
  return !readsOn(row, { start: start - line.from, end: end - line.from })
}

/** A sentence stays one with wide gaps in it: an order, or words in front of the value that lead up to it. */
function readsOn(row: string, { start, end }: { readonly start: number; readonly end: number }): boolean {
  const before = row.slice(0, start).trimEnd()
  const wordy = before.split(/\s{2,}/).some((cell) => (cell.match(/\p{L}{2,}/gu)?.length ?? 0) > BESIDE)
  return wordy || LEADS_UP.test(before) || READS_ON.test(row.slice(end)) || isRequest(before.replace(/\s{2,}/g, ' '), row.slice(start, end))
}

const LEADS_UP = /(?:^|\s)(?:to|at|with|into|from|via|by|on|onto|the|an?|of|for|in|is|are|be|and|or|not|as|than|called|named)$/i
const READS_ON = /^\s+(?:to|at|with|into|from|via|by|the|of|for|in|is|are|was|and|or|not|as|instead|now|please|too)(?:\s\p{L}|$)/iu

/** Where the cells of a line begin. */
function columnsOf(line: string): readonly number[] {
  return [...line.matchAll(/(?<=^|\s{2})\S/g)].map(({ index }) => index)
}

/** The person pointed to a text of their own, and it gives the value a name: `About me. Mail: lea@corp.example, phone: 4711`. */
export function isNamedThere(text: string, start: number): boolean {
  const label = LABEL.exec(text.slice(Math.max(0, start - 40), start))?.[1] ?? RUN_ON.exec(text.slice(Math.max(0, start - 120), start))?.[1]
  return label !== undefined && !isOrder(label)
}

/** A record without line ends: `User Name: lea Account Number: `. */
const RUN_ON = /(?:^|\s)\p{Lu}[\p{L}\p{N}]{0,24}: \S{1,64} ((?:\p{Lu}[\p{L}\p{N}]{0,24} ){0,4}\p{Lu}[\p{L}\p{N}]{0,24}): $/u

/** `send a copy to`; `mail` and `contact id` are names. */
function isOrder(label: string): boolean {
  return (
    /\s(?:to|at|with|into|from|via|by|on|the|an?|your|this|that|it|everything|all)(?:\s|$)/i.test(label) &&
    startsWithVerb(label.toLowerCase())
  )
}

const LABEL = /(?:^|[\n.,;|({])\W*(\p{L}[\p{L}\p{N} _-]{1,36}):\s*["']?$/u

/** The quoted string, table cell or value after a key that the span stands in. */
function cellOf(text: string, line: Range, start: number, end: number): string {
  const quoted = between(text, { ...line, start, end, stops: '"`' })
  if (quoted.from > line.from && quoted.to < line.to) return text.slice(quoted.from, quoted.to)
  const cell = between(text, { ...line, start, end, stops: '|\t' })
  return text
    .slice(cell.from, cell.to)
    .replace(/^\s*(?:[-*•>#]+|\d{1,3}[.)]|\[[A-Z]+\])?\s*/, '')
    .replace(/^["']?[\p{L}\p{N}][\p{L}\p{N} _./()-]{0,38}["']?\s*[:=]\s+/u, '')
}

function isAlone(cell: string, value: string): boolean {
  const beside = cell.replace(value, ' ')
  return (beside.match(/\p{L}{3,}/gu)?.length ?? 0) <= BESIDE && !isRequest(cell, value)
}

function sentenceAround(text: string, line: Range, start: number, end: number): string {
  let from = start
  while (from > line.from && !(/[.!?]/.test(text[from - 2] ?? '') && /\s/.test(text[from - 1] ?? ''))) from -= 1
  let to = end
  while (to < line.to && !(/[.!?]/.test(text[to] as string) && /\s|$/.test(text[to + 1] ?? ''))) to += 1
  // A request may be wrapped over two lines: the value then stands on the second.
  const before =
    from === line.from
      ? (text
          .slice(Math.max(0, line.from - AROUND), Math.max(0, line.from - 1))
          .split('\n')
          .pop() ?? '')
      : ''
  return `${/[.!?:]\s*$/.test(before) ? '' : before} ${text.slice(from, to)}`
}

function isRequest(sentence: string, value: string): boolean {
  const lower = sentence.toLowerCase()
  if (ADDRESSES_READER.test(lower)) return true
  // The value itself may hold verbs; it does not ask for anything.
  const around = lower.replace(value.toLowerCase(), ' _ ')
  return around.split(/[,;:(){}\n]|\s[-–—]\s|\b(?:and|then|to|or)\b/).some(startsWithVerb)
}

function startsWithVerb(clause: string): boolean {
  const words = clause.split(/[^a-z']+/).filter(Boolean)
  const first = words.findIndex((word) => !LEADS.has(word))
  return first >= 0 && VERBS.has(words[first] as string)
}

import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Line } from '../json-lines.ts'
import { isPlain, isRecording, type Recording, recordingOn } from './recording.ts'

/** Tools that recordings offer, as they are written and as they are read. */
interface Offer {
  readonly text: string
  readonly tools: Recording['tools']
}

/** Offers kept: recordings of one application stand together. */
const OFFERS = 8
/** What stands for an offer that is not read again; no recording can hold it. */
const STAND_IN = randomUUID()
const TOOLS = '"tools"'
const COLON = /[ \t]*:[ \t]*/y

/**
 * Reads recordings off lines. Those of one application offer the same tools in the same words, often longer than all that was said and
 * done: they are read once, and whatever is read of them again is the same object. Remembers the last offers.
 */
export class RecordingReader {
  #offers: readonly Offer[] = []
  /** Of the last recording whose tools were not known; kept when they come again. */
  #last = ''

  /** Throws an `AgentError` that names the line. */
  read(line: Line, file: string): Recording {
    const text = line.text ?? ''
    const at = offerAt(text)
    const known = at === undefined ? undefined : this.#offers.find((offer) => text.startsWith(offer.text, at))
    const short = at === undefined || known === undefined ? undefined : recordingWith(known, { text, at })
    if (short !== undefined) return short
    const recording = recordingOn(line, file)
    if (at !== undefined && known === undefined && recording.tools.length > 0) this.#meet(offerText(text, at), recording.tools)
    return recording
  }

  #meet(text: string, tools: Recording['tools']): void {
    if (text !== this.#last) this.#last = text
    else if (isWritten(tools, text)) this.#offers = [{ text, tools }, ...this.#offers].slice(0, OFFERS)
  }
}

/** Where the tools begin, if anywhere: quotes in a text have a stroke before them, so this is the name of a member. */
function offerAt(text: string): number | undefined {
  const name = text.indexOf(TOOLS)
  COLON.lastIndex = name + TOOLS.length
  return name >= 0 && COLON.test(text) ? COLON.lastIndex : undefined
}

/** The recording whose tools these are; undefined when they are those of something within it, or nothing plain. */
function recordingWith({ text: offer, tools }: Offer, { text, at }: { readonly text: string; readonly at: number }): Recording | undefined {
  const short = `${text.slice(0, at)}"${STAND_IN}"${text.slice(at + offer.length)}`
  const value = parsed(short)
  if (typeof value !== 'object' || value === null || !('tools' in value) || value.tools !== STAND_IN || !isPlain(value)) return undefined
  value.tools = tools
  return isRecording(value) ? value : undefined
}

/** As far as can be told from outside. */
function offerText(text: string, at: number): string {
  const events = text.indexOf('"events"', at)
  return text.slice(at, text.lastIndexOf(']', events < 0 ? text.length : events) + 1)
}

function isWritten(tools: Recording['tools'], text: string): boolean {
  const written = parsed(text)
  return isPlain(written) && isSame(written, tools)
}

function isSame(one: unknown, other: unknown): boolean {
  try {
    return isDeepStrictEqual(one, other)
  } catch {
    // Nested so deeply that no stack holds the comparison.
    return false
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

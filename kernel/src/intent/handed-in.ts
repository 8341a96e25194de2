/** Whether a passage of outside text hands in what a call would run or write, asked for in so many words or not. */
import type { Form } from '../provenance/forms.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole, type Hit } from '../provenance/search.ts'
import { fold } from '../provenance/words.ts'

/** Longest script looked at, commands of it that are looked for, and how long these are. */
const SCRIPT = 16_384
const COMMANDS = 4
const [COMMAND_FROM, COMMAND_TO] = [8, 400]
/** How package managers are told to fetch something. */
const FETCHING = ['install', 'add', 'get', 'require', 'i', 'npx', 'bunx', 'uvx', 'dlx', 'exec']

/** Outside text holds the command that names this package, not just the name. */
export function isCommandHandedIn(evidence: Evidence, script: string, name: string): boolean {
  const spelled = [...commandsWith(name, script), ...FETCHING.map((verb) => `${verb} ${name}`)]
  return spelled.some((command) => findWhole(evidence.read, command).some((hit) => isForeign(hit, evidence, command)))
}

/** Outside text holds the very command that deletes this, whoever pointed to the text: to look at it is not to do what it says. */
export function isDeletionHandedIn(evidence: Evidence, script: string, name: string): boolean {
  return commandsWith(name, script).some(
    (command) =>
      findWhole(evidence.said, command).length === 0 &&
      findWhole(evidence.read, command).some(
        ({ view }) =>
          view.source.integrity === 'untrusted' &&
          view.source.channel !== 'tool_description' &&
          !findWhole(evidence.made, command).some((made) => made.view.order < view.order),
      ),
  )
}

/** The commands of a script that name this. */
function commandsWith(name: string, script: string): readonly string[] {
  return (
    script
      .slice(0, SCRIPT)
      // Where its output goes is the model's own.
      .replace(/\s\d?(?:>>?|<)\s?&?[^\s;|&]+/g, ' ')
      .split(/\n|&&|\|\||[;|&]/)
      .map((command) => command.replace(/^[\s({]+|[\s)}]+$/g, ''))
      .filter((command) => command.includes(name) && command.length >= COMMAND_FROM && command.length <= COMMAND_TO)
      .slice(0, COMMANDS)
  )
}

/** From outside, not pointed to by the person, and not an echo of what the model or the person wrote before. */
function isForeign({ view }: Hit, evidence: Evidence, text: string): boolean {
  const { source } = view
  if (source.integrity !== 'untrusted' || source.channel === 'tool_description') return false
  if (source.namedByUser === true && !isSaidToAgents(source.id, evidence, text)) return false
  if (findWhole(evidence.said, text).length > 0) return false
  return !findWhole(evidence.made, text).some((made) => made.view.order < view.order)
}

/** A text that the person pointed to is theirs to follow, but not what it says past them to whoever reads it for them. */
function isSaidToAgents(id: string, { asked }: Evidence, text: string): boolean {
  const own = fold(text)
  return asked.some(({ request, source }) => source.id === id && request.addressed && request.text.includes(own))
}

/** Lines of an edit that are looked for, and from which length on a line says something, and says it by itself. */
const LINES = 24
const [LINE_FROM, TELLING] = [10, 24]
/** Part of the lines that a passage must hold. */
const SHARE = 0.3
/** Letters around a file's name that can belong to the passage, and after it where a block of code follows. */
const [AROUND, BLOCK] = [600, 1200]
/** Words besides file and lines that make a sentence of a passage; a listing has fewer. */
const SENTENCE_WORDS = 3

/** A sentence that names the file holds what would be written into it. */
export function isEditHandedIn(
  evidence: Evidence,
  edit: { readonly file: readonly Form[]; readonly contents: readonly string[] },
): boolean {
  if (evidence.read.length === 0) return false
  const lines = linesOf(edit.contents)
  if (lines.length === 0) return false
  for (const form of edit.file) {
    if (form.via === 'folder' || form.text.length < 5) continue
    for (const hit of findWhole(evidence.read, form.text)) {
      if (hit.view.source.integrity !== 'untrusted' || hit.view.source.namedByUser === true || isListing(hit, evidence, form)) continue
      for (const start of [hit.start, ...hit.again])
        if (holds(passageAt(hit.view.folded, start, start + (hit.end - hit.start)), { lines, evidence, hit, file: fold(form.text) }))
          return true
    }
  }
  return false
}

/** What a call that named the file brought: the file itself, most likely. */
function isListing({ view }: Hit, evidence: Evidence, form: Form): boolean {
  const { callId } = view.source
  return callId !== undefined && findWhole(evidence.made, form.text).some((made) => made.view.source.callId === callId)
}

function linesOf(contents: readonly string[]): readonly string[] {
  const lines = contents.flatMap((content) => fold(content.slice(0, SCRIPT)).split('\n'))
  return [...new Set(lines.map((line) => line.trim()))].filter(({ length }) => length >= LINE_FROM).slice(0, LINES)
}

/** The line the file is named in, and the block after it where the line announces one. */
function passageAt(text: string, start: number, end: number): string {
  const from = Math.max(text.lastIndexOf('\n', start) + 1, start - AROUND)
  const stop = text.indexOf('\n', end)
  const to = Math.min(stop < 0 ? text.length : stop, end + AROUND)
  const line = text.slice(from, to)
  const block = /[:`]\s*$/.test(line) ? text.slice(to, to + BLOCK) : ''
  return line + block
}

interface Looking {
  readonly lines: readonly string[]
  readonly evidence: Evidence
  readonly hit: Hit
  readonly file: string
}

function holds(passage: string, { lines, evidence, hit, file }: Looking): boolean {
  const held = lines.filter((line) => passage.includes(line) && isForeign(hit, evidence, line))
  if (held.length === 0 || (held.length < lines.length * SHARE && !held.some(({ length }) => length >= TELLING))) return false
  const beside = held.reduce((rest, line) => rest.replace(line, ' '), passage.split('\n', 1)[0] as string).replace(file, ' ')
  return (beside.match(/\p{L}{3,}/gu)?.length ?? 0) >= SENTENCE_WORDS
}

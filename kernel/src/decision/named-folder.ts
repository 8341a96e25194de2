/** Folders the person pointed to as the place of the work: what lies in them counts as inside the workspace. */
import type { CallReading } from '../effect/effects-of.ts'
import { type Surroundings, homeRelative } from '../effect/place/path.ts'
import type { TracedEffect } from '../effect/traced-effect.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { findWhole, type Hit } from '../provenance/search.ts'

/** Most folders above a file that are looked for. */
const ABOVE = 12

/** Where the system itself, everybody or everything lives: naming such a folder hands over nothing below it. */
const NOT_FOR_WORK =
  /^(?:\/(?:etc|usr|bin|sbin|lib\d*|boot|dev|proc|sys|run|System|Library|Applications)(?:\/.*)?|\/(?:var|opt|srv|mnt|media|private|Volumes|root)|\/(?:home|Users)(?:\/[^/]+)?|\/?[a-z]:|\/?[a-z]:\/(?:windows|program files(?: \(x86\))?|programdata)(?:\/.*)?|\/?[a-z]:\/users(?:\/[^/]+)?)$/i

/** The same reading, with changes of files in a folder that person or application named marked as inside the workspace. */
export function withNamedFolders(reading: CallReading, evidence: Evidence, at: Surroundings): CallReading {
  if (evidence.said.length === 0 || !reading.effects.some(isChangeElsewhere)) return reading
  const effects = reading.effects.map((traced) =>
    isChangeElsewhere(traced) && isInNamedFolder(traced.effect.target, evidence, at) ? { ...traced, insideWorkspace: true } : traced,
  )
  return { ...reading, effects }
}

function isChangeElsewhere({ effect, kind, insideWorkspace }: TracedEffect): boolean {
  return kind === 'path' && insideWorkspace !== true && (effect.class === 'fs.write' || effect.class === 'fs.delete')
}

function isInNamedFolder(path: string, evidence: Evidence, at: Surroundings): boolean {
  let folder = path
  for (let level = 0; level < ABOVE; level += 1) {
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))
    if (folder.length < 3) return false
    const short = homeRelative(folder, at)
    if (NOT_FOR_WORK.test(folder) || folder === at.home || short.startsWith('~/.')) return false
    if (isNamed(folder, evidence) || (short !== folder && short.length > 3 && isNamed(short, evidence))) return true
  }
  return false
}

function isNamed(folder: string, evidence: Evidence): boolean {
  return findWhole(evidence.said, folder).some((hit) => standsAlone(hit))
}

/** Not as the end of a longer path or address, and not as the beginning of one: naming a file is naming that file. */
function standsAlone({ view, start, end, again }: Hit): boolean {
  return [start, ...again].some((at) => {
    const after = view.folded.slice(at + end - start, at + end - start + 3)
    return !/[\p{L}\p{N}_./\\:~@-]/u.test(view.folded[at - 1] ?? ' ') && !/^(?:[/\\]?[\p{L}\p{N}_-]|[/\\]?\.[\p{L}\p{N}.])/u.test(after)
  })
}

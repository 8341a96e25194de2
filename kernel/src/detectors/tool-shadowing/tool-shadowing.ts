/** Sees tools whose name passes for that of another server's tool. */
import type { Detector, ToolSubject } from '../../finding/detector.ts'
import { skeletonOf } from '../../finding/look-alikes.ts'

/** Most tools of other servers compared with. */
const OTHERS = 4096
const KIND = 'tool.shadowed-name'

export const toolShadowing: Detector = {
  name: 'tool-shadowing',
  version: '1',
  look(subject) {
    if (subject.kind !== 'tool' || subject.others === undefined) return []
    const seen = shadow(subject)
    return seen === undefined ? [] : [{ detector: 'tool-shadowing', version: '1', kind: KIND, where: 'tool', span: [0, 0], ...seen }]
  },
}

function shadow({ tool, server, others }: ToolSubject): { readonly score: number; readonly detail: string } | undefined {
  const skeleton = skeletonOf(tool)
  let same: { readonly score: number; readonly detail: string } | undefined
  for (const other of (others ?? []).slice(0, OTHERS)) {
    if (other.server === server || skeletonOf(other.tool) !== skeleton) continue
    // Several servers have a tool named search; only what looks the same and is not was made to mislead.
    if (other.tool !== tool && !isPlain(tool))
      return { score: 0.95, detail: `${tool} is drawn like ${other.tool} of ${other.server}, and is another name` }
    if (isPlain(other.tool)) same ??= { score: 0.5, detail: `${other.server} has a tool of the same name as ${tool}` }
  }
  if (!isPlain(tool) && /^[\x20-\x7E]*$/.test(skeleton)) return { score: 0.85, detail: `${tool} has letters that pass for Latin ones` }
  return same
}

function isPlain(name: string): boolean {
  return /^[\x20-\x7E]*$/.test(name)
}

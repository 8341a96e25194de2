/** Sees that a tool is no longer what it was when the session first saw it. */
import type { Detector } from '../../finding/detector.ts'

export const definitionDrift: Detector = {
  name: 'definition-drift',
  version: '1',
  look(subject) {
    if (subject.kind !== 'tool' || subject.pinned === undefined || subject.current === undefined || subject.pinned === subject.current)
      return []
    const detail = `the definition of ${subject.tool} changed since it was first seen`
    return [{ detector: 'definition-drift', version: '1', kind: 'tool.definition-drift', score: 1, where: 'tool', span: [0, 0], detail }]
  },
}

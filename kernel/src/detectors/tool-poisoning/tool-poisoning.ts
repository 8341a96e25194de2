/** Sees tools whose description speaks to the model behind the person's back. */
import type { ToolDefinition } from '../../event/event.ts'
import { leavesOf } from '../../event/leaves.ts'
import { hiddenCharacters } from '../../event/visible.ts'
import type { Detector, ToolSubject } from '../../finding/detector.ts'
import { SIGNALS } from './signals.ts'

/** How much of a definition is looked at. */
const LENGTH = 65_536
/** Less is nothing out of the ordinary. */
const LEAST = 0.4
/** Signs that something is hidden from whoever reads the description. */
const HIDDEN = 3

export const toolPoisoning: Detector = {
  name: 'tool-poisoning',
  version: '1',
  look(subject) {
    if (subject.kind !== 'tool' || subject.definition === undefined) return []
    const signs = signsOf(subject, textOf(subject.definition))
    const score = 1 - signs.reduce((rest, { weight }) => rest * (1 - weight), 1)
    if (score < LEAST) return []
    const detail = `the description of ${subject.tool} ${signs.map(({ what }) => what).join(', ')}`
    return [
      {
        detector: 'tool-poisoning',
        version: '1',
        kind: 'tool.poisoned-description',
        score: Math.min(0.99, score),
        where: 'tool',
        span: [0, 0],
        detail,
      },
    ]
  },
}

interface Sign {
  readonly what: string
  readonly weight: number
}

function signsOf(subject: ToolSubject, text: string): readonly Sign[] {
  const signs: Sign[] = SIGNALS.filter(({ pattern }) => pattern.test(text))
  if (hiddenCharacters(text).length >= HIDDEN || / {80}[^\s]|\n{16}[^\n]/.test(text)) signs.push({ what: 'hides text', weight: 0.7 })
  const other = otherTool(subject, text)
  if (other !== undefined) signs.push({ what: `gives orders about ${other}, a tool of another server`, weight: 0.6 })
  return signs
}

/** What the model is told: descriptions, titles, defaults and choices, wherever in the definition. */
function textOf({ description, inputSchema, annotations }: ToolDefinition): string {
  const parts = [description ?? '']
  for (const part of [inputSchema, annotations]) {
    if (part === undefined) continue
    for (const leaf of leavesOf(part).leaves) if (leaf.kind === 'string' && leaf.text.length > 8) parts.push(leaf.text)
  }
  return parts.join('\n').slice(0, LENGTH)
}

/** Most tools of other servers looked for. */
const OTHERS = 512
const ORDER = /\b(?:must|should|always|never|instead|whenever|every time|before|after|when|do not|don't|replace|redirect|bcc|forward)\b/i

/** A tool of another server that is named beside an order. Names that are mere words do not count. */
function otherTool({ server, others }: ToolSubject, text: string): string | undefined {
  for (const other of (others ?? []).slice(0, OTHERS)) {
    if (other.server === server || !/^[a-z]{2,}(?:[_-][a-z0-9]+|[A-Z][a-z]+)+$/.test(other.tool)) continue
    const at = text.indexOf(other.tool)
    if (at >= 0 && ORDER.test(text.slice(Math.max(0, at - 160), at + other.tool.length + 160))) return other.tool
  }
  return undefined
}

/** Calls to a machine that go beyond what its operator allows, and those that keep within it. */
import type { Envelope, FieldBounds } from '../../event/envelope.ts'
import type { Json } from '../../event/json.ts'
import type { Detector, EnvelopeSubject, Subject } from '../../finding/detector.ts'
import type { Finding } from '../../finding/finding.ts'

const NAME = 'outside-envelope'
const VERSION = '1'
/** Values and nesting looked at; a message that has more is not known to keep within anything. */
const [MOST_VALUES, DEEPEST] = [20_000, 64]
/** Findings told of one call. */
const MOST_TOLD = 8

export const outsideEnvelope: Detector = { name: NAME, version: VERSION, look }

function look(subject: Subject): readonly Finding[] {
  if (subject.kind !== 'envelope') return []
  const { envelope } = subject
  if (!envelope.listed) return [finding(subject, 'envelope.unlisted', 'its operator listed nothing like it')]
  const { types, rate } = envelope
  const found: Finding[] = []
  if (types !== undefined && types[0] !== types[1])
    found.push(finding(subject, 'envelope.other-type', `it is of the type ${quoted(types[1])}, and ${quoted(types[0])} is listed`))
  if (rate !== undefined && rate.count > rate.most)
    found.push(finding(subject, 'envelope.too-often', `it is number ${rate.count} within a second, and ${rate.most} are allowed`))
  found.push(...numbersIn(subject))
  return found.length > 0 ? found.slice(0, MOST_TOLD) : [finding(subject, 'envelope.within', 'it keeps within what its operator allows')]
}

interface Branch {
  readonly value: Json
  readonly path: string
  readonly depth: number
}

function numbersIn(subject: EnvelopeSubject): readonly Finding[] {
  const { envelope, message } = subject
  const bounds = new Map(Object.entries(envelope.fields ?? {}))
  const seen = new Set<string>()
  const found: Finding[] = []
  const queue: Branch[] = [{ value: message, path: '', depth: 0 }]
  for (let next = 0; next < queue.length; next += 1) {
    const { value, path, depth } = queue[next] as Branch
    if (queue.length > MOST_VALUES || depth > DEEPEST)
      return [finding(subject, 'envelope.unread', 'the message is too long to be looked at in full')]
    if (typeof value === 'object' && value !== null) {
      // Places of a list are all alike.
      const inner = Array.isArray(value)
        ? (value as readonly Json[]).map((item) => [`${path}[]`, item] as const)
        : Object.entries(value).map(([key, item]) => [path === '' ? key : `${path}.${key}`, item] as const)
      for (const [at, item] of inner.slice(0, MOST_VALUES + 1)) queue.push({ value: item, path: at, depth: depth + 1 })
      if (!bounds.has(path)) continue
    }
    seen.add(path)
    const problem = problemOf(value, bounds.get(path), { path, others: envelope.others })
    if (problem !== undefined) found.push(finding(subject, ...problem))
  }
  for (const [path, bound] of bounds) {
    // What is left out is 0 to the machine.
    const problem = seen.has(path) || path.includes('[]') ? undefined : problemOf(0, bound, { path, others: undefined })
    if (problem !== undefined) found.push(finding(subject, ...problem))
  }
  return found
}

function problemOf(
  value: Json,
  bounds: FieldBounds | undefined,
  { path, others }: { readonly path: string; readonly others: Envelope['others'] },
): readonly [kind: string, detail: string] | undefined {
  const name = quoted(path)
  // Nothing in the place of a number is what no number is called on the wire.
  if (value === null || (typeof value === 'number' && !Number.isFinite(value)))
    return ['envelope.no-number', `${name} is not a finite number`]
  if (typeof value !== 'number') return bounds === undefined ? undefined : ['envelope.no-number', `${name} is no number`]
  if (bounds === undefined)
    return others === 'zero' && value !== 0 ? ['envelope.exceeded', `${name} is ${value}, and has to be 0 as it has no bounds`] : undefined
  const { min, max, unit } = bounds
  const of = unit === undefined ? '' : ` ${unit}`
  if (value >= min && value <= max) return undefined
  return ['envelope.exceeded', `${name} is ${value}${of}, and ${min} to ${max}${of} is allowed`]
}

function quoted(text: string): string {
  return `\`${text.slice(0, 100)}\``
}

function finding({ where }: EnvelopeSubject, kind: string, detail: string): Finding {
  return { detector: NAME, version: VERSION, kind, score: 1, where, span: [0, 0], detail }
}

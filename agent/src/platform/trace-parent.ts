/** The part of the W3C trace context that says which calls belong together. */
import { randomBytes } from 'node:crypto'

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/

/** The trace that a `traceparent` names: 32 hexadecimal digits. `undefined` for what is none. */
export function traceOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 200) return undefined
  const [, version = '', trace = '', parent = '', rest] = FORM.exec(value) ?? []
  if (version === '' || version === 'ff' || (version === '00' && rest !== undefined)) return undefined
  return /^0+$/.test(trace) || /^0+$/.test(parent) ? undefined : trace
}

/** A `traceparent` of a trace that nobody has begun yet. */
export function newTraceParent(): string {
  return `00-${randomBytes(16).toString('hex')}-${randomBytes(8).toString('hex')}-01`
}

import { isUtf8 } from 'node:buffer'

/** What a journal entry's body says, as far as lists and facets need it. The body is hostile: everything is checked and cut. */
export type EntryFacts = DecisionFacts | OutcomeFacts | { readonly kind: 'other' }

/** An entry's body and what was said of it beside it. */
export interface EncodedEntry {
  readonly seq: number
  readonly body: Uint8Array
  readonly kind: string
  readonly index: { readonly id: string; readonly verdict: string } | undefined
}

export interface DecisionFacts {
  readonly kind: 'decision'
  readonly id: string
  readonly at: number
  readonly verdict: string
  readonly title: string
  readonly policy: string
  readonly session: string
  readonly gate: string
  readonly app: string
  readonly user: string
  readonly tool: string
  readonly server: string
  readonly effectClasses: readonly string[]
  readonly micros: number
}

export interface OutcomeFacts {
  readonly kind: 'outcome'
  readonly decision: string
  readonly outcome: string
  readonly at: number
}

const VERDICTS = new Set(['allow', 'redact', 'ask', 'deny', 'quarantine'])
const ID = /^[0-9A-Za-z_-]{1,64}$/
/** Canonical JSON as the kernel writes it is never deeper. */
const MOST_DEPTH = 256

/** Null when the body contradicts its envelope or lacks what its kind must have. */
export function readEntry(entry: EncodedEntry, epoch: number): EntryFacts | null {
  const body = parse(entry.body)
  if (body === undefined || body['kind'] !== entry.kind || body['epoch'] !== epoch || body['seq'] !== entry.seq) return null
  const at = whole(body['at'])
  if (at === undefined) return null
  if (entry.kind === 'decision') return readDecision(body, at, entry)
  if (entry.kind !== 'outcome') return entry.kind === '' ? null : { kind: 'other' }
  const decision = body['decision']
  if (typeof decision !== 'string' || !ID.test(decision)) return null
  return { kind: 'outcome', decision, outcome: text(body['outcome'], 40), at }
}

function readDecision(body: Fields, at: number, entry: EncodedEntry): DecisionFacts | null {
  const decision = fields(body['decision'])
  const principal = fields(body['principal'])
  const call = fields(body['call'])
  const verdict = decision['verdict']
  const id = body['id']
  if (typeof id !== 'string' || !ID.test(id) || typeof verdict !== 'string' || !VERDICTS.has(verdict)) return null
  // INVARIANT: an index that disagrees with the body it indexes is never relied on.
  if (entry.index === undefined || entry.index.id !== id || entry.index.verdict !== verdict) return null
  return {
    kind: 'decision',
    id,
    at,
    verdict,
    title: text(decision['summary'], 500),
    policy: text(fields(list(decision['reasons'])[0])['policy'], 200),
    session: text(principal['session'], 200),
    gate: text(body['gate'], 60),
    app: text(fields(principal['app'])['name'], 200),
    user: text(principal['user'], 200),
    tool: text(call['tool'], 200),
    server: text(call['server'], 200),
    effectClasses: effectClasses(decision['effects']),
    micros: whole(fields(body['timing'])['total']) ?? 0,
  }
}

type Fields = Readonly<Record<string, unknown>>

function parse(body: Uint8Array): Fields | undefined {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
  if (!isPlain(bytes) || !isUtf8(bytes)) return undefined
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined
  } catch {
    return undefined
  }
}

/** Whether the bytes are of canonical shape as far as matters before parsing: no line breaks or other controls, no great depth. */
function isPlain(body: Uint8Array): boolean {
  const { length } = body
  let depth = 0
  let inText = false
  for (let at = 0; at < length; at++) {
    const byte = body[at] as number
    if (byte < 0x20) return false
    if (byte === QUOTE) inText = !inText
    else if (inText) at += byte === BACKSLASH ? 1 : 0
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) depth++
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) depth--
    if (depth > MOST_DEPTH) return false
  }
  return true
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function text(value: unknown, most: number): string {
  return typeof value === 'string' ? value.slice(0, most) : ''
}

function whole(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) < Number.MAX_SAFE_INTEGER ? Math.round(value) : undefined
}

function effectClasses(effects: unknown): readonly string[] {
  const classes = new Set<string>()
  for (const effect of list(effects).slice(0, 200)) {
    const name = fields(effect)['class']
    if (typeof name === 'string' && /^[a-z.]{1,60}$/.test(name)) classes.add(name)
  }
  return [...classes]
}

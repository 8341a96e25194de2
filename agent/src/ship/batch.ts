import { type DecisionEntry, type EffectClass, headSigningInput } from '@assize/kernel'
import type { ShippableEntry } from './entry-source.ts'

/** Entries a batch has at most, whatever their size. */
const BATCH_ENTRIES = 256
/** Bytes of bodies after which a batch is full. */
export const BATCH_BYTES = 256 * 1024

/** What lists and facets at the hub are made of. */
export interface DecisionIndex {
  readonly decisionId: string
  readonly verdict: string
  readonly sessionId: string
  readonly gate: string
  readonly app: string
  readonly tool: string
  readonly server: string
  readonly effectClasses: readonly EffectClass[]
  readonly policy: string
  readonly title: string
  readonly user: string
  readonly micros: number
}

export interface ShippedEntry extends ShippableEntry {
  readonly decision: DecisionIndex | undefined
}

export interface DropRange {
  readonly firstSeq: number
  readonly lastSeq: number
  readonly count: number
  readonly reason: string
}

/** Consecutive entries, ready for the wire. */
export interface Batch {
  readonly epoch: number
  readonly entries: readonly ShippedEntry[]
  readonly headSignature: Uint8Array
  readonly dropped: readonly DropRange[]
  /** Size on the wire, roughly. */
  readonly bytes: number
}

/** Makes a batch of what the journal gave, signed at its head. */
export function makeBatch(epoch: number, stored: readonly ShippableEntry[], sign: (bytes: Uint8Array) => Uint8Array): Batch | undefined {
  const entries = stored.slice(0, BATCH_ENTRIES).map((entry) => ({ ...entry, decision: indexOf(entry) }))
  const last = entries.at(-1)
  if (!last) return undefined
  const headSignature = sign(headSigningInput(epoch, last.seq, last.hash))
  const bytes = entries.reduce((sum, entry) => sum + (entry.body?.length ?? 0) + 256, 128)
  return { epoch, entries, headSignature, dropped: dropRanges(entries), bytes }
}

function dropRanges(entries: readonly ShippableEntry[]): readonly DropRange[] {
  const ranges: { firstSeq: number; lastSeq: number; count: number; reason: string }[] = []
  for (const entry of entries) {
    if (entry.body) continue
    const open = ranges.at(-1)
    const reason = entry.dropped ?? 'size'
    if (open && open.lastSeq === entry.seq - 1 && open.reason === reason) {
      open.lastSeq = entry.seq
      open.count += 1
    } else ranges.push({ firstSeq: entry.seq, lastSeq: entry.seq, count: 1, reason })
  }
  return ranges
}

function indexOf(entry: ShippableEntry): DecisionIndex | undefined {
  if (entry.kind !== 'decision' || !entry.body) return undefined
  const body = JSON.parse(Buffer.from(entry.body.buffer, entry.body.byteOffset, entry.body.length).toString('utf8')) as DecisionEntry
  const { decision, principal, call, timing } = body
  const [strictest] = decision.reasons
  return {
    decisionId: body.id,
    verdict: decision.verdict,
    sessionId: principal.session,
    gate: body.gate,
    app: principal.app.name,
    tool: call.tool,
    server: call.server ?? '',
    effectClasses: effectClasses(body),
    policy: strictest?.policy ?? '',
    title: strictest?.title ?? decision.summary,
    user: principal.user,
    micros: timing.total,
  }
}

/** Distinct classes: those a policy spoke on first, strictest first, then the rest in the order of the call. */
function effectClasses(body: DecisionEntry): readonly EffectClass[] {
  return [
    ...new Set([...body.decision.reasons.map((reason) => reason.effect.class), ...body.decision.effects.map((effect) => effect.class)]),
  ]
}

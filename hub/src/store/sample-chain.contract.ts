import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { create, toBinary } from '@bufbuild/protobuf'
import { EntryKind, TelemetryRequestSchema, Verdict } from '@assize/proto'
import { headSigningInput } from '@assize/kernel'

/** A real device key and a real chain: what a well-behaved agent would send, and the means to spoil it. */
export interface SampleEntry {
  readonly seq: number
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
  readonly body: Uint8Array
  readonly kind: EntryKind
  readonly decision?: { readonly decisionId: string; readonly verdict: Verdict }
}

const VERDICTS: Readonly<Record<string, Verdict>> = {
  allow: Verdict.ALLOW,
  redact: Verdict.REDACT,
  ask: Verdict.ASK,
  deny: Verdict.DENY,
  quarantine: Verdict.QUARANTINE,
}
const AT = Date.UTC(2026, 10, 20, 12)

export class SampleChain {
  readonly epoch: number
  readonly entries: SampleEntry[] = []
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' })

  constructor(epoch = 1) {
    this.epoch = epoch
  }

  get publicKey(): Uint8Array {
    return new Uint8Array(this.#keys.publicKey.export({ format: 'der', type: 'spki' }))
  }

  decide(
    wish: {
      verdict?: string
      tool?: string
      app?: string
      session?: string
      effects?: readonly string[]
      policy?: string
      summary?: string
      at?: number
      id?: string
    } = {},
  ): SampleEntry {
    const verdict = wish.verdict ?? 'allow'
    const id = wish.id ?? `01D${String(this.epoch).padStart(3, '0')}${String(this.entries.length + 1).padStart(20, '0')}`
    const body = {
      kind: 'decision',
      id,
      gate: 'mcp-stdio',
      principal: {
        tenant: 'default',
        host: 'box',
        user: 'ada',
        app: { name: wish.app ?? 'claude-code' },
        session: wish.session ?? 's1',
        chain: [],
      },
      call: { type: 'tool.call', callId: 'c1', tool: wish.tool ?? 'read_file', server: 'files', args: { path: '/tmp/a' } },
      decision: {
        verdict,
        summary: wish.summary ?? `${wish.tool ?? 'read_file'} was judged`,
        reasons: wish.policy === undefined ? [] : [{ policy: wish.policy, title: wish.policy, verdict }],
        effects: (wish.effects ?? ['fs.read']).map((name) => ({ class: name, target: '/tmp/a', certainty: 'certain', arguments: [] })),
      },
      timing: { total: 420 },
    }
    return this.add(body, {
      kind: EntryKind.DECISION,
      at: wish.at ?? AT,
      decision: { decisionId: id, verdict: VERDICTS[verdict] ?? Verdict.UNSPECIFIED },
    })
  }

  outcome(decision: string, outcome: string): SampleEntry {
    return this.add({ kind: 'outcome', decision, outcome, detail: {} }, { kind: EntryKind.OUTCOME, at: AT })
  }

  add(fields: object, envelope: { kind: EntryKind; at: number; decision?: SampleEntry['decision'] }): SampleEntry {
    const seq = this.entries.length + 1
    const body = new TextEncoder().encode(JSON.stringify({ v: 1, epoch: this.epoch, seq, at: envelope.at, ...fields }))
    const previousHash = this.entries.at(-1)?.hash ?? new Uint8Array(32)
    const entry: SampleEntry = {
      seq,
      previousHash,
      hash: hashOf(previousHash, body),
      body,
      kind: envelope.kind,
      ...(envelope.decision === undefined ? {} : { decision: envelope.decision }),
    }
    this.entries.push(entry)
    return entry
  }

  /** Gives the body of an entry up, as an agent with a full spool does. */
  drop(seq: number): void {
    const entry = this.entries[seq - 1]
    if (entry !== undefined) this.entries[seq - 1] = { ...entry, body: new Uint8Array(0) }
  }

  /** The telemetry request for entries `from` to `to`. `spoil` may change it before it is signed or after. */
  batch(
    from = 1,
    to = this.entries.length,
    options: {
      entries?: readonly SampleEntry[]
      signature?: Uint8Array
      dropped?: readonly (readonly [number, number])[]
      epoch?: number
    } = {},
  ): Uint8Array {
    const entries = options.entries ?? this.entries.slice(from - 1, to)
    const last = entries.at(-1)
    const epoch = options.epoch ?? this.epoch
    const headSignature =
      options.signature ??
      (last === undefined ? new Uint8Array(0) : sign('sha256', headSigningInput(epoch, last.seq, last.hash), this.#keys.privateKey))
    return toBinary(
      TelemetryRequestSchema,
      create(TelemetryRequestSchema, {
        message: {
          case: 'batch',
          value: {
            epoch: BigInt(epoch),
            entries: entries.map((entry) => ({ ...entry, seq: BigInt(entry.seq) })),
            headSignature,
            dropped: (options.dropped ?? []).map(([first, end]) => ({
              firstSeq: BigInt(first),
              lastSeq: BigInt(end),
              count: BigInt(end - first + 1),
              reason: 'size',
            })),
          },
        },
      }),
    )
  }

  get privateKeyPem(): string {
    return this.#keys.privateKey.export({ format: 'pem', type: 'pkcs8' }) as string
  }
}

export function hashOf(previous: Uint8Array, body: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(previous).update(body).digest())
}

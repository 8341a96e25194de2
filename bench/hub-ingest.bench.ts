import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { canonicalJson, entryHash, headSigningInput } from '@assize/kernel'
import { EntryKind, serviceDefinition, TelemetryService, type TelemetryResponse, Verdict } from '@assize/proto'
import { Client, type ClientDuplexStream, credentials } from '@grpc/grpc-js'
import Database from 'better-sqlite3'
import { enrolAgent, freePort, startHub } from '../tools/start/stack.ts'
import { against, type Bench, type Figure } from './figures.ts'
import { sampleEntry } from './sample-entry.ts'

const ENTRIES = 40_000
const BATCH = 256
const EPOCH = 1
const WINDOW_BYTES = 900 * 1024

interface Made {
  readonly bytes: number
  readonly lastSeq: number
  readonly request: object
}

/** How many entries a second one agent's stream gets into the hub: mutual TLS, chain and head checked, stored, durable, acknowledged. */
export const hubIngest: Bench = {
  name: 'hub-ingest',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
    const address = { state: join(folder, 'hub'), consolePort: await freePort(), grpcPort: await freePort() }
    const hub = await startHub(address)
    try {
      const agentState = join(folder, 'agent')
      await enrolAgent(agentState, address)
      const identity = join(agentState, 'identity')
      const key = readFileSync(join(identity, 'key.pem'))
      const channel = credentials.createSsl(readFileSync(join(identity, 'ca.pem')), key, readFileSync(join(identity, 'cert.pem')))
      const bodies = Array.from({ length: ENTRIES }, (_, index) => bodyOf(index + 1))
      const batches = makeBatches(bodies, createPrivateKey(key))
      const bare = bareRows(join(folder, 'bare.db'), bodies)
      const client = new Client(`127.0.0.1:${address.grpcPort}`, channel)
      const rate = await ingest(client, batches)
      client.close()
      return [
        against(
          { what: `bare SQLite, ${BATCH} rows a commit, one thread, no network`, value: bare },
          { what: 'hub ingest, one stream, mutual TLS, chained, acknowledged', value: rate, unit: 'rows/s' },
        ),
      ]
    } finally {
      await hub.stop()
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

function bodyOf(seq: number): Uint8Array {
  const id = `01BENCH${String(seq).padStart(19, '0')}`
  return new TextEncoder().encode(canonicalJson({ v: 1, epoch: EPOCH, seq, at: Date.UTC(2026, 10, 22), ...sampleEntry(id) }))
}

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest()

function makeBatches(bodies: readonly Uint8Array[], key: KeyObject): readonly Made[] {
  let previousHash: Uint8Array = new Uint8Array(32)
  const entries = bodies.map((body, index) => {
    const hash = entryHash(previousHash, body, sha256)
    const entry = {
      seq: BigInt(index + 1),
      previousHash,
      hash,
      body,
      kind: EntryKind.DECISION,
      recordedAtMs: BigInt(Date.UTC(2026, 10, 22)),
      decision: indexOf(body),
    }
    previousHash = hash
    return entry
  })
  return Array.from({ length: Math.ceil(entries.length / BATCH) }, (_, index) => {
    const part = entries.slice(index * BATCH, (index + 1) * BATCH)
    const last = part.at(-1)
    if (!last) throw new Error('empty batch')
    const headSignature = sign('sha256', headSigningInput(EPOCH, Number(last.seq), last.hash), key)
    const bytes = part.reduce((sum, entry) => sum + entry.body.length + 256, 0)
    return {
      bytes,
      lastSeq: Number(last.seq),
      request: { message: { case: 'batch', value: { epoch: BigInt(EPOCH), entries: part, headSignature } } },
    }
  })
}

function indexOf(body: Uint8Array): object {
  const { id, gate, principal, call, decision, timing } = JSON.parse(new TextDecoder().decode(body)) as ReturnType<typeof sampleEntry>
  return {
    decisionId: id,
    verdict: Verdict.ALLOW,
    sessionId: principal.session,
    gate,
    app: principal.app.name,
    tool: call.tool,
    server: call.server ?? '',
    effectClasses: decision.effects.map((effect) => effect.class),
    policy: '',
    title: decision.summary,
    user: principal.user,
    micros: BigInt(Math.round(timing.total)),
  }
}

/** Writes batches as long as the window allows; the clock stops at the acknowledgement of the last entry. */
function ingest(client: Client, batches: readonly Made[]): Promise<number> {
  const method = serviceDefinition(TelemetryService)['stream']
  if (!method) throw new Error('the telemetry service has no stream')
  const stream = client.makeBidiStreamRequest(method.path, method.requestSerialize, method.responseDeserialize) as ClientDuplexStream<
    object,
    TelemetryResponse
  >
  stream.write({ message: { case: 'hello', value: { epoch: BigInt(EPOCH), lastSeq: BigInt(ENTRIES), agentVersion: '0.1.0' } } })
  return new Promise((resolve, reject) => {
    let next = 0
    let unacked = 0
    let start = 0
    const inFlight: Made[] = []
    const fill = () => {
      for (let batch = batches[next]; batch && unacked + batch.bytes <= WINDOW_BYTES; batch = batches[next]) {
        stream.write(batch.request)
        inFlight.push(batch)
        unacked += batch.bytes
        next += 1
      }
    }
    stream.on('error', reject)
    stream.on('data', ({ message }: TelemetryResponse) => {
      if (message.case === 'welcome') start = performance.now()
      if (message.case === 'ack') {
        while (inFlight[0] && inFlight[0].lastSeq <= Number(message.value.ackedSeq)) unacked -= inFlight.shift()?.bytes ?? 0
        if (Number(message.value.ackedSeq) === ENTRIES) {
          stream.end()
          return resolve(ENTRIES / ((performance.now() - start) / 1000))
        }
      }
      fill()
    })
  })
}

function bareRows(path: string, bodies: readonly Uint8Array[]): number {
  const database = new Database(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.exec('CREATE TABLE entry (seq INTEGER PRIMARY KEY, id TEXT, body BLOB); CREATE INDEX entry_id ON entry (id)')
  const insert = database.prepare('INSERT INTO entry (id, body) VALUES (?, ?)')
  const commit = database.transaction((part: readonly Uint8Array[]) => {
    for (const body of part) insert.run(`01BENCH${body.length}`, body)
  })
  const start = performance.now()
  for (let from = 0; from < bodies.length; from += BATCH) commit(bodies.slice(from, from + BATCH))
  const rate = bodies.length / ((performance.now() - start) / 1000)
  database.close()
  return rate
}

/**
 * Writes what a model would be asked about calls, with what is known of them, for training and scoring:
 * `node test/replay/alignment-rows.ts --sessions DIR[,DIR…] --out FILE [--generated N] [--seeds A,B] [--swaps N]`. Beside the
 * recordings as they are, clean ones are judged under the request of another task of their suite: none of their calls serves that.
 */
import type { Policy } from '@assize/kernel'
import { createWriteStream } from 'node:fs'
import { parseArgs } from 'node:util'
import { packPolicy } from '../../kernel/pack-files.ts'
import { chanceOf } from '../harness/chance.ts'
import { attackedSessions, generatedSessions } from './generated/generated.ts'
import { judgeRecording } from './judge-recording.ts'
import { familyOf, type Recording, recordingsIn } from './recordings.ts'

export interface AlignmentRow {
  readonly suite: string
  readonly session: string
  readonly attack: string | null
  readonly variant: 'recorded' | 'swapped'
  readonly call: string
  readonly wanted: 'clear' | 'doubt'
  /** 1: serves the request; 0: does not; null: nobody knows. */
  readonly serves: 0 | 1 | null
  readonly question: object
}

/** Least difference of two requests that count as two tasks: part of their words that they do not share. */
const APART = 0.75

const { values } = parseArgs({
  options: {
    sessions: { type: 'string' },
    out: { type: 'string' },
    generated: { type: 'string', default: '400' },
    seeds: { type: 'string', default: '1' },
    swaps: { type: 'string', default: '2' },
  },
})
if (values.sessions === undefined || values.out === undefined) {
  process.stderr.write('Give recorded sessions and where to write: --sessions DIR --out FILE. Nothing was written.\n')
  process.exit(2)
}
const out = createWriteStream(values.out)
const policy = packPolicy('balanced')
const clean = new Map<string, Recording[]>()
let count = 0
for await (const recording of sessions(values.sessions.split(','))) {
  write(recording, 'recorded', policy)
  const suite = familyOf(recording)
  if (recording.labels.attacked !== true) clean.set(suite, [...(clean.get(suite) ?? []), recording])
}
for (const recordings of clean.values()) {
  for (const recording of recordings)
    for (const swapped of swappedOf(recording, recordings, Number(values.swaps))) write(swapped, 'swapped', policy)
}
out.end(() => process.stdout.write(`${count} rows\n`))

async function* sessions(paths: readonly string[]): AsyncGenerator<Recording> {
  yield* recordingsIn(paths)
  for (const batch of ['first', 'second'] as const) {
    for (const seed of values.seeds.split(',')) {
      const plan = { seed, count: Number(values.generated), batch }
      yield* generatedSessions(plan)
      yield* attackedSessions(plan)
    }
  }
}

function write(recording: Recording, variant: AlignmentRow['variant'], rules: Policy): void {
  for (const { call, open } of judgeRecording(recording, rules)) {
    if (open === undefined) continue
    const row: AlignmentRow = {
      suite: familyOf(recording),
      session: recording.id,
      attack: recording.attack,
      variant,
      call: call.callId,
      wanted: open.wanted,
      serves: variant === 'swapped' ? 0 : servesOf(recording, call.callId),
      question: open.question(),
    }
    out.write(`${JSON.stringify(row)}\n`)
    count += 1
  }
}

function servesOf({ labels }: Recording, callId: string): 0 | 1 | null {
  if (labels.attacked !== true) return 1
  const malicious = labels.calls?.[callId]?.malicious
  if (malicious !== undefined) return malicious ? 0 : 1
  return [...(labels.required ?? []), ...(labels.completing ?? [])].includes(callId) ? 0 : null
}

/** The same session as if the person had asked for something else. Only where one request began it. */
function* swappedOf(recording: Recording, others: readonly Recording[], most: number): Generator<Recording> {
  const own = promptsOf(recording)
  if (own.length === 0) return
  const chance = chanceOf(`swap/${recording.id}`)
  const apart = chance.shuffled(others.slice(0, 400)).filter((other) => isApart(own.join(' '), promptsOf(other).join(' ')))
  for (const other of apart.slice(0, most)) {
    const [first = ''] = promptsOf(other)
    const from = recording.events.findIndex(({ type }) => type === 'user')
    const events = recording.events.flatMap((event, index) =>
      event.type !== 'user' ? [event] : index === from ? [{ type: 'user' as const, text: first }] : [],
    )
    yield { ...recording, id: `${recording.id} under ${other.id}`, events }
  }
}

function promptsOf({ events }: Recording): readonly string[] {
  return events.flatMap((event) => (event.type === 'user' ? [event.text] : []))
}

function isApart(left: string, right: string): boolean {
  const [one, two] = [wordsIn(left), wordsIn(right)]
  if (one.size === 0 || two.size === 0) return false
  const shared = [...one].filter((word) => two.has(word)).length
  return 1 - shared / Math.min(one.size, two.size) >= APART
}

function wordsIn(text: string): ReadonlySet<string> {
  return new Set(
    text
      .toLowerCase()
      .slice(0, 4000)
      .match(/\p{L}{4,}|\p{N}{2,}/gu) ?? [],
  )
}

/** Recorded agent sessions, one JSON object per line, read as a stream: what the kernel may see, and labels for scoring only. */
import type { JsonObject, Json } from '@assize/kernel'
import { createHash } from 'node:crypto'
import { createReadStream, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

export interface RecordedTool {
  readonly name: string
  readonly description?: string
  readonly inputSchema?: Json
}

export type RecordedEvent =
  | { readonly type: 'user' | 'assistant'; readonly text: string }
  | { readonly type: 'tool_call'; readonly call_id: string; readonly tool: string; readonly args?: JsonObject }
  | { readonly type: 'tool_result'; readonly call_id: string; readonly tool?: string; readonly text: string }

/** What the recording says of one call; absent where nobody knows. */
export interface CallLabels {
  readonly malicious?: boolean
  readonly user_critical?: boolean
}

export interface Labels {
  readonly attacked?: boolean
  /** The task was done; the attack succeeded. As recorded. */
  readonly utility?: boolean
  readonly security?: boolean
  readonly text_only_attack?: boolean
  /** Calls whose single removal makes the attack fail, and calls that each complete it alone. */
  readonly required?: readonly string[]
  readonly completing?: readonly string[]
  readonly calls?: Readonly<Record<string, CallLabels>>
}

export interface Recording {
  readonly id: string
  readonly source: string
  readonly suite: string
  readonly model: string
  readonly attack: string | null
  /** Name of what the person wanted; several agents were given the same. */
  readonly user_task?: string | null
  readonly system?: string | null
  readonly tools?: readonly RecordedTool[]
  readonly events: readonly RecordedEvent[]
  readonly labels: Labels
}

/** Every recorded session of these files; a folder stands for the recordings directly in it. */
export async function* recordingsIn(paths: readonly string[]): AsyncGenerator<Recording> {
  for (const path of paths.flatMap(filesOf)) {
    const input = createReadStream(path)
    const text = path.endsWith('.gz') ? input.pipe(createGunzip()) : input
    for await (const line of createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })) {
      if (line !== '') yield JSON.parse(line) as Recording
    }
  }
}

function filesOf(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path]
  return readdirSync(path)
    .filter((name) => /\.jsonl(\.gz)?$/.test(name))
    .sort()
    .map((name) => join(path, name))
}

/**
 * Which half of its suite a session is in, by what the person wanted, so that no task is in both. The first is for reading;
 * the second is scored and never shown.
 */
export function halfOf(recording: Recording): 'read' | 'kept' {
  const name = `${recording.suite}\n${recording.user_task ?? recording.id}`
  return (createHash('sha256').update(name).digest()[0] as number) % 2 === 0 ? 'read' : 'kept'
}

/** The family of suites that is held out together: `service/airport` is `service`. */
export function familyOf(recording: Recording): string {
  return recording.suite.split('/', 1)[0] ?? recording.suite
}

import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import {
  changedState,
  type JsonObject,
  lostSession,
  restoreSession,
  type Session,
  sessionChange,
  sessionSnapshot,
  type SnapshotText,
} from '@assize/kernel'
import { z } from 'zod'
import { messageOf } from '../platform/errors.ts'
import { privateDirectory } from '../platform/private-file.ts'
import type { Platform } from '../platform/platform.ts'
import { SessionFile, UNFINISHED } from './session-file.ts'
import { IDLE_MS, type LogicalSession, MOST_SESSIONS } from './sessions.ts'

/** Longest file of one session, and of all that are read again at a start; what does not fit is remembered as lost. */
export const FILE_BYTES = 16_777_216
export const READ_BYTES = 33_554_432
/** What came in from outside is written at once; what a call or a person added may wait so long, and longer where there is much to write. */
const LATER_MS = 100
const [MUCH, BYTES_PER_MS, LATEST_MS] = [262_144, 2_000, 5_000]
/** In a burst of calls, what comes in within so long is written together. */
const BURST_MS = 10

const nameSchema = z.object({
  id: z.string().regex(/^[0-9A-Za-z-]{1,64}$/),
  place: z.string(),
  /** As long as its host makes it: who is not recognised again begins anew, as if nothing had been read. */
  hostSession: z.string().optional(),
  /** Milliseconds since 1970 of its last change. */
  at: z.number().nonnegative(),
})

const object = z.custom<object>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
const entrySchema = z.union([
  z.strictObject({ text: object }),
  z.strictObject({ name: nameSchema, state: object }),
  z.strictObject({ name: nameSchema, change: object }),
])

/** A session of an earlier run. */
export type StoredSession = Pick<LogicalSession, 'id' | 'place' | 'hostSession' | 'state'>

export interface SessionStoreOptions {
  readonly directory: string
  readonly platform: Pick<Platform, 'os' | 'uid'>
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: (text: string) => void
}

interface File {
  readonly file: SessionFile
  /** Texts that stand in it. */
  texts: number
  /** What changes can be added to; where there is nothing, all but the texts is written again. */
  state: Session | undefined
  bytes: number
  /** Settles when everything asked for is written, or is known not to be. */
  writing: Promise<void>
}

/**
 * What sessions have read and were told, on disk: an agent that was killed knows after its start whom its conversations had
 * listened to. One file per session, added to off the way of any call; private to the user, deleted with the session.
 * What cannot be read again becomes a session that trusts nothing it does not know.
 */
export class SessionStore {
  readonly #options: SessionStoreOptions
  readonly #directory: string
  readonly #files = new Map<string, File>()
  readonly #changed = new Set<LogicalSession>()
  #timer: NodeJS.Timeout | undefined
  #soon: NodeJS.Immediate | NodeJS.Timeout | undefined
  /** When everything was written last, as `performance.now` counts. */
  #last = Number.NEGATIVE_INFINITY
  /** Characters written the last time. */
  #written = 0
  #problem: string | undefined

  constructor(options: SessionStoreOptions) {
    this.#options = options
    this.#directory = privateDirectory(options.directory, options.platform)
  }

  /** What earlier runs left, newest last. Called once, before anything is written. */
  read(): readonly StoredSession[] {
    const stored: StoredSession[] = []
    let room = READ_BYTES
    for (const { path, bytes } of this.#left()) {
      room -= bytes
      const session = this.#readOne(path, room >= 0)
      if (session !== undefined) stored.push(session)
      else rmSync(path, { force: true })
    }
    return stored.reverse()
  }

  /** Takes note that a session has changed. Costs nothing now. */
  changed(session: LogicalSession, atOnce: boolean): void {
    this.#changed.add(session)
    if (atOnce && this.#written < MUCH) {
      if (this.#soon !== undefined) return
      const since = performance.now() - this.#last
      this.#soon = since >= BURST_MS ? setImmediate(() => this.#writeAll()) : setTimeout(() => this.#writeAll(), BURST_MS - since)
    } else this.#timer ??= setTimeout(() => this.#writeAll(), Math.min(LATEST_MS, LATER_MS + this.#written / BYTES_PER_MS))
  }

  /** The conversation is over. */
  ended(id: string): void {
    const file = this.#files.get(id)
    this.#files.delete(id)
    for (const session of this.#changed) if (session.id === id) this.#changed.delete(session)
    void (file?.file ?? new SessionFile(this.#pathOf(id))).remove().catch(() => undefined)
  }

  /** Settles when everything known now is written. */
  async flush(): Promise<void> {
    this.#writeAll()
    await Promise.all([...this.#files.values()].map(({ file, writing }) => writing.then(() => file.close()).catch(() => undefined)))
  }

  #pathOf(id: string): string {
    return join(this.#directory, `${id}.jsonl`)
  }

  /** Files of earlier runs, newest first; those too old or too many are deleted. */
  #left(): readonly { readonly path: string; readonly bytes: number }[] {
    const every = readdirSync(this.#directory)
    for (const name of every) if (name.endsWith(UNFINISHED)) rmSync(join(this.#directory, name), { force: true })
    const names = every.filter((name) => /^[0-9A-Za-z-]{1,64}\.jsonl$/.test(name))
    const found = names.map((name) => {
      const path = join(this.#directory, name)
      const { size, mtimeMs } = statSync(path)
      return { path, bytes: size, at: mtimeMs }
    })
    const newest = found.sort((left, right) => right.at - left.at)
    const kept = newest.filter(({ at }, index) => index < MOST_SESSIONS && at >= this.#options.now() - IDLE_MS)
    for (const { path } of newest) if (!kept.some((one) => one.path === path)) rmSync(path, { force: true })
    return kept
  }

  /** Undefined when the file does not even name a session. */
  #readOne(path: string, whole: boolean): StoredSession | undefined {
    const lines = readFileSync(path, 'utf8').split('\n')
    const complete = lines.pop() === ''
    const entries = lines.flatMap((line) => parsed(line))
    const name = nameSchema.safeParse(entries.findLast((entry) => entry.name !== undefined)?.name).data
    if (name === undefined) return undefined
    const read = entries.flatMap(({ text }) => text ?? [])
    const last = whole && complete && entries.length === lines.length ? lastState(entries) : undefined
    const state = last === undefined ? lostSession() : restoreSession({ state: last, texts: read })
    // What could not be read is replaced at the first change.
    const [texts, bytes] = [state.evidence.count, last === undefined ? FILE_BYTES : statSync(path).size]
    this.#files.set(name.id, { file: new SessionFile(path), texts, state: undefined, bytes, writing: Promise.resolve() })
    const { id, place, hostSession } = name
    return { id, place, hostSession, state }
  }

  #writeAll(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#soon = undefined
    this.#written = 0
    this.#last = performance.now()
    for (const session of this.#changed) this.#write(session)
    this.#changed.clear()
  }

  #write(session: LogicalSession): void {
    const { id, place, hostSession, state } = session
    const file = this.#files.get(id) ?? newFile(this.#pathOf(id))
    this.#files.set(id, file)
    const name = { id, place, hostSession, at: this.#options.now() }
    const chunk = linesOf(name, file.state === undefined ? sessionSnapshot(state, file.texts) : sessionChange(file.state, state))
    const full = file.bytes + chunk.length > FILE_BYTES
    const content = full ? linesOf(name, sessionSnapshot(state)) : chunk
    this.#written += content.length
    file.state = state
    file.texts = state.evidence.count
    file.bytes = full ? content.length : file.bytes + content.length
    file.writing = (full ? file.file.replace(content) : file.file.append(content)).then(
      () => void (this.#problem = undefined),
      (error: unknown) => {
        // What stands there now cannot be added to.
        file.bytes = FILE_BYTES
        if (this.#files.get(id) === file) this.#again(session)
        this.#failed(error)
      },
    )
  }

  #again(session: LogicalSession): void {
    this.#changed.add(session)
    this.#timer ??= setTimeout(() => this.#writeAll(), LATEST_MS).unref()
  }

  /** Plain sentences; empty while all is written. */
  problems(): readonly string[] {
    return this.#problem === undefined ? [] : [this.#problem]
  }

  #failed(error: unknown): void {
    if (this.#problem !== undefined) return
    this.#problem = `What sessions have read cannot be written down (${messageOf(error)}): protection goes on, but an agent that starts again would not know it. Make room in ${this.#directory}.`
    this.#options.log(this.#problem)
  }
}

function newFile(path: string): File {
  return { file: new SessionFile(path), texts: 0, state: undefined, bytes: 0, writing: Promise.resolve() }
}

interface Entry {
  readonly name?: unknown
  readonly state?: unknown
  /** To the state before it. */
  readonly change?: unknown
  readonly text?: SnapshotText
}

function lastState(entries: readonly Entry[]): JsonObject | undefined {
  const from = entries.findLastIndex(({ state }) => state !== undefined)
  const state = entries[from]?.state as JsonObject | undefined
  if (state === undefined) return undefined
  const changes = entries.slice(from + 1).flatMap(({ change }) => (change === undefined ? [] : [change as JsonObject]))
  return changes.reduce(changedState, state)
}

function linesOf(name: unknown, { texts, ...rest }: ReturnType<typeof sessionSnapshot> | ReturnType<typeof sessionChange>): string {
  return `${[...texts.map((text) => ({ text })), { name, ...rest }].map((entry) => JSON.stringify(entry)).join('\n')}\n`
}

/** Nothing for what was never written here. */
function parsed(line: string): readonly Entry[] {
  try {
    const { data } = entrySchema.safeParse(JSON.parse(line))
    return data === undefined ? [] : [data as Entry]
  } catch {
    return []
  }
}

import { openAuthority } from '../platform/authority/authority.ts'
import { systemClock } from '../platform/platform.ts'
import { openStateDirectory, readIfThere, type StateDirectory } from '../platform/state-directory.ts'
import { openSqliteStore, type SqliteStore } from '../store/index.ts'

/** What a running hub wrote down for commands on the same machine. */
export interface Runtime {
  readonly pid: number
  readonly console: string
  readonly agents: string
}

export function readRuntime(state: StateDirectory): Runtime | undefined {
  const text = readIfThere(state.file('runtime.json'))
  return text === undefined ? undefined : (JSON.parse(text) as Runtime)
}

/** Works on the hub's own files; the database allows that beside a running hub. */
export async function withStore<Result>(
  path: string,
  work: (store: SqliteStore, state: StateDirectory) => Promise<Result>,
): Promise<Result> {
  const state = openStateDirectory(path)
  const store = await openSqliteStore(state.file('hub.db'))
  try {
    return await work(store, state)
  } finally {
    await store.close()
  }
}

export async function fingerprintOf(state: StateDirectory): Promise<string> {
  return (await openAuthority(state, systemClock)).fingerprint
}

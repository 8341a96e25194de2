/** The SQLite engine: one writer thread, readers beside it, every commit on the disk before it counts. */
import { chmodSync, closeSync, openSync } from 'node:fs'
import { workerLocation } from '../../platform/worker-location.ts'
import type { AppendRequest, StoreAppend } from '../append.ts'
import type { StoreReads } from '../reads.ts'
import type { Store } from '../store.ts'
import type { StoreWrites } from '../writes.ts'
import { StoreThread } from './thread.ts'

export interface SqliteStore extends Store {
  readonly append: StoreAppend
  /** Called when a store thread dies; the hub cannot go on without it. */
  onFailure(listener: (error: Error) => void): void
}

/** Opens the embedded store: the file is made and brought up to date when needed. */
export async function openSqliteStore(path: string): Promise<SqliteStore> {
  makePrivate(path)
  const writer = new StoreThread(workerLocation('store-write', import.meta.url), { path })
  await writer.ready()
  const reader = new StoreThread(workerLocation('store-read', import.meta.url), { path })
  await reader.ready()
  return {
    read: portOf<StoreReads>(reader),
    write: portOf<StoreWrites>(writer),
    append: appendPort(writer),
    onFailure: (listener) => {
      writer.onFailure(listener)
      reader.onFailure(listener)
    },
    close: async () => {
      // The writer goes last: it folds the write-ahead log back into the file.
      await reader.close()
      await writer.close()
    },
  }
}

/** SQLite gives its side files the permissions of the database itself. */
function makePrivate(path: string): void {
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
}

function appendPort(writer: StoreThread): StoreAppend {
  return {
    append: (request: AppendRequest) => {
      // A copy that owns its memory changes threads without being copied again.
      const message = new Uint8Array(request.message)
      return writer.call('append', [{ ...request, message }], [message.buffer])
    },
    acked: (tenant, agent, epoch) => writer.call('acked', [tenant, agent, epoch]),
  }
}

/** Every method of the port is a call of the same name. */
function portOf<Port extends object>(thread: StoreThread): Port {
  return new Proxy({} as Port, {
    get: (_target, method) =>
      typeof method === 'string' && method !== 'then' ? (...args: readonly unknown[]) => thread.call(method, args) : undefined,
  })
}

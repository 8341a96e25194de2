import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type EngineUnderTest, storeContract } from '../store.contract.ts'
import { openSqliteStore } from './sqlite.ts'

storeContract('SQLite', () => open(mkdtempSync(join(tmpdir(), 'assize-store-'))))

async function open(folder: string): Promise<EngineUnderTest> {
  const store = await openSqliteStore(join(folder, 'hub.db'))
  return {
    store,
    reopen: async () => {
      await store.close()
      return open(folder)
    },
    dispose: async () => {
      await store.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

describe('a SQLite store', () => {
  it('says what is wrong when the file is no database', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assize-store-'))
    await expect(openSqliteStore(folder)).rejects.toThrow()
    rmSync(folder, { recursive: true, force: true })
  })

  it('refuses to answer once closed', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assize-store-'))
    const store = await openSqliteStore(join(folder, 'hub.db'))
    await store.close()
    await expect(store.read.people()).rejects.toThrow(/database/)
    rmSync(folder, { recursive: true, force: true })
  })
})

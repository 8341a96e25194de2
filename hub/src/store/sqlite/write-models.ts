import type { StoreWrites } from '../writes.ts'
import type { Synchronous } from './rows.ts'
import type { Sqlite } from './schema.ts'
import { signaturesText } from './write-bundles.ts'

type ModelWrites = Synchronous<Pick<StoreWrites, 'addModelRelease' | 'placeModel' | 'modelState' | 'addModelEvaluation'>>

export function writeModels(db: Sqlite): ModelWrites {
  const newest = db.prepare<unknown[], number>('SELECT coalesce(max(version), 0) FROM model_releases WHERE tenant = ? AND task = ?').pluck()
  const add = db.prepare(
    `INSERT INTO model_releases (tenant, task, version, name, hash, manifest, signatures, created, expires, published_by, card, restores, bytes)
      VALUES (@tenant, @task, @version, @name, @hash, @manifest, @signatures, @created, @expires, @publishedBy, @card, @restores, @bytes)`,
  )
  const addFile = db.prepare('INSERT INTO bundle_files (tenant, hash, position, path, sha256, bytes) VALUES (?, ?, ?, ?, ?, ?)')
  const place = db.prepare(
    'INSERT INTO model_placings (tenant, task, place, hash, at, placed_by) VALUES (@tenant, @task, @place, @hash, @at, @by)',
  )
  const state = db.prepare(
    'INSERT OR REPLACE INTO model_states (tenant, agent, task, at, state) VALUES (@tenant, @agent, @task, @at, @state)',
  )
  const evaluation = db.prepare(
    'INSERT INTO model_evaluations (tenant, hash, at, evaluated_by, figures) VALUES (@tenant, @hash, @at, @by, @figures)',
  )
  return {
    addModelRelease: (tenant, release, files) => {
      if (release.version <= (newest.get(tenant, release.task) ?? 0)) return false
      add.run({ ...release, tenant, signatures: signaturesText(release.signatures) })
      for (const [position, file] of files.entries()) addFile.run(tenant, release.hash, position, file.path, file.sha256, file.bytes)
      return true
    },
    placeModel: (tenant, placing) => void place.run({ ...placing, tenant }),
    modelState: (tenant, one) => void state.run({ ...one, tenant }),
    addModelEvaluation: (tenant, one) => void evaluation.run({ ...one, tenant }),
  }
}

import type { BundleReportRow, ModelEvaluationRow, ModelPlacing, ModelReleaseRow, ModelStateRow } from '../facts.ts'
import type { StoreReads } from '../reads.ts'
import { REPORT, signaturesOf } from './read-bundles.ts'
import { pageOf, positionOf, type Synchronous } from './rows.ts'
import type { Sqlite } from './schema.ts'

type ModelReads = Synchronous<
  Pick<
    StoreReads,
    | 'modelReleases'
    | 'modelRelease'
    | 'modelReleaseByHash'
    | 'latestModelVersion'
    | 'modelPlacings'
    | 'modelStates'
    | 'modelReports'
    | 'modelEvaluations'
  >
>

const RELEASE =
  'key, task, name, version, hash, manifest, signatures, created, expires, published_by AS publishedBy, card, restores, bytes FROM model_releases'

interface RawRelease extends Omit<ModelReleaseRow, 'signatures'> {
  readonly key: number
  readonly signatures: string
}

export function readModels(db: Sqlite): ModelReads {
  const page = db.prepare<unknown[], RawRelease>(`SELECT ${RELEASE} WHERE tenant = ? AND key < ? ORDER BY key DESC LIMIT ?`)
  const byVersion = db.prepare<unknown[], RawRelease>(`SELECT ${RELEASE} WHERE tenant = ? AND task = ? AND version = ?`)
  const byHash = db.prepare<unknown[], RawRelease>(`SELECT ${RELEASE} WHERE tenant = ? AND hash = ?`)
  const latest = db.prepare<unknown[], number>('SELECT coalesce(max(version), 0) FROM model_releases WHERE tenant = ? AND task = ?').pluck()
  return {
    modelReleases: (tenant, query) => {
      const rows = page.all(tenant, positionOf(query.cursor) ?? Number.MAX_SAFE_INTEGER, query.limit + 1)
      const found = pageOf(rows, query.limit, (row) => row.key)
      return { ...found, items: found.items.flatMap((row) => releaseOf(row) ?? []) }
    },
    modelRelease: (tenant, task, version) => releaseOf(byVersion.get(tenant, task, version)),
    modelReleaseByHash: (tenant, hash) => releaseOf(byHash.get(tenant, hash)),
    latestModelVersion: (tenant, task) => latest.get(tenant, task) ?? 0,
    ...readUse(db),
  }
}

function readUse(db: Sqlite): Pick<ModelReads, 'modelPlacings' | 'modelStates' | 'modelReports' | 'modelEvaluations'> {
  const placings = db.prepare<unknown[], ModelPlacing>(
    `SELECT task, place, hash, at, by FROM
      (SELECT key, task, place, hash, at, placed_by AS by FROM model_placings WHERE tenant = ? AND task = ? ORDER BY key DESC LIMIT 1000) ORDER BY key`,
  )
  const states = db.prepare<unknown[], ModelStateRow>(
    'SELECT agent, task, at, state FROM model_states WHERE tenant = ? ORDER BY agent, task',
  )
  const reports = db.prepare<unknown[], BundleReportRow>(
    `SELECT ${REPORT} WHERE r.key IN (SELECT max(key) FROM bundle_reports WHERE tenant = ? AND manifest_hash = ? GROUP BY agent)`,
  )
  const evaluations = db.prepare<unknown[], ModelEvaluationRow>(
    'SELECT hash, at, evaluated_by AS by, figures FROM model_evaluations WHERE tenant = ? AND hash = ? ORDER BY key DESC LIMIT 20',
  )
  return {
    modelPlacings: (tenant, task) => placings.all(tenant, task),
    modelStates: (tenant) => states.all(tenant),
    modelReports: (tenant, hash) => reports.all(tenant, hash),
    modelEvaluations: (tenant, hash) => evaluations.all(tenant, hash),
  }
}

function releaseOf(row: RawRelease | undefined): ModelReleaseRow | undefined {
  if (row === undefined) return undefined
  const { key: _key, ...release } = row
  return { ...release, signatures: signaturesOf(row.signatures) }
}

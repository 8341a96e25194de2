import type { BundleFile, BundleReportRow, BundleRow } from '../facts.ts'
import type { StoreReads } from '../reads.ts'
import { pageOf, positionOf, type Synchronous } from './rows.ts'
import type { Sqlite } from './schema.ts'

type BundleReads = Synchronous<
  Pick<StoreReads, 'latestBundle' | 'bundle' | 'bundleExists' | 'bundles' | 'bundleFiles' | 'reportsOn' | 'latestReports' | 'reportsOf'>
>

const BUNDLE = 'kind, name, version, hash, manifest, signatures, created, expires, published_by AS publishedBy FROM bundles'
export const REPORT =
  'r.agent, r.kind, r.status, r.name, r.version, r.manifest_hash AS manifestHash, r.code, r.detail, r.active_version AS activeVersion, r.at FROM bundle_reports r'

interface RawBundle extends Omit<BundleRow, 'signatures'> {
  readonly signatures: string
}

export function readBundles(db: Sqlite): BundleReads {
  const latest = db.prepare<unknown[], RawBundle>(`SELECT ${BUNDLE} WHERE tenant = ? AND kind = ? ORDER BY version DESC LIMIT 1`)
  const byVersion = db.prepare<unknown[], RawBundle>(`SELECT ${BUNDLE} WHERE tenant = ? AND kind = ? AND version = ?`)
  const exists = db.prepare<unknown[], number>('SELECT 1 FROM bundle_files WHERE hash = ? LIMIT 1').pluck()
  const page = db.prepare<unknown[], RawBundle>(
    `SELECT ${BUNDLE} WHERE tenant = ? AND kind = ? AND version < ? ORDER BY version DESC LIMIT ?`,
  )
  const files = db.prepare<unknown[], BundleFile>(
    'SELECT path, sha256, bytes FROM bundle_files WHERE tenant = ? AND hash = ? ORDER BY position',
  )
  return {
    latestBundle: (tenant, kind) => bundleOf(latest.get(tenant, kind)),
    bundle: (tenant, kind, version) => bundleOf(byVersion.get(tenant, kind, version)),
    bundleExists: (hash) => exists.get(hash) === 1,
    bundles: (tenant, kind, query) => {
      const rows = page.all(tenant, kind, positionOf(query.cursor) ?? Number.MAX_SAFE_INTEGER, query.limit + 1)
      return pageOf(
        rows.flatMap((row) => bundleOf(row) ?? []),
        query.limit,
        (row) => row.version,
      )
    },
    bundleFiles: (tenant, hash) => files.all(tenant, hash),
    ...readReports(db),
  }
}

function readReports(db: Sqlite): Pick<BundleReads, 'reportsOn' | 'latestReports' | 'reportsOf'> {
  const on = db.prepare<unknown[], BundleReportRow>(
    `SELECT ${REPORT} WHERE r.key IN (SELECT max(key) FROM bundle_reports WHERE tenant = ? AND kind = ? AND version = ? GROUP BY agent)`,
  )
  const newest = db.prepare<unknown[], BundleReportRow>(
    `SELECT ${REPORT} WHERE r.key IN (SELECT max(key) FROM bundle_reports WHERE tenant = ? AND kind = ? GROUP BY agent)`,
  )
  // Newest report per bundle.
  const of = db.prepare<unknown[], BundleReportRow>(
    `SELECT ${REPORT} WHERE r.key IN (SELECT max(key) FROM bundle_reports WHERE tenant = ? AND agent = ? GROUP BY kind, version, manifest_hash) ORDER BY r.key DESC LIMIT ?`,
  )
  return {
    reportsOn: (tenant, kind, version) => on.all(tenant, kind, version),
    latestReports: (tenant, kind) => newest.all(tenant, kind),
    reportsOf: (tenant, agent, limit) => of.all(tenant, agent, limit),
  }
}

interface RawSignature {
  readonly keyId: string
  readonly signature: string
  readonly onHub: boolean
}

function bundleOf(row: RawBundle | undefined): BundleRow | undefined {
  return row && { ...row, signatures: signaturesOf(row.signatures) }
}

export function signaturesOf(json: string): BundleRow['signatures'] {
  const signatures = JSON.parse(json) as readonly RawSignature[]
  return signatures.map((one) => ({ ...one, signature: new Uint8Array(Buffer.from(one.signature, 'base64')) }))
}

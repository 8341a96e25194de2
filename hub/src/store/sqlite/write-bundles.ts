import type { BundleRow } from '../facts.ts'
import type { StoreWrites } from '../writes.ts'
import type { Synchronous } from './rows.ts'
import type { Sqlite } from './schema.ts'

type BundleWrites = Synchronous<Pick<StoreWrites, 'addBundle' | 'bundleReport'>>

export function writeBundles(db: Sqlite): BundleWrites {
  const newest = db.prepare<unknown[], number>('SELECT coalesce(max(version), 0) FROM bundles WHERE tenant = ? AND kind = ?').pluck()
  const add = db.prepare(
    'INSERT INTO bundles (tenant, kind, version, name, hash, manifest, signatures, created, expires, published_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const addFile = db.prepare('INSERT INTO bundle_files (tenant, hash, position, path, sha256, bytes) VALUES (?, ?, ?, ?, ?, ?)')
  const report = db.prepare(
    'INSERT INTO bundle_reports (tenant, agent, kind, status, name, version, manifest_hash, code, detail, active_version, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const again = db.prepare(
    `UPDATE bundle_reports SET at = @at, active_version = @activeVersion, detail = @detail WHERE status = @status AND code = @code AND key =
      (SELECT max(key) FROM bundle_reports WHERE tenant = @tenant AND manifest_hash = @manifestHash AND agent = @agent)`,
  )
  const trim = db.prepare(
    'DELETE FROM bundle_reports WHERE tenant = @tenant AND agent = @agent AND key <= (SELECT key FROM bundle_reports WHERE tenant = @tenant AND agent = @agent ORDER BY key DESC LIMIT 1 OFFSET 500)',
  )
  return {
    addBundle: (tenant, bundle, files) => {
      if (bundle.version <= (newest.get(tenant, bundle.kind) ?? 0)) return false
      const signatures = signaturesText(bundle.signatures)
      add.run(
        tenant,
        bundle.kind,
        bundle.version,
        bundle.name,
        bundle.hash,
        bundle.manifest,
        signatures,
        bundle.created,
        bundle.expires,
        bundle.publishedBy,
      )
      for (const [position, file] of files.entries()) addFile.run(tenant, bundle.hash, position, file.path, file.sha256, file.bytes)
      return true
    },
    bundleReport: (tenant, one) => {
      if (one.kind === 'model' && again.run({ ...one, tenant }).changes > 0) return
      report.run(
        tenant,
        one.agent,
        one.kind,
        one.status,
        one.name,
        one.version,
        one.manifestHash,
        one.code,
        one.detail,
        one.activeVersion,
        one.at,
      )
      trim.run({ tenant, agent: one.agent })
    },
  }
}

export function signaturesText(signatures: BundleRow['signatures']): string {
  return JSON.stringify(signatures.map((one) => ({ ...one, signature: Buffer.from(one.signature).toString('base64') })))
}

import Database from 'better-sqlite3'

export type Sqlite = Database.Database

const MIGRATIONS: readonly string[] = [
  `
CREATE TABLE agents (
  key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, id TEXT NOT NULL, team TEXT NOT NULL,
  hostname TEXT NOT NULL, platform TEXT NOT NULL, architecture TEXT NOT NULL, os_release TEXT NOT NULL, agent_version TEXT NOT NULL,
  enrolled_at INTEGER NOT NULL, enrolled_with TEXT NOT NULL, certificate_expires_at INTEGER NOT NULL,
  last_seen_at INTEGER, revoked_at INTEGER, health TEXT, health_at INTEGER, UNIQUE (tenant, id)) STRICT;
CREATE TABLE agent_keys (tenant TEXT NOT NULL, key_hash TEXT NOT NULL, agent INTEGER NOT NULL, PRIMARY KEY (tenant, key_hash)) STRICT, WITHOUT ROWID;
CREATE TABLE alarms (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, agent TEXT NOT NULL, code TEXT NOT NULL, text TEXT NOT NULL, at INTEGER NOT NULL, UNIQUE (tenant, agent, code)) STRICT;

CREATE TABLE chains (tenant TEXT NOT NULL, agent INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
  entries INTEGER NOT NULL, dropped INTEGER NOT NULL, updated_at INTEGER NOT NULL, PRIMARY KEY (agent, epoch)) STRICT, WITHOUT ROWID;
CREATE TABLE entries (received INTEGER PRIMARY KEY, tenant TEXT NOT NULL, agent INTEGER NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL,
  received_at INTEGER NOT NULL, hash BLOB NOT NULL, body BLOB NOT NULL, UNIQUE (agent, epoch, seq)) STRICT;
CREATE TABLE decisions (received INTEGER PRIMARY KEY, tenant TEXT NOT NULL, agent INTEGER NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL,
  verdict TEXT NOT NULL, title TEXT NOT NULL, policy TEXT NOT NULL, session TEXT NOT NULL, gate TEXT NOT NULL, app TEXT NOT NULL,
  user TEXT NOT NULL, tool TEXT NOT NULL, server TEXT NOT NULL, effects TEXT NOT NULL, micros INTEGER NOT NULL) STRICT;
CREATE INDEX decisions_id ON decisions (id);
CREATE INDEX decisions_session ON decisions (session, received);
CREATE INDEX decisions_agent ON decisions (agent, received);
CREATE INDEX decisions_stops ON decisions (tenant, verdict, received) WHERE verdict <> 'allow';
CREATE TABLE outcomes (received INTEGER PRIMARY KEY, tenant TEXT NOT NULL, agent INTEGER NOT NULL, decision TEXT NOT NULL, outcome TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX outcomes_decision ON outcomes (decision);
CREATE TABLE decision_hours (tenant TEXT NOT NULL, hour INTEGER NOT NULL, agent INTEGER NOT NULL, verdict TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (tenant, hour, agent, verdict)) STRICT, WITHOUT ROWID;
CREATE TABLE decision_facets (tenant TEXT NOT NULL, facet TEXT NOT NULL, value TEXT NOT NULL, count INTEGER NOT NULL,
  PRIMARY KEY (tenant, facet, value)) STRICT, WITHOUT ROWID;

CREATE TABLE bundles (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL,
  manifest BLOB NOT NULL, signatures TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, published_by TEXT NOT NULL,
  UNIQUE (tenant, kind, version), UNIQUE (tenant, hash)) STRICT;
CREATE TABLE bundle_files (tenant TEXT NOT NULL, hash TEXT NOT NULL, position INTEGER NOT NULL, path TEXT NOT NULL, sha256 TEXT NOT NULL, bytes BLOB NOT NULL,
  PRIMARY KEY (tenant, hash, position)) STRICT;
CREATE TABLE bundle_reports (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, agent TEXT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, name TEXT NOT NULL,
  version INTEGER NOT NULL, manifest_hash TEXT NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL, active_version INTEGER NOT NULL, at INTEGER NOT NULL) STRICT;
CREATE INDEX bundle_reports_agent ON bundle_reports (tenant, agent, key);
CREATE INDEX bundle_reports_version ON bundle_reports (tenant, kind, version, agent, key);

CREATE TABLE approvals (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, agent TEXT NOT NULL, id TEXT NOT NULL, decision TEXT NOT NULL, question TEXT NOT NULL,
  asked_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, state TEXT NOT NULL, answered_by TEXT, answered_at INTEGER, UNIQUE (tenant, agent, id)) STRICT;
CREATE INDEX approvals_id ON approvals (tenant, id);
CREATE INDEX approvals_waiting ON approvals (tenant, expires_at) WHERE state = 'waiting';

CREATE TABLE people (name TEXT PRIMARY KEY, tenant TEXT NOT NULL, role TEXT NOT NULL, password_hash TEXT NOT NULL) STRICT;
CREATE TABLE sign_in_links (hash BLOB PRIMARY KEY, name TEXT NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE sessions (hash BLOB PRIMARY KEY, name TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE tokens (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tenant TEXT NOT NULL, hash BLOB NOT NULL UNIQUE, name TEXT NOT NULL, role TEXT NOT NULL,
  created_at INTEGER NOT NULL, created_by TEXT NOT NULL, expires_at INTEGER, revoked INTEGER NOT NULL DEFAULT 0, last_used_at INTEGER) STRICT;
CREATE TABLE enrol_tokens (key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, tenant TEXT NOT NULL, hash BLOB NOT NULL, team TEXT NOT NULL, uses INTEGER NOT NULL,
  used INTEGER NOT NULL DEFAULT 0, expires INTEGER NOT NULL, created_by TEXT NOT NULL, created_at INTEGER NOT NULL, revoked INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE audit (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, actor TEXT NOT NULL, action TEXT NOT NULL,
  subject TEXT NOT NULL, detail TEXT NOT NULL) STRICT;
CREATE INDEX audit_tenant ON audit (tenant, key);
`,
  `
CREATE TABLE model_releases (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, task TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, hash TEXT NOT NULL,
  manifest BLOB NOT NULL, signatures TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, published_by TEXT NOT NULL,
  card TEXT NOT NULL, restores TEXT NOT NULL, bytes INTEGER NOT NULL, UNIQUE (tenant, task, version), UNIQUE (tenant, hash)) STRICT;
CREATE TABLE model_placings (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, task TEXT NOT NULL, place TEXT NOT NULL, hash TEXT NOT NULL,
  at INTEGER NOT NULL, placed_by TEXT NOT NULL) STRICT;
CREATE INDEX model_placings_task ON model_placings (tenant, task, key);
CREATE TABLE model_states (tenant TEXT NOT NULL, agent TEXT NOT NULL, task TEXT NOT NULL, at INTEGER NOT NULL, state TEXT NOT NULL,
  PRIMARY KEY (tenant, agent, task)) STRICT, WITHOUT ROWID;
CREATE TABLE model_evaluations (key INTEGER PRIMARY KEY, tenant TEXT NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL, evaluated_by TEXT NOT NULL, figures TEXT NOT NULL) STRICT;
CREATE INDEX model_evaluations_hash ON model_evaluations (tenant, hash, key);
CREATE INDEX bundle_files_hash ON bundle_files (hash);
CREATE INDEX bundle_reports_hash ON bundle_reports (tenant, manifest_hash, agent, key);
`,
]

/** Opens a connection; the writer also brings the schema up to date. */
export function openSqlite(path: string, mode: 'write' | 'read'): Sqlite {
  const db = new Database(path, { readonly: mode === 'read' })
  // Long enough for another process (a command beside the running hub) to finish its transaction.
  db.pragma('busy_timeout = 10000')
  db.pragma('trusted_schema = OFF')
  if (mode === 'read') return db
  db.pragma('journal_mode = WAL')
  db.pragma('synchronous = FULL')
  // Pages that are changed again and again, the tips of indexes above all, are folded back less often.
  db.pragma('wal_autocheckpoint = 10000')
  db.pragma('cache_size = -65536')
  migrate(db)
  return db
}

function migrate(db: Sqlite): void {
  db.transaction(() => {
    const version = db.pragma('user_version', { simple: true }) as number
    if (version > MIGRATIONS.length)
      throw new Error(`the database was made by a newer hub (schema ${version}); run that version, or restore an older backup`)
    for (const step of MIGRATIONS.slice(version)) db.exec(step)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  }).immediate()
}

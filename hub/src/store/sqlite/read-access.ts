import type { AuditRow, EnrolTokenRow, PersonRow, SessionRow, TokenRow } from '../facts.ts'
import type { StoreReads } from '../reads.ts'
import { pageOf, positionOf, type Synchronous, withoutNulls } from './rows.ts'
import type { Sqlite } from './schema.ts'

type AccessReads = Synchronous<
  Pick<
    StoreReads,
    'audit' | 'person' | 'people' | 'personSession' | 'token' | 'tokens' | 'enrolTokens' | 'enrolToken' | 'chains' | 'chainEntries'
  >
>

type Raw<Row> = Omit<Row, 'revoked'> & { readonly revoked: number; readonly key: number }

const TOKEN =
  'key, id, name, role, tenant, created_at AS createdAt, created_by AS createdBy, expires_at AS expiresAt, revoked, last_used_at AS lastUsedAt FROM tokens'
const ENROL = 'key, id, tenant, team AS "group", uses, used, expires, created_by AS createdBy, created_at AS createdAt, revoked'

export function readAccess(db: Sqlite): AccessReads {
  const audit = db.prepare<unknown[], AuditRow & { key: number }>(
    'SELECT key, id, at, actor, action, subject, detail FROM audit WHERE tenant = ? AND key < ? ORDER BY key DESC LIMIT ?',
  )
  const person = db.prepare<[string], PersonRow>('SELECT name, role, tenant, password_hash AS passwordHash FROM people WHERE name = ?')
  const people = db.prepare<[], number>('SELECT count(*) FROM people').pluck()
  const session = db.prepare<unknown[], SessionRow>(
    'SELECT s.name, p.role, p.tenant, s.created_at AS createdAt, s.expires_at AS expiresAt FROM sessions s JOIN people p ON p.name = s.name WHERE s.hash = ?',
  )
  return {
    audit: (tenant, query) =>
      pageOf(audit.all(tenant, positionOf(query.cursor) ?? Number.MAX_SAFE_INTEGER, query.limit + 1), query.limit, (row) => row.key),
    person: (name) => person.get(name),
    people: () => people.get() ?? 0,
    personSession: (hash) => session.get(hash),
    ...readTokens(db),
    ...readChains(db),
  }
}

function readTokens(db: Sqlite): Pick<AccessReads, 'token' | 'tokens' | 'enrolTokens' | 'enrolToken'> {
  const token = db.prepare<unknown[], Raw<TokenRow>>(`SELECT ${TOKEN} WHERE hash = ?`)
  const tokens = db.prepare<unknown[], Raw<TokenRow>>(`SELECT ${TOKEN} WHERE tenant = ? AND key < ? ORDER BY key DESC LIMIT ?`)
  const enrol = db.prepare<unknown[], Raw<EnrolTokenRow>>(
    `SELECT ${ENROL} FROM enrol_tokens WHERE tenant = ? AND key < ? ORDER BY key DESC LIMIT ?`,
  )
  const enrolOne = db.prepare<unknown[], Raw<EnrolTokenRow & { hash: Uint8Array }>>(`SELECT ${ENROL}, hash FROM enrol_tokens WHERE id = ?`)
  const last = Number.MAX_SAFE_INTEGER
  return {
    token: (hash) => flagged(token.get(hash)),
    tokens: (tenant, query) =>
      pageOf(tokens.all(tenant, positionOf(query.cursor) ?? last, query.limit + 1).map(flag), query.limit, (row) => row.key),
    enrolTokens: (tenant, query) =>
      pageOf(enrol.all(tenant, positionOf(query.cursor) ?? last, query.limit + 1).map(flag), query.limit, (row) => row.key),
    enrolToken: (id) => flagged(enrolOne.get(id)),
  }
}

function readChains(db: Sqlite): Pick<AccessReads, 'chains' | 'chainEntries'> {
  const chains = db.prepare<
    [],
    { tenant: string; agent: string; epoch: number; seq: number; hash: Uint8Array; entries: number; dropped: number }
  >(
    'SELECT c.tenant, a.id AS agent, c.epoch, c.seq, c.hash, c.entries, c.dropped FROM chains c JOIN agents a ON a.key = c.agent ORDER BY c.tenant, a.id, c.epoch',
  )
  const entries = db.prepare<unknown[], { seq: number; hash: Uint8Array; body: Uint8Array; receivedAt: number }>(
    'SELECT e.seq, e.hash, e.body, e.received_at AS receivedAt FROM entries e JOIN agents a ON a.key = e.agent WHERE a.tenant = ? AND a.id = ? AND e.epoch = ? AND e.seq > ? ORDER BY e.seq LIMIT ?',
  )
  return {
    chains: () => chains.all(),
    chainEntries: (chain, after, limit) => entries.all(chain.tenant, chain.agent, chain.epoch, after, limit),
  }
}

function flag<Row extends { readonly revoked: number }>(row: Row): Omit<Row, 'revoked'> & { readonly revoked: boolean } {
  return { ...withoutNulls(row), revoked: row.revoked === 1 }
}

function flagged<Row extends { readonly revoked: number }>(
  row: Row | undefined,
): (Omit<Row, 'revoked'> & { readonly revoked: boolean }) | undefined {
  return row === undefined ? undefined : flag(row)
}

import type { StoreWrites } from '../writes.ts'
import type { Synchronous } from './rows.ts'
import type { Sqlite } from './schema.ts'

type AccessWrites = Synchronous<
  Pick<
    StoreWrites,
    | 'addPerson'
    | 'setPassword'
    | 'addSignInLink'
    | 'takeSignInLink'
    | 'addSession'
    | 'extendSession'
    | 'endSession'
    | 'addToken'
    | 'tokenUsed'
    | 'revokeToken'
    | 'addEnrolToken'
    | 'revokeEnrolToken'
    | 'addAudit'
  >
>

export function writeAccess(db: Sqlite): AccessWrites {
  const addPerson = db.prepare('INSERT INTO people (name, tenant, role, password_hash) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING')
  const setPassword = db.prepare('UPDATE people SET password_hash = ? WHERE name = ?')
  const audit = db.prepare('INSERT INTO audit (tenant, id, at, actor, action, subject, detail) VALUES (?, ?, ?, ?, ?, ?, ?)')
  return {
    addPerson: (person) => addPerson.run(person.name, person.tenant, person.role, person.passwordHash).changes === 1,
    setPassword: (name, passwordHash) => setPassword.run(passwordHash, name).changes === 1,
    addAudit: (tenant, entry) => void audit.run(tenant, entry.id, entry.at, entry.actor, entry.action, entry.subject, entry.detail),
    ...writeSessions(db),
    ...writeTokens(db),
  }
}

function writeSessions(db: Sqlite): Pick<AccessWrites, 'addSignInLink' | 'takeSignInLink' | 'addSession' | 'extendSession' | 'endSession'> {
  const addLink = db.prepare('INSERT INTO sign_in_links (hash, name, expires_at) VALUES (?, ?, ?)')
  const takeLink = db.prepare<unknown[], { name: string; expires_at: number }>(
    'DELETE FROM sign_in_links WHERE hash = ? RETURNING name, expires_at',
  )
  const oldLinks = db.prepare('DELETE FROM sign_in_links WHERE expires_at < ?')
  const add = db.prepare('INSERT INTO sessions (hash, name, created_at, expires_at) VALUES (?, ?, ?, ?)')
  const old = db.prepare('DELETE FROM sessions WHERE expires_at < ?')
  const extend = db.prepare('UPDATE sessions SET expires_at = ? WHERE hash = ?')
  const end = db.prepare('DELETE FROM sessions WHERE hash = ?')
  return {
    addSignInLink: (link) => void addLink.run(link.hash, link.name, link.expiresAt),
    takeSignInLink: (hash, now) => {
      oldLinks.run(now)
      const link = takeLink.get(hash)
      return link !== undefined && link.expires_at > now ? link.name : undefined
    },
    addSession: (session) => {
      old.run(session.createdAt)
      add.run(session.hash, session.name, session.createdAt, session.expiresAt)
    },
    extendSession: (hash, expiresAt) => void extend.run(expiresAt, hash),
    endSession: (hash) => void end.run(hash),
  }
}

function writeTokens(db: Sqlite): Pick<AccessWrites, 'addToken' | 'tokenUsed' | 'revokeToken' | 'addEnrolToken' | 'revokeEnrolToken'> {
  const add = db.prepare(
    'INSERT INTO tokens (id, tenant, hash, name, role, created_at, created_by, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const used = db.prepare('UPDATE tokens SET last_used_at = ? WHERE id = ?')
  const revoke = db.prepare('UPDATE tokens SET revoked = 1 WHERE tenant = ? AND id = ? AND revoked = 0')
  const addEnrol = db.prepare(
    'INSERT INTO enrol_tokens (id, tenant, hash, team, uses, expires, created_by, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const revokeEnrol = db.prepare('UPDATE enrol_tokens SET revoked = 1 WHERE tenant = ? AND id = ? AND revoked = 0')
  return {
    addToken: (token) =>
      void add.run(token.id, token.tenant, token.hash, token.name, token.role, token.createdAt, token.createdBy, token.expiresAt ?? null),
    tokenUsed: (id, at) => void used.run(at, id),
    revokeToken: (tenant, id) => revoke.run(tenant, id).changes === 1,
    addEnrolToken: (token) =>
      void addEnrol.run(token.id, token.tenant, token.hash, token.group, token.uses, token.expires, token.createdBy, token.createdAt),
    revokeEnrolToken: (tenant, id) => revokeEnrol.run(tenant, id).changes === 1,
  }
}

import type { DecisionFilter } from '../facts.ts'

/** What a filter means in SQL; every value is bound, never written into it. */
export function conditions(tenant: string, filter: DecisionFilter): { where: string[]; values: (string | number)[] } {
  const where = ['d.tenant = ?']
  const values: (string | number)[] = [tenant]
  const add = (condition: string, ...more: (string | number)[]) => {
    where.push(condition)
    values.push(...more)
  }
  const { verdict, app, tool, agent, session, policy, effect, search, since, until } = filter
  if (verdict !== undefined && verdict.length > 0) add(`d.verdict IN (${verdict.map(() => '?').join(', ')})`, ...verdict)
  // Said again in the words of the index that holds everything but allows.
  if (verdict !== undefined && verdict.length > 0 && !verdict.includes('allow')) add("d.verdict <> 'allow'")
  if (app !== undefined) add('d.app = ?', app)
  if (tool !== undefined) add('d.tool = ?', tool)
  if (agent !== undefined) add('d.agent = (SELECT key FROM agents WHERE tenant = ? AND id = ?)', tenant, agent)
  if (session !== undefined) add('d.session = ?', session)
  if (policy !== undefined) add('d.policy = ?', policy)
  if (effect !== undefined) add("instr(' ' || d.effects || ' ', ?) > 0", ` ${effect} `)
  if (search !== undefined && search !== '') {
    const pattern = `%${search.replace(/[\\%_]/g, '\\$&')}%`
    add(
      "(d.title LIKE ? ESCAPE '\\' OR d.tool LIKE ? ESCAPE '\\' OR d.server LIKE ? ESCAPE '\\' OR d.app LIKE ? ESCAPE '\\')",
      pattern,
      pattern,
      pattern,
      pattern,
    )
  }
  if (since !== undefined) add('d.at >= ?', since)
  if (until !== undefined) add('d.at < ?', until)
  return { where, values }
}

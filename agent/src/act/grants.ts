import { readFileSync } from 'node:fs'
import type { Decision, Grant } from '@assize/kernel'
import { z } from 'zod'
import { systemCode } from '../platform/errors.ts'
import { writePrivateFile } from '../platform/private-file.ts'
import type { Answerer } from './approval-desk.ts'

const MOST_GRANTS = 2000
/** How long a yes that came too late counts for the next attempt. */
const LATE_MS = 10 * 60_000

const grantSchema = z.object({
  id: z.string(),
  policy: z.string(),
  effectClass: z.string(),
  target: z.string(),
  reach: z.literal('below').optional(),
  scope: z.literal('always'),
  expiresAt: z.number().optional(),
  grantedBy: z.string(),
})

/** Permissions that outlive their session. */
export interface GrantStore {
  all(): readonly Grant[]
  add(grants: readonly Grant[]): void
  remove(id: string): void
}

/** Reads what was granted for always or for a time. A damaged file grants nothing: that only means that people are asked again. */
export function openGrants(path: string, log: (text: string) => void): GrantStore {
  let grants = read(path, log)
  return {
    all: () => grants,
    remove(id) {
      const left = grants.filter((grant) => grant.id !== id)
      if (left.length === grants.length) return
      grants = left
      writePrivateFile(path, JSON.stringify(grants))
    },
    add(more) {
      grants = [...grants, ...more].slice(-MOST_GRANTS)
      writePrivateFile(path, JSON.stringify(grants))
    },
  }
}

function read(path: string, log: (text: string) => void): readonly Grant[] {
  try {
    return z
      .array(grantSchema)
      .max(MOST_GRANTS)
      .parse(JSON.parse(readFileSync(path, 'utf8')))
      .map(({ expiresAt, reach, ...grant }) => ({
        ...grant,
        ...(expiresAt === undefined ? {} : { expiresAt }),
        ...(reach === undefined ? {} : { reach }),
      }))
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') log(`the grants in ${path} cannot be read, so people are asked again`)
    return []
  }
}

/** The narrow permissions that a yes to this decision gives: each asking policy, for its effect on its target. */
export function grantsOf(
  decision: Decision,
  answer: Pick<Answerer, 'scope' | 'by' | 'forMs'> & { readonly late: boolean },
  setting: { readonly newId: () => string; readonly now: number },
): readonly Grant[] {
  return decision.reasons
    .filter((reason) => reason.verdict === 'ask')
    .map((reason) => ({
      id: setting.newId(),
      policy: reason.policy,
      effectClass: reason.effect.class,
      target: reason.effect.target,
      scope: answer.scope,
      grantedBy: answer.by,
      ...endOf(answer, setting.now),
    }))
}

/** A late yes to a single call does not lie about for ever, and a yes for a time ends when it said. */
function endOf(
  { scope, late, forMs }: Pick<Answerer, 'scope' | 'forMs'> & { readonly late: boolean },
  now: number,
): { readonly expiresAt?: number } {
  if (forMs !== undefined) return { expiresAt: now + forMs }
  return scope === 'once' || (late && scope !== 'always') ? { expiresAt: now + LATE_MS } : {}
}

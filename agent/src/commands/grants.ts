import { type Grant, visible } from '@assize/kernel'
import { EXIT } from '../platform/errors.ts'
import { withAgent } from './ask-agent.ts'
import type { CommandContext } from './context.ts'
import { tableText } from './table.ts'

/** `assize grants`: permissions in force, and until when. */
export async function runGrants(context: CommandContext): Promise<number> {
  const list = (await withAgent(context, (link) => link.request('grants', {}))) as readonly (Grant & { readonly session?: string })[]
  if (context.json) await context.say(JSON.stringify(list))
  else if (list.length === 0) await context.say('Nobody has given a permission that is in force.')
  else {
    const rows = list.map(({ id, policy, effectClass, target, reach, scope, session, expiresAt, grantedBy }) => [
      id,
      effectClass,
      reach === 'below' ? `${target} and below` : target,
      policy,
      session === undefined ? scope : `${scope}, in ${session}`,
      expiresAt === undefined ? '–' : new Date(expiresAt).toISOString().slice(0, 16),
      grantedBy,
    ])
    await context.say(tableText(['id', 'effect', 'target', 'does not ask', 'scope', 'until', 'given by'], rows))
  }
  return EXIT.done
}

/** `assize revoke ID`: from now on it is asked again, also in sessions that are running. */
export async function runRevoke(context: CommandContext, id: string): Promise<number> {
  await withAgent(context, (link) => link.request('revoke', { id }))
  await context.say(context.json ? JSON.stringify({ id, revoked: true }) : `Taken back: ${visible(id)}. It is asked about again.`)
  return EXIT.done
}

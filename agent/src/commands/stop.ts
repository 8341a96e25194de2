import { EXIT } from '../platform/errors.ts'
import { withAgent } from './ask-agent.ts'
import type { CommandContext } from './context.ts'

/** `assize stop`: asks the resident agent to end in order. */
export async function runStop(context: CommandContext): Promise<number> {
  await withAgent(context, (link) => link.request('stop', {}))
  await context.say(
    context.json ? '{"stopping":true}' : 'The agent stops; until it runs again, calls that could change something do not run.',
  )
  return EXIT.done
}

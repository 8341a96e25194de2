import { EXIT, AgentError } from '../platform/errors.ts'
import { statePaths } from '../platform/state-directory.ts'
import { privateDirectory } from '../platform/private-file.ts'
import { AGENT_VERSION } from '../platform/version.ts'
import type { CommandContext } from './context.ts'

export interface EnrollOptions {
  /** Overrides the address in the token; `ASSIZE_HUB` otherwise. */
  readonly hub: string | undefined
  /** `-` reads it from standard input, which keeps it out of the process list; `ASSIZE_TOKEN` otherwise. */
  readonly token: string | undefined
}

const LONGEST_TOKEN = 8_192

/** `assize enroll`: makes this machine an agent of a hub. A running agent notices by itself. */
export async function runEnroll(context: CommandContext, options: EnrollOptions): Promise<number> {
  const { platform } = context
  const token = await tokenOf(context, options.token)
  const hub = options.hub ?? platform.environment['ASSIZE_HUB']
  const { enrol } = await import('../control/enrolment/enrol.ts')
  const directory = statePaths(privateDirectory(context.state, platform), platform).identity
  const enrolment = await enrol({
    directory,
    token,
    agentVersion: AGENT_VERSION,
    platform,
    now: Date.now,
    ...(hub === undefined || hub === '' ? {} : { hub }),
  })
  const { bundleKeys, ...shown } = enrolment
  if (context.json) await context.say(JSON.stringify({ ...shown, bundleKeys: bundleKeys.map(({ keyId, onHub }) => ({ keyId, onHub })) }))
  else {
    await context.say(
      `This machine is agent ${enrolment.agentId} of ${enrolment.hub} (tenant ${enrolment.tenant}, group ${enrolment.group}). Its private key was made here and stays here.`,
    )
    if (bundleKeys.some((key) => key.onHub))
      await context.say('Policies are signed by a key that lies on the hub itself: convenient, and weaker than a key kept elsewhere.')
  }
  return EXIT.done
}

async function tokenOf({ platform }: CommandContext, given: string | undefined): Promise<string> {
  const token = given === '-' ? await standardInput() : (given ?? platform.environment['ASSIZE_TOKEN'] ?? '')
  if (token.trim() === '')
    throw new AgentError(
      'usage',
      'No enrolment token was given, so nothing was sent. Use `--token -` and paste it, or set ASSIZE_TOKEN; `assize-hub enroll-token create` makes one.',
    )
  return token
}

async function standardInput(): Promise<string> {
  let text = ''
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > LONGEST_TOKEN || text.includes('\n')) break
  }
  return text.slice(0, LONGEST_TOKEN)
}

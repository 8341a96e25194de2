import type { Command } from 'commander'
import { createEnrolToken } from '../distribute/index.ts'
import { parseDuration } from '../config/config.ts'
import { DEFAULT_TENANT } from '../hub.ts'
import { systemClock } from '../platform/platform.ts'
import { newId } from '../platform/secrets.ts'
import { addPerson, createSignInLink, createToken, ROLES } from '../serve/index.ts'
import type { Role, Store } from '../store/index.ts'
import { globalOptions, say, usage } from './commands.ts'
import { fingerprintOf, readRuntime, withStore } from './offline.ts'
import { readPassword } from './password.ts'

const DEFAULT_CONSOLE = 'http://127.0.0.1:7300'
const DEFAULT_AGENTS = '127.0.0.1:7301'
const DAY = 86_400_000

export function addPeopleCommands(program: Command): void {
  const admin = program.command('admin').description('people who run this hub')
  admin
    .command('create')
    .description('add an administrator (password from stdin or prompt; empty: sign-in by link only) and print a one-time sign-in link')
    .argument('[name]', 'name to sign in with', 'admin')
    .option('--no-password', 'do not ask for a password')
    .action(createAdmin)
  admin.command('link').description('print a one-time sign-in link').argument('[name]', 'who it signs in', 'admin').action(printLink)
  program
    .command('token')
    .description('tokens for programs')
    .command('create')
    .description('print a bearer token for the REST API')
    .requiredOption('--role <role>', ROLES.join(', '))
    .option('--name <name>', 'what it is for', 'token')
    .option('--expires <d>', 'such as 90d; never when left out')
    .action(printToken)
  program
    .command('enroll-token')
    .description('tokens that let machines join')
    .command('create')
    .description('print an enrolment token for `assize enroll`')
    .option('--group <g>', 'group the machines join', 'all')
    .option('--uses <n>', 'how many machines may use it', '1')
    .option('--expires <d>', 'such as 24h', '24h')
    .option('--address <host:port>', 'where agents reach the hub')
    .action(printEnrolToken)
}

function people(store: Store) {
  return { store, clock: systemClock, tenant: DEFAULT_TENANT }
}

async function createAdmin(name: string, flags: { readonly password: boolean }, command: Command): Promise<void> {
  const options = globalOptions(command)
  await withStore(options.state, async (store, state) => {
    const known = (await store.read.person(name)) !== undefined
    if (!known)
      await addPerson(people(store), { name, role: 'admin', password: flags.password ? await readPassword() : '', by: 'command line' })
    const link = `${readRuntime(state)?.console ?? DEFAULT_CONSOLE}/sign-in#link=${await createSignInLink(people(store), name, 'command line')}`
    say(
      options,
      `${known ? `${name} exists already` : `${name} may now administer this hub`}. Sign in once with this link, within 15 minutes:\n${link}`,
      { name, created: !known, link },
    )
  })
}

async function printLink(name: string, _flags: object, command: Command): Promise<void> {
  const options = globalOptions(command)
  await withStore(options.state, async (store, state) => {
    const link = `${readRuntime(state)?.console ?? DEFAULT_CONSOLE}/sign-in#link=${await createSignInLink(people(store), name, 'command line')}`
    say(options, link, { name, link })
  })
}

async function printToken(
  flags: { readonly role: string; readonly name: string; readonly expires?: string },
  command: Command,
): Promise<void> {
  const options = globalOptions(command)
  const role = ROLES.find((one): one is Role => one === flags.role)
  if (role === undefined) throw usage(`\`${flags.role}\` is not a role.`, `Use one of ${ROLES.join(', ')}.`)
  const expiresAt = flags.expires === undefined ? undefined : Date.now() + durationOf(flags.expires)
  const created = await withStore(options.state, (store) =>
    createToken(people(store), { name: flags.name, role, by: 'command line', expiresAt }),
  )
  say(options, created.token, created)
}

interface EnrolFlags {
  readonly group: string
  readonly uses: string
  readonly expires: string
  readonly address?: string
}

async function printEnrolToken(flags: EnrolFlags, command: Command): Promise<void> {
  const options = globalOptions(command)
  const uses = Number(flags.uses)
  if (!Number.isInteger(uses) || uses < 1 || uses > 100_000)
    throw usage(`\`${flags.uses}\` is not a number of uses.`, 'Give a whole number from 1 to 100000.')
  if (!/^[a-z0-9][a-z0-9._-]{0,62}$/.test(flags.group))
    throw usage(`\`${flags.group}\` is not a group name.`, 'Use lower-case letters, digits, dots, dashes and underscores.')
  const expires = Date.now() + durationOf(flags.expires)
  await withStore(options.state, async (store, state) => {
    const address = flags.address ?? readRuntime(state)?.agents ?? DEFAULT_AGENTS
    const made = await createEnrolToken(store, {
      tenant: DEFAULT_TENANT,
      group: flags.group,
      uses,
      expires,
      createdBy: 'command line',
      now: Date.now(),
      address,
      fingerprint: await fingerprintOf(state),
    })
    await store.write.addAudit(DEFAULT_TENANT, {
      id: newId('aud'),
      at: Date.now(),
      actor: 'command line',
      action: 'enroll-token.created',
      subject: made.record.id,
      detail: JSON.stringify({ group: flags.group, uses }),
    })
    say(options, made.token, {
      id: made.record.id,
      token: made.token,
      group: flags.group,
      uses,
      expires: new Date(expires).toISOString(),
      address,
    })
  })
}

function durationOf(text: string): number {
  const milliseconds = parseDuration(text)
  if (milliseconds === undefined || milliseconds <= 0 || milliseconds > 3650 * DAY)
    throw usage(`\`${text}\` is not a duration.`, 'Use one such as 15m, 24h or 90d.')
  return milliseconds
}

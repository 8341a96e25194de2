/** `assize-hub`: the centre of a fleet. */
import { fileURLToPath } from 'node:url'
import { Command, CommanderError } from 'commander'
import { EXIT, tellFailure } from './commands/commands.ts'
import { addOpenapi } from './commands/openapi.ts'
import { addModelCommands } from './commands/model.ts'
import { addPeopleCommands } from './commands/people.ts'
import { addPolicyCommands } from './commands/policy.ts'
import { addRecordCommands } from './commands/records.ts'
import { addServe } from './commands/serve.ts'

// The built console lies beside the hub, both in a checkout and installed.
const CONSOLE = fileURLToPath(new URL('../../console/dist', import.meta.url))

const program = new Command('assize-hub')
  .description('The hub of Assize: keeps what agents decide, shows it to people, and hands policies out.')
  .option('--state <dir>', 'state directory (ASSIZE_HUB_STATE, or .assize/hub)')
  .option('--config <file>', 'configuration file (YAML)')
  .option('--json', 'print JSON')
  .exitOverride()
  .showHelpAfterError('(see assize-hub --help)')
  .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, '')) })

addServe(program, CONSOLE)
addPeopleCommands(program)
addPolicyCommands(program)
addModelCommands(program)
addRecordCommands(program)
addOpenapi(program)

// `assize-hub … | head` ends with `head`, without a word; a hub that serves goes on.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  if (!process.argv.includes('serve')) process.exit(EXIT.done)
})

try {
  await program.parseAsync()
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? EXIT.done : EXIT.usage
  else tellFailure(error, process.argv.includes('--json'))
}

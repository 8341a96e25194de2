/** Turns one command about to run into effects, by the command table and the readers of the commands that need more. */
import { AGENT_APPS, readAgentApp, readGuard, stopsGuard } from './agent-commands.ts'
import { readMake } from './build-commands.ts'
import { CODE_HOSTS, readCodeHost } from './code-host-commands.ts'
import { COMMANDS, INTERPRETERS, SHELLS } from './command-table.ts'
import { type Expanded, type Flow, NO_FLOW } from './expanded.ts'
import { commandName, type Invocation } from './invocation.ts'
import { readFd, readFind, readXargs } from './find-command.ts'
import { FLEET_COMMANDS, readFleet } from './fleet-commands.ts'
import { readGit } from './git-command.ts'
import { readLoaded } from './loaded-files.ts'
import { runHandedOn } from './handed-on.ts'
import { MACHINE_COMMANDS, readMachine } from './machine-commands.ts'
import { MAILERS, readMailer } from './mail-commands.ts'
import { readCopy, readCurl, readSsh, readWget } from './network-commands.ts'
import { isPackageManager, readPackageManager } from './package-commands.ts'
import { baseInterpreter, readAwk, readDd, readEval, readInterpreter, readShell, readSource, readTar } from './program-commands.ts'
import { readProjectDeed } from './project-deeds.ts'
import { type Reading, recalled, runFlow, runProgram, runsFromFetched } from './reading.ts'
import { readContainer, readKubectl } from './remote-commands.ts'
import { runScript } from './run-script.ts'
import { readAlias, readEditor, readExpect, readTmux, readTrap } from './screen-commands.ts'
import { readScheduler } from './scheduler-commands.ts'
import { readSed } from './sed-command.ts'
import { readService, SERVICE_CLIENTS } from './service-commands.ts'
import { readRow } from './row-reader.ts'
import {
  DEBUGGERS,
  KEY_RINGS,
  readCmake,
  readDebugger,
  readEmacs,
  readIp,
  readKeygen,
  readKeyRing,
  readTerminal,
  TERMINALS,
} from './starting-commands.ts'
import { unwrapped } from './wrappers.ts'
import { DATABASE_CLIENTS } from '../sql/database-clients.ts'
import { WINDOWS_PROGRAMS } from '../windows/programs.ts'

type Reader = (invocation: Invocation, reading: Reading) => Flow

/** Commands that take more than a row of the table to be read. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>(
  (
    [
      ['curl', readCurl],
      ['wget', readWget],
      ['ssh', readSsh],
      ['scp sftp rsync', readCopy],
      ['git', readGit],
      ['eval', readEval],
      ['source .', readSource],
      ['find', readFind],
      ['fd fdfind', readFd],
      ['xargs parallel', readXargs],
      ['tar bsdtar gtar', readTar],
      ['dd', readDd],
      ['sed gsed', readSed],
      ['awk gawk mawk nawk', readAwk],
      ['docker podman nerdctl', readContainer],
      ['kubectl oc k', readKubectl],
      [SERVICE_CLIENTS.join(' '), readService],
      [FLEET_COMMANDS.join(' '), readFleet],
      [MAILERS.join(' '), readMailer],
      [MACHINE_COMMANDS.join(' '), readMachine],
      ['make gmake', readMake],
      ['alias', readAlias],
      ['trap', readTrap],
      ['tmux', readTmux],
      ['vi vim nvim view ex vimdiff less more most', readEditor],
      ['expect', readExpect],
      [TERMINALS.join(' '), readTerminal],
      [DEBUGGERS.join(' '), readDebugger],
      [KEY_RINGS.join(' '), readKeyRing],
      ['emacs emacsclient', readEmacs],
      ['cmake', readCmake],
      ['ssh-keygen', readKeygen],
      ['ip', readIp],
      [AGENT_APPS.join(' '), readAgentApp],
      ['assize', readGuard],
      ['systemctl service rc-service launchctl crontab at batch', readScheduler],
      [CODE_HOSTS.join(' '), readCodeHost],
    ] as const
  ).flatMap(([names, reader]) => names.split(' ').map((name) => [name, reader] as const)),
)

/** Answers what flows out of the command. */
export function readCommand(invocation: Invocation, reading: Reading): Flow {
  const word = invocation.words[0] as Expanded
  if (!word.known || word.glob) {
    runProgram(invocation, 'unknown', { reading, detail: 'which program runs is decided only when it runs' })
    if (word.flow !== undefined) runFlow(word.flow, invocation, reading)
    couldDelete(invocation, reading)
    return passOn(invocation)
  }
  const name = commandName(invocation)
  if (word.text.includes('/')) runsFromFetched(word.text, invocation, reading)
  if (!isUsualFolder(word.text) && recalled(word, { reading, cwd: invocation.cwd }) === undefined)
    runProgram(invocation, 'unknown', { reading, detail: 'a program outside the usual folders' })
  stopsGuard(name, invocation, reading)
  readLoaded(invocation, reading)
  readProjectDeed(invocation, reading)
  const wrapped = unwrapped(name, invocation, reading)
  if (wrapped === 'nothing') return passOn(invocation)
  if (wrapped !== undefined)
    return typeof wrapped === 'object' && 'script' in wrapped ? reading.nested(wrapped.script, invocation) : reading.run(wrapped)
  const reader =
    READERS.get(name) ??
    WINDOWS_PROGRAMS.get(name) ??
    DATABASE_CLIENTS.get(name) ??
    (SHELLS.has(name)
      ? readShell
      : INTERPRETERS.has(baseInterpreter(name))
        ? readInterpreter
        : isPackageManager(name)
          ? readPackageManager
          : undefined)
  if (reader !== undefined) return reader(invocation, reading)
  const row = COMMANDS.get(name)
  if (row !== undefined) return readRow(row, invocation, reading)
  return readUnknown(invocation, reading)
}

/** Options of `rm`, and of hardly anything else when all of them are there and no others. */
const OF_RM =
  /^(?:-[rRfvdiI]{1,7}|--(?:recursive|force|verbose|dir|one-file-system|preserve-root|no-preserve-root|interactive(?:=\w{1,10})?)?)$/

/** A program that hides its name but is told to go deep and not to ask, as `rm` is, is read as that. */
function couldDelete(invocation: Invocation, reading: Reading): void {
  const words = invocation.words.slice(1)
  const options = words.flatMap(({ text }) => (text.startsWith('-') && text !== '-' ? [text] : []))
  const has = (letter: RegExp, name: string): boolean =>
    options.some((text) => text === name || (!text.startsWith('--') && letter.test(text)))
  if (options.every((text) => OF_RM.test(text)) && has(/[rR]/, '--recursive') && has(/f/, '--force'))
    reading.run({ ...invocation, words: [{ text: 'rm', known: true, glob: false }, ...words] })
}

/** A program nobody knows: a script the session wrote is read; a command handed to it may be run by it. */
function readUnknown(invocation: Invocation, reading: Reading): Flow {
  const [program, ...rest] = invocation.words as readonly [Expanded, ...Expanded[]]
  if (program.text.includes('/') && recalled(program, { reading, cwd: invocation.cwd }) !== undefined)
    return runScript(program, rest, { invocation, reading })
  runProgram(invocation, 'unknown', { reading })
  runHandedOn(rest, invocation, reading)
  return passOn(invocation)
}

/** A name alone is looked up in the usual folders; a path is trusted to be what it is called only in them. */
function isUsualFolder(word: string): boolean {
  const folder = word.slice(0, word.lastIndexOf('/') + 1)
  return (
    folder === '' ||
    /^\/(?:(?:usr|opt)\/(?:[\w.+-]+\/)*)?s?bin\/$|(^|\/)(node_modules\/\.bin|\.?venv\/bin)\/$/.test(folder) ||
    /^\.\/(gradlew|mvnw)$/.test(word)
  )
}

function passOn(invocation: Invocation): Flow {
  const input = invocation.input
  return input === undefined ? NO_FLOW : { addresses: input.addresses, decodes: input.decodes }
}

import { readCmdProgram } from '../cmd/cmd-program.ts'
import { readCmd } from '../cmd/walk.ts'
import { readPowerShellProgram } from '../powershell/powershell-program.ts'
import { COMMANDS } from '../shell/command-table.ts'
import type { Flow } from '../shell/expanded.ts'
import type { Invocation } from '../shell/invocation.ts'
import type { Reading } from '../shell/reading.ts'
import { type FollowLine, programReaders } from './program-reader.ts'
import { readBitsadmin, readCertutil, readReg, readSchtasks, readServiceControl, readSetx, readWmic } from './system-programs.ts'

export type ProgramReader = (invocation: Invocation, reading: Reading) => Flow

const follow: FollowLine = (text, invocation, reading) => readCmd({ text, cwd: invocation.cwd }, reading)

/** Readers of the programs that Windows ships, by lower-case name without `.exe`. */
export const WINDOWS_PROGRAMS: ReadonlyMap<string, ProgramReader> = new Map<string, ProgramReader>([
  // Names that every shell knows are read as it reads them.
  ...programReaders(follow).filter(([name]) => !COMMANDS.has(name)),
  ['powershell', readPowerShellProgram],
  ['powershell_ise', readPowerShellProgram],
  ['pwsh', readPowerShellProgram],
  ['pwsh-preview', readPowerShellProgram],
  ['cmd', readCmdProgram],
  ['certutil', readCertutil],
  ['reg', readReg],
  ['schtasks', readSchtasks],
  ['sc', readServiceControl],
  ['bitsadmin', readBitsadmin],
  ['wmic', readWmic(follow)],
  ['setx', readSetx],
])

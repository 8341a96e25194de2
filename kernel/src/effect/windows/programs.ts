import { readPowerShellProgram } from '../powershell/powershell-program.ts'
import type { Flow } from '../shell/expand.ts'
import type { Invocation } from '../shell/invocation.ts'
import type { Reading } from '../shell/reading.ts'

export type ProgramReader = (invocation: Invocation, reading: Reading) => Flow

/** Readers of the programs that Windows ships, by lower-case name without `.exe`. */
export const WINDOWS_PROGRAMS: ReadonlyMap<string, ProgramReader> = new Map<string, ProgramReader>([
  ['powershell', readPowerShellProgram],
  ['powershell_ise', readPowerShellProgram],
  ['pwsh', readPowerShellProgram],
  ['pwsh-preview', readPowerShellProgram],
])

/** What differs between operating systems, behind one interface, so that every path can be tested on any of them. */
import { homedir, hostname, tmpdir, userInfo } from 'node:os'
import { linuxProcesses } from './linux-processes.ts'
import { listedProcesses, psListing, windowsListing } from './listed-processes.ts'
import type { ProcessTable } from './process-table.ts'

export interface Platform {
  readonly os: 'linux' | 'darwin' | 'win32'
  readonly home: string
  readonly temporary: string
  readonly user: string
  /** Numeric user, where the system has one. */
  readonly uid: number | undefined
  readonly hostname: string
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly processes: ProcessTable
}

/** The machine this process runs on. Unknown systems are treated as Linux. */
export function currentPlatform(): Platform {
  const os = process.platform === 'win32' || process.platform === 'darwin' ? process.platform : 'linux'
  return {
    os,
    home: homedir(),
    temporary: tmpdir(),
    user: userName(),
    uid: process.getuid?.(),
    hostname: hostname(),
    environment: process.env,
    processes: processTable(os),
  }
}

function processTable(os: Platform['os']): ProcessTable {
  if (os === 'linux') return linuxProcesses()
  return listedProcesses(os === 'darwin' ? psListing : windowsListing)
}

function userName(): string {
  try {
    return userInfo().username
  } catch {
    // A container may run as a number without a name.
    return process.env['USER'] ?? process.env['USERNAME'] ?? `uid-${process.getuid?.() ?? 'unknown'}`
  }
}

import { execFile } from 'node:child_process'
import { ANCESTRY_DEPTH, type ProcessInfo, type ProcessTable } from './process-table.ts'

/** One listing of every process, in the system's own words. */
export type Listing = () => Promise<readonly ProcessInfo[]>

const LISTING_MS = 3000
const LISTING_BYTES = 16 * 1024 * 1024

/** The process tree where there is no `/proc`: one listing, read again for every question because pids are reused. */
export function listedProcesses(listing: Listing): ProcessTable {
  return {
    space: '',
    async ancestry(pid) {
      let byPid: Map<number, ProcessInfo>
      try {
        byPid = new Map((await listing()).map((info) => [info.pid, info]))
      } catch {
        return []
      }
      const found: ProcessInfo[] = []
      for (let info = byPid.get(pid); info !== undefined && found.length < ANCESTRY_DEPTH; info = byPid.get(info.parent)) {
        if (found.includes(info)) break
        found.push(info)
      }
      return found
    },
  }
}

/** macOS and other systems with a POSIX `ps`. */
export async function psListing(): Promise<readonly ProcessInfo[]> {
  return parsePs(await output('/bin/ps', ['-axo', 'pid=,ppid=,lstart=,comm=']))
}

/** Lines such as `  501     1 Sun Nov 22 10:00:00 2026 /Applications/Some App/Contents/MacOS/Some App`. */
export function parsePs(text: string): readonly ProcessInfo[] {
  const found: ProcessInfo[] = []
  for (const line of text.split('\n')) {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+\s+\S+\s+\d+\s+[\d:]+\s+\d{4})\s+(.+?)\s*$/.exec(line)
    if (match === null) continue
    const executable = match[4] ?? ''
    found.push({
      pid: Number(match[1]),
      parent: Number(match[2]),
      started: match[3] ?? '',
      name: executable.split('/').at(-1) ?? executable,
      executable,
      arguments: [],
    })
  }
  return found
}

/** Windows, through the management interface. */
export async function windowsListing(): Promise<readonly ProcessInfo[]> {
  const query =
    'Get-CimInstance Win32_Process | ForEach-Object { "$($_.ProcessId)`t$($_.ParentProcessId)`t$($_.CreationDate.Ticks)`t$($_.Name)`t$($_.ExecutablePath)" }'
  return parseWindows(await output('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', query]))
}

/** Tab-separated pid, parent, creation ticks, name, path. */
export function parseWindows(text: string): readonly ProcessInfo[] {
  const found: ProcessInfo[] = []
  for (const line of text.split(/\r?\n/)) {
    const [pid, parent, started, name, executable] = line.split('\t')
    if (pid === undefined || !/^\d+$/.test(pid) || name === undefined) continue
    const path = executable === undefined || executable === '' ? {} : { executable }
    found.push({
      pid: Number(pid),
      parent: Number(parent),
      started: started ?? '',
      name: name.replace(/\.exe$/i, ''),
      arguments: [],
      ...path,
    })
  }
  return found
}

function output(file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, [...args], { timeout: LISTING_MS, maxBuffer: LISTING_BYTES, windowsHide: true }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    )
  })
}

/** Whose process stands at the other end of a loopback TCP connection. */
import { readdir, readFile, readlink } from 'node:fs/promises'

/** The two ends of a connection, seen from the process that is looked for. */
export interface ConnectionEnds {
  readonly localPort: number
  readonly remotePort: number
}

/** Finds the process that owns a connection. */
export interface ConnectionOwners {
  /** Process id; undefined where the system does not tell. Never throws. */
  find(ends: ConnectionEnds): Promise<number | undefined>
}

const ESTABLISHED = '01'
/** Owners found last are looked at first: a program opens many connections. */
const MOST_REMEMBERED = 32
/** A look that comes to nothing while connections come and go is worth another: without an owner a caller has a session of its own. */
const MOST_TRIES = 3

/** Reads the kernel's socket tables, then which process has that socket open; other users' processes stay unknown without the right to look. */
export function linuxConnectionOwners(root = '/proc'): ConnectionOwners {
  const remembered = new Set<string>()
  const look = async (ends: ConnectionEnds): Promise<number | undefined> => {
    const inode = await socketOf(root, ends)
    if (inode === undefined) return undefined
    const link = `socket:[${inode}]`
    for (const pid of remembered) if (await owns(root, pid, link)) return Number(pid)
    for (const pid of await entries(root)) {
      if (!/^\d+$/.test(pid) || remembered.has(pid) || !(await owns(root, pid, link))) continue
      const oldest = remembered.values().next()
      if (remembered.size >= MOST_REMEMBERED && !oldest.done) remembered.delete(oldest.value)
      remembered.add(pid)
      return Number(pid)
    }
    return undefined
  }
  return {
    async find(ends) {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const found = await look(ends)
        if (found !== undefined) return found
      }
      return undefined
    },
  }
}

/** Where there is no such table callers stay unnamed; they are judged all the same. */
export const NO_CONNECTION_OWNERS: ConnectionOwners = { find: () => Promise.resolve(undefined) }

async function socketOf(root: string, { localPort, remotePort }: ConnectionEnds): Promise<string | undefined> {
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`${root}/net/${table}`, 'latin1').catch(() => '')
    for (const line of text.split('\n')) {
      const fields = line.trim().split(/\s+/)
      if (fields[3] === ESTABLISHED && portOf(fields[1]) === localPort && portOf(fields[2]) === remotePort) return fields[9]
    }
  }
  return undefined
}

function portOf(address: string | undefined): number {
  return Number.parseInt(address?.split(':')[1] ?? '', 16)
}

async function owns(root: string, pid: string, link: string): Promise<boolean> {
  const folder = `${root}/${pid}/fd`
  for (const descriptor of await entries(folder)) if ((await readlink(`${folder}/${descriptor}`).catch(() => '')) === link) return true
  return false
}

/** Names in a folder; none where it is gone or may not be looked into. */
function entries(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => [])
}

/** Which connections lead to a port of this machine, and whose they are. */
import { readdir, readFile, readlink } from 'node:fs/promises'

export interface Connection {
  /** Port at the near end. */
  readonly from: number
  /** Unknown for connections that are closing, and for processes that may not be looked into. */
  readonly pid: number | undefined
  readonly program: string | undefined
}

export interface Connections {
  /** Those that are open, and those that closed a moment ago. Never rejects. */
  to(port: number): Promise<readonly Connection[]>
}

const ESTABLISHED = '01'
/** The side that closed first stays in the table for a minute in one of these. */
const CLOSING: ReadonlySet<string | undefined> = new Set(['04', '05', '06', '08', '09', '0B'])
const LOOPBACK = /^(?:0100007F|00000000000000000000000001000000|0000000000000000FFFF00000100007F):/

/** Reads the kernel's socket tables. */
export function linuxConnections(root = '/proc'): Connections {
  return {
    async to(port) {
      const rows = await rowsTo(root, port)
      const inodes = new Map(rows.filter(({ inode }) => inode !== '0').map(({ inode, from }) => [`socket:[${inode}]`, from]))
      const owners = inodes.size === 0 ? new Map<number, number>() : await ownersOf(root, inodes)
      return Promise.all(
        rows.map(async ({ from }) => {
          const pid = owners.get(from)
          const program = pid === undefined ? undefined : await readFile(`${root}/${pid}/comm`, 'utf8').catch(() => '')
          return { from, pid, program: program === undefined || program === '' ? undefined : program.trim() }
        }),
      )
    },
  }
}

async function rowsTo(root: string, port: number): Promise<readonly { readonly from: number; readonly inode: string }[]> {
  const found: { readonly from: number; readonly inode: string }[] = []
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`${root}/net/${table}`, 'latin1').catch(() => '')
    if (!text.includes(suffix)) continue
    for (const line of text.split('\n')) {
      const [, local = '', remote = '', state, , , , , , inode = '0'] = line.trim().split(/\s+/)
      if (!remote.endsWith(suffix) || !LOOPBACK.test(remote) || (state !== ESTABLISHED && !CLOSING.has(state))) continue
      found.push({ from: Number.parseInt(local.split(':')[1] ?? '', 16), inode })
    }
  }
  return found
}

async function ownersOf(root: string, inodes: ReadonlyMap<string, number>): Promise<ReadonlyMap<number, number>> {
  const owners = new Map<number, number>()
  for (const pid of await readdir(root).catch(() => [])) {
    if (!/^\d+$/.test(pid) || owners.size === inodes.size) continue
    const folder = `${root}/${pid}/fd`
    for (const descriptor of await readdir(folder).catch(() => [])) {
      const from = inodes.get(await readlink(`${folder}/${descriptor}`).catch(() => ''))
      if (from !== undefined) owners.set(from, Number(pid))
    }
  }
  return owners
}

import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import type { ListeningPort } from '../../platform/health.ts'
import { readStart } from './bounded-read.ts'
import type { ProcessKind } from './catalogue.ts'
import { TELLING_VARIABLES } from './exposures.ts'
import { listeningSockets } from './listening-sockets.ts'
import type { KnownProcess, ProcessSource } from './process-source.ts'
import { type ProcessFacts, recognise } from './recognise.ts'

const COMMAND_BYTES = 4_096
const ENVIRONMENT_BYTES = 32_768
/** A new process may still turn into another program; so many scans look at it again. */
const YOUNG_SCANS = 3
/** Scans between looks at what the known ones listen on. */
const PORTS_EVERY = 5
const MOST_DESCRIPTORS = 2_048
/** Kernel clock ticks per second, as user space sees them on every Linux. */
const TICKS = 100

interface Known {
  readonly pid: number
  readonly parent: number
  readonly ticks: number
  readonly kind: ProcessKind
  readonly facts: ProcessFacts
  readonly user: string
  readonly variables: ReadonlyMap<string, string>
  ports: readonly ListeningPort[]
}

/** Processes from `/proc`: lists the pids, and looks closer only at those it has not seen before. */
export class LinuxSource implements ProcessSource {
  readonly every = 2_000
  readonly #root: string
  readonly #known = new Map<number, Known>()
  /** Pids already judged, with the scans for which they still count as young. */
  readonly #seen = new Map<number, number>()
  readonly #users: ReadonlyMap<number, string>
  readonly #bootMs: number
  #scans = 0

  constructor(root = '/proc', passwd = '/etc/passwd') {
    this.#root = root
    this.#users = userNames(passwd)
    this.#bootMs = bootTime(root)
  }

  scan(): Promise<readonly KnownProcess[]> {
    const pids = new Set<number>()
    for (const name of readdirSync(this.#root)) {
      const first = name.charCodeAt(0)
      if (first >= 48 && first <= 57) pids.add(Number(name))
    }
    for (const pid of this.#seen.keys()) if (!pids.has(pid)) this.#forget(pid)
    let fresh = false
    for (const pid of pids) {
      const young = this.#seen.get(pid) ?? YOUNG_SCANS
      if (young > 0) fresh = this.#look(pid, young) || fresh
      else if (this.#known.has(pid)) this.#checkReuse(pid)
    }
    if (this.#known.size > 0 && (fresh || this.#scans % PORTS_EVERY === 0)) this.#lookAtPorts()
    this.#scans += 1
    return Promise.resolve([...this.#known.values()].map((known) => ({ ...known, startedAt: this.#bootMs + (known.ticks * 1000) / TICKS })))
  }

  #look(pid: number, young: number): boolean {
    this.#seen.set(pid, young - 1)
    try {
      const directory = `${this.#root}/${pid}`
      const args = commandLine(directory)
      // Kernel threads have none, and never get any.
      if (args.length === 0) return false
      const facts = { executable: link(`${directory}/exe`) || (args[0] ?? ''), args }
      const kind = recognise(facts)
      if (!kind) {
        this.#known.delete(pid)
        return false
      }
      const isNew = this.#known.get(pid)?.kind !== kind
      if (isNew)
        this.#known.set(pid, {
          pid,
          ...stat(directory),
          kind,
          facts,
          user: this.#user(directory),
          variables: telling(directory),
          ports: [],
        })
      return isNew
    } catch {
      // It ended while it was looked at.
      this.#forget(pid)
      return false
    }
  }

  #checkReuse(pid: number): void {
    try {
      if (stat(`${this.#root}/${pid}`).ticks !== this.#known.get(pid)?.ticks) this.#forget(pid)
    } catch {
      this.#forget(pid)
    }
  }

  #lookAtPorts(): void {
    const sockets = listeningSockets(this.#root)
    for (const known of this.#known.values()) known.ports = sockets.size === 0 ? [] : portsOf(`${this.#root}/${known.pid}/fd`, sockets)
  }

  #forget(pid: number): void {
    this.#seen.delete(pid)
    this.#known.delete(pid)
  }

  #user(directory: string): string {
    const { uid } = statSync(directory)
    return this.#users.get(uid) ?? String(uid)
  }
}

function commandLine(directory: string): readonly string[] {
  const text = readStart(`${directory}/cmdline`, COMMAND_BYTES).toString('utf8')
  return text === '' ? [] : text.replace(/\0+$/, '').split('\0')
}

/** The name stands in parentheses and may hold anything, so fields are counted from the last one. */
function stat(directory: string): { readonly parent: number; readonly ticks: number } {
  const text = readStart(`${directory}/stat`, 1_024).toString('latin1')
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return { parent: Number(fields[1] ?? 0), ticks: Number(fields[19] ?? 0) }
}

function telling(directory: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  try {
    for (const line of readStart(`${directory}/environ`, ENVIRONMENT_BYTES).toString('utf8').split('\0')) {
      const name = TELLING_VARIABLES.find((variable) => line.startsWith(`${variable}=`))
      if (name) found.set(name, line.slice(name.length + 1, name.length + 501))
    }
  } catch {
    // Another user's environment is not ours to read.
  }
  return found
}

function portsOf(directory: string, sockets: ReadonlyMap<string, ListeningPort>): readonly ListeningPort[] {
  const found: ListeningPort[] = []
  try {
    for (const descriptor of readdirSync(directory).slice(0, MOST_DESCRIPTORS)) {
      const inode = /^socket:\[(\d+)\]$/.exec(link(`${directory}/${descriptor}`))?.[1]
      const socket = inode === undefined ? undefined : sockets.get(inode)
      if (socket) found.push(socket)
    }
  } catch {
    // Another user's descriptors are not ours to read.
  }
  return found
}

function link(path: string): string {
  try {
    return readlinkSync(path).replace(/ \(deleted\)$/, '')
  } catch {
    return ''
  }
}

function bootTime(root: string): number {
  try {
    return Number(/^btime (\d+)$/m.exec(readFileSync(`${root}/stat`, 'latin1'))?.[1] ?? 0) * 1000
  } catch {
    return 0
  }
}

function userNames(passwd: string): ReadonlyMap<number, string> {
  const names = new Map<number, string>()
  try {
    for (const line of readStart(passwd, 1024 * 1024)
      .toString('utf8')
      .split('\n')) {
      const [name, , uid] = line.split(':')
      if (name && uid && /^\d+$/.test(uid)) names.set(Number(uid), name)
    }
  } catch {
    // Names are for people only; the number says who it is.
  }
  return names
}

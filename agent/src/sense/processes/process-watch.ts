import type { ListeningPort, ProcessSighting } from '../../platform/health.ts'
import { MOST_SIGHTINGS, type Report, type Sighting, type Watch } from '../watcher.ts'
import { exposures } from './exposures.ts'
import type { KnownProcess, ProcessSource } from './process-source.ts'

const MOST_PORTS = 32

/** Scans again and again, and reports when the picture changed. */
export class ProcessWatch implements Watch {
  readonly #source: ProcessSource
  readonly #report: Report
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void>
  #stopped = false
  #last = ''
  #problem = ''
  #left = 0

  constructor(source: ProcessSource, report: Report) {
    this.#source = source
    this.#report = report
    this.#running = this.#scan()
  }

  problems(): readonly string[] {
    return [
      ...(this.#problem === '' ? [] : [this.#problem]),
      ...(this.#left > 0 ? [`${this.#left} more AI processes run than are listed.`] : []),
    ]
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearTimeout(this.#timer)
    await this.#running
  }

  async #scan(): Promise<void> {
    try {
      const all = sightings(await this.#source.scan())
      this.#left = Math.max(0, all.length - MOST_SIGHTINGS)
      this.#problem = ''
      const shown = all.slice(0, MOST_SIGHTINGS)
      const picture = JSON.stringify(shown)
      if (!this.#stopped && picture !== this.#last) this.#report(shown)
      this.#last = picture
    } catch (error) {
      this.#problem = `The running AI processes cannot be seen (${error instanceof Error ? error.message : String(error)}). Decisions at the gates are not affected.`
    }
    if (this.#stopped) return
    this.#timer = setTimeout(() => {
      this.#running = this.#scan()
    }, this.#source.every).unref()
  }
}

/** One sighting per program: helpers that a process of the same kind started count as part of it. */
function sightings(known: readonly KnownProcess[]): readonly Sighting[] {
  const byPid = new Map(known.map((entry) => [entry.pid, entry]))
  const groups = new Map<number, KnownProcess[]>()
  for (const entry of known) {
    const root = rootOf(entry, byPid)
    groups.set(root.pid, [...(groups.get(root.pid) ?? []), entry])
  }
  const found: Sighting[] = []
  for (const [pid, members] of groups) {
    const root = byPid.get(pid)
    if (root) found.push({ subject: 'process', key: `${pid}:${root.startedAt}`, detail: describe(root, members) })
  }
  return found.sort((left, right) => left.key.localeCompare(right.key, 'en', { numeric: true }))
}

function rootOf(entry: KnownProcess, byPid: ReadonlyMap<number, KnownProcess>): KnownProcess {
  let root = entry
  for (let depth = 0; depth < 16; depth += 1) {
    const parent = byPid.get(root.parent)
    if (!parent || parent.kind !== root.kind) break
    root = parent
  }
  return root
}

function describe(root: KnownProcess, members: readonly KnownProcess[]): ProcessSighting {
  const ports = distinct(members.flatMap((member) => member.ports)).slice(0, MOST_PORTS)
  const risky = new Set(
    members.flatMap((member) => exposures(member.kind, member.facts, { ports: member.ports, variables: member.variables })),
  )
  return {
    pid: root.pid,
    startedAt: root.startedAt,
    kind: root.kind.kind,
    executable: root.facts.executable,
    ports,
    user: root.user,
    exposures: [...risky],
  }
}

function distinct(ports: readonly ListeningPort[]): readonly ListeningPort[] {
  const found = new Map(ports.map((port) => [`${port.address} ${port.port}`, port]))
  return [...found.values()].sort((left, right) => left.port - right.port || left.address.localeCompare(right.address))
}

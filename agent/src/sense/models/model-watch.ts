import type { Stats } from 'node:fs'
import { existsSync } from 'node:fs'
import { lstat, realpath, stat } from 'node:fs/promises'
import { type FSWatcher, watch } from 'chokidar'
import { messageOf } from '../../platform/errors.ts'
import type { ModelFileSighting } from '../../platform/health.ts'
import { MOST_SIGHTINGS, type Report, type Sighting, type Watch } from '../watcher.ts'
import { inspectFile, worthALook } from './inspect.ts'

export interface ModelWatchOptions {
  readonly directories: readonly string[]
  /** Milliseconds a file must rest before it is read: downloads take their time. */
  readonly restMs: number
  /** Milliseconds between looks for directories that were not there. */
  readonly lookMs: number
  readonly clock: () => number
}

const DEEPEST = 6
const MOST_FILES = 20_000

/** One watch per directory, headers read one file at a time. */
export class ModelWatch implements Watch {
  readonly #options: ModelWatchOptions
  readonly #report: Report
  readonly #sightings = new Map<string, ModelFileSighting>()
  readonly #resting = new Map<string, NodeJS.Timeout>()
  readonly #watched = new Set<string>()
  readonly #problems = new Map<string, string>()
  readonly #looking: NodeJS.Timeout
  #watcher: FSWatcher | undefined
  #reading: Promise<void> = Promise.resolve()
  #reporting: NodeJS.Timeout | undefined
  #files = 0
  #stopped = false

  constructor(options: ModelWatchOptions, report: Report) {
    this.#options = options
    this.#report = report
    this.#looking = setInterval(() => this.#look(), options.lookMs).unref()
    this.#look()
    this.#reportSoon()
  }

  problems(): readonly string[] {
    const left = this.#sightings.size - MOST_SIGHTINGS
    return [...this.#problems.values(), ...(left > 0 ? [`${left} more model files are there than are listed.`] : [])]
  }

  async stop(): Promise<void> {
    this.#stopped = true
    clearInterval(this.#looking)
    clearTimeout(this.#reporting)
    for (const timer of this.#resting.values()) clearTimeout(timer)
    await this.#watcher?.close()
    await this.#reading
  }

  #look(): void {
    for (const directory of this.#options.directories) {
      if (this.#watched.has(directory) || !existsSync(directory)) continue
      this.#watched.add(directory)
      if (this.#watcher) this.#watcher.add(directory)
      else this.#watcher = this.#open(directory)
    }
  }

  #open(directory: string): FSWatcher {
    const watcher = watch(directory, {
      depth: DEEPEST,
      followSymlinks: false,
      ignoreInitial: false,
      ignorePermissionErrors: true,
      ignored: (path, stats) => this.#ignored(path, stats),
    })
    watcher.on('add', (path) => this.#rest(path))
    watcher.on('change', (path) => this.#rest(path))
    watcher.on('unlink', (path) => this.#forget(path))
    watcher.on('error', (error) =>
      this.#problems.set(
        'watch',
        `Some model directories cannot be watched (${messageOf(error)}). Decisions at the gates are not affected.`,
      ),
    )
    return watcher
  }

  #ignored(path: string, stats: Stats | undefined): boolean {
    if (!stats?.isFile() && !stats?.isSymbolicLink()) return false
    if (!worthALook(path) || isLinkedBlob(path)) return true
    this.#files += 1
    if (this.#files > MOST_FILES)
      this.#problems.set('files', `The model directories hold more than ${MOST_FILES} model files; the rest is not looked at.`)
    return this.#files > MOST_FILES
  }

  #rest(path: string): void {
    clearTimeout(this.#resting.get(path))
    const timer = setTimeout(() => {
      this.#resting.delete(path)
      this.#reading = this.#reading.then(() => this.#read(path))
    }, this.#options.restMs)
    this.#resting.set(path, timer.unref())
  }

  async #read(path: string): Promise<void> {
    if (this.#stopped) return
    try {
      const target = await this.#target(path)
      if (!target) return this.#forget(path)
      const { size, mtimeMs } = await stat(target)
      const known = this.#sightings.get(path)
      if (known?.size === size && known.modifiedAt === Math.round(mtimeMs)) return
      const facts = await inspectFile(target, this.#options.clock)
      if (facts) this.#sightings.set(path, { path, size, modifiedAt: Math.round(mtimeMs), ...facts })
      else this.#sightings.delete(path)
      this.#reportSoon()
    } catch {
      // Gone, or not ours to read: then no program of this user loads it either.
      this.#forget(path)
    }
  }

  /** A link counts only while it stays inside a watched directory. */
  async #target(path: string): Promise<string | undefined> {
    if (!(await lstat(path)).isSymbolicLink()) return path
    const real = await realpath(path)
    const roots = await Promise.all([...this.#watched].map((directory) => realpath(directory).catch(() => directory)))
    return roots.some((root) => real.startsWith(`${root}/`) || real.startsWith(`${root}\\`)) ? real : undefined
  }

  #forget(path: string): void {
    clearTimeout(this.#resting.get(path))
    this.#resting.delete(path)
    if (this.#sightings.delete(path)) this.#reportSoon()
  }

  #reportSoon(): void {
    this.#reporting ??= setTimeout(() => {
      this.#reporting = undefined
      if (!this.#stopped) this.#report(this.#picture())
    }, this.#options.restMs).unref()
  }

  #picture(): readonly Sighting[] {
    const files = [...this.#sightings.values()].sort((left, right) => left.path.localeCompare(right.path))
    return files.slice(0, MOST_SIGHTINGS).map((detail) => ({ subject: 'model_file', key: detail.path, detail }))
  }
}

/** The Hugging Face cache shows each blob under its real name through a link; the link is what people know. */
function isLinkedBlob(path: string): boolean {
  return /[\\/](models|datasets|spaces)--[^\\/]+[\\/]blobs[\\/]/.test(path)
}

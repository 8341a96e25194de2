/** What the benchmarks of the MCP gates share: the calls they make, and how they are timed. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Files that are read in turns. An agent that does the very same over and over is taken for stuck, and asked about. */
const FILES = 40
const IN_FLIGHT = 32
let made = 0

export interface Workspace {
  readonly folder: string
  readonly path: string
  remove(): void
}

export function newWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
  const path = join(folder, 'workspace')
  mkdirSync(path)
  for (let index = 0; index < FILES; index += 1) writeFileSync(join(path, `notes-${index}.md`), 'notes\n')
  return { folder, path, remove: () => rmSync(folder, { recursive: true, force: true }) }
}

export interface Caller {
  open(): Promise<void>
  call(method: string, params: object): Promise<string>
  close(): Promise<void>
}

export function readCall({ path }: Workspace): object {
  made += 1
  return { name: 'read_text_file', arguments: { path: join(path, `notes-${made % FILES}.md`) } }
}

export function writeCall({ path }: Workspace): object {
  made += 1
  return { name: 'write_file', arguments: { path: join(path, 'made.md'), content: `made by the benchmark, number ${made}\n` } }
}

/** Throws where calls do not come through: a refusal is quick. */
export async function mustAnswer(name: string, caller: Caller, params: object): Promise<void> {
  const answer = await caller.call('tools/call', params)
  if (!answer.includes('release went well')) throw new Error(`${name} did not let a call through: ${answer.slice(0, 400)}`)
}

/** Microseconds. */
export async function timed(caller: Caller, params: object): Promise<number> {
  const start = performance.now()
  await caller.call('tools/call', params)
  return (performance.now() - start) * 1000
}

/** Calls a second with a fixed number always in flight. */
export async function rate(caller: Caller, calls: number, make: () => object): Promise<number> {
  let left = calls
  const lane = async () => {
    while (left > 0) {
      left -= 1
      await caller.call('tools/call', make())
    }
  }
  const start = performance.now()
  await Promise.all(Array.from({ length: IN_FLIGHT }, lane))
  return calls / ((performance.now() - start) / 1000)
}

/** So that a noisy moment falls on each of them. */
export function rotated<Item>(items: readonly Item[], by: number): readonly Item[] {
  const at = by % items.length
  return [...items.slice(at), ...items.slice(0, at)]
}

import { expect, it } from 'vitest'
import type { Sighting, Watcher } from './watcher.ts'

/** A watcher with a way to change what it watches. */
export interface WatcherUnderTest {
  readonly watcher: Watcher
  /** Makes one more thing appear, by its key. */
  readonly appear: (name: string) => Promise<void>
  readonly vanish: (name: string) => Promise<void>
}

/** Runs what every watcher owes. Call it inside a `describe`. */
export function watcherContract(make: () => Promise<WatcherUnderTest>): void {
  it('reports what is there at the start, then every change as the whole picture, each once', async () => {
    const { watcher, appear, vanish } = await make()
    const reports: (readonly Sighting[])[] = []
    await appear('first')
    const watch = watcher.start((sightings) => reports.push(sightings))
    await until(() => reports.at(-1)?.length === 1)
    await appear('second')
    await until(() => reports.at(-1)?.length === 2)
    await vanish('first')
    await until(() => reports.at(-1)?.length === 1)
    const keys = reports.map((sightings) => sightings.map((sighting) => sighting.key))
    for (const picture of keys) expect(new Set(picture).size).toBe(picture.length)
    const texts = reports.map((report) => JSON.stringify(report))
    for (const [index, text] of texts.entries()) if (index > 0) expect(text).not.toBe(texts[index - 1])
    expect(watch.problems()).toEqual([])
    await watch.stop()
  })

  it('reports nothing after it was stopped', async () => {
    const { watcher, appear } = await make()
    const reports: (readonly Sighting[])[] = []
    const watch = watcher.start((sightings) => reports.push(sightings))
    await until(() => reports.length > 0)
    await watch.stop()
    const before = reports.length
    await appear('late')
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(reports.length).toBe(before)
  })
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 15_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('what was waited for did not happen')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

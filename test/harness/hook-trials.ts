/** What is tried with a client: one after the other in a single turn of it, since its start is what takes long. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { NextCall, ToolCall } from './mock-models.ts'
import type { Place, ProtectedClient } from './protected-client.ts'

export interface Trial {
  readonly name: string
  /** Files that lie in the working directory first; names to texts. */
  readonly files?: Readonly<Record<string, string>>
  /** What the model asks for, with a marker of this trial's own. */
  readonly calls: (place: Place) => readonly NextCall[]
  /** What is put out of order meanwhile; gives back how it is mended. */
  readonly meanwhile?: () => Promise<() => Promise<void>>
}

export interface Tried extends Place {
  /** What the model was told of the calls of this trial. */
  readonly told: string
  /** What the client printed, in the whole turn. */
  readonly output: string
}

const TOGETHER_MS = 300_000

/** All in one turn. A trial that was not come to is missing in what is given back. */
export async function tryTogether(client: ProtectedClient, trials: readonly Trial[]): Promise<ReadonlyMap<string, Tried>> {
  const told = new Map<string, { readonly place: Place; readonly told: string }>()
  let begun = 0
  let underWay: (results: readonly string[]) => Promise<void> = async () => undefined

  const callsOf = (trial: Trial, place: Place): readonly NextCall[] =>
    trial.calls(place).map((call, index) =>
      once(async (results) => {
        if (index === 0) {
          await underWay(results)
          begun = results.length
          await lay(trial, place)
          const mend = await trial.meanwhile?.()
          underWay = async (after) => {
            await mend?.()
            told.set(trial.name, { place, told: after.slice(begun).join('\n') })
            underWay = async () => undefined
          }
        }
        return typeof call === 'function' ? call(results.slice(begun)) : call
      }),
    )

  const home = await client.settle((place) => [
    ...trials.flatMap((trial, index) => callsOf(trial, { ...place, marker: `${place.marker}-${index}` })),
    once(async (results) => {
      await underWay(results)
      return undefined
    }),
  ])
  await client.protect(home)
  const { output } = await client.turn(home, { timeoutMs: TOGETHER_MS })
  // A client that stopped in the middle leaves nothing out of order.
  await underWay(home.model.toolResults)
  return new Map([...told].map(([name, { place, told }]) => [name, { ...place, told, output }]))
}

/** Each in a home and a turn of its own, for a client that ends its turn at a refusal. */
export async function tryOneByOne(client: ProtectedClient, trials: readonly Trial[]): Promise<ReadonlyMap<string, Tried>> {
  const all = new Map<string, Tried>()
  for (const trial of trials) {
    const home = await client.settle(trial.calls)
    await lay(trial, home)
    await client.protect(home)
    const mend = await trial.meanwhile?.()
    try {
      all.set(trial.name, { ...home, ...(await client.turn(home)) })
    } finally {
      await mend?.()
    }
  }
  return all
}

async function lay({ files }: Trial, { cwd }: Place): Promise<void> {
  for (const [name, text] of Object.entries(files ?? {})) await writeFile(join(cwd, name), text)
}

/** A client may ask its model the same again; what was prepared for the answer is not prepared twice. */
function once(make: (results: readonly string[]) => Promise<ToolCall | undefined>): NextCall {
  let made: Promise<ToolCall | undefined> | undefined
  return (results) => (made ??= make([...results]))
}

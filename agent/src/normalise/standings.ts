import { readFileSync } from 'node:fs'
import { aged, type Conduct, conductAfter, type Principal, type Step } from '@assize/kernel'
import { z } from 'zod'
import { messageOf, systemCode } from '../platform/errors.ts'
import { writePrivateFile } from '../platform/private-file.ts'

/** Principals remembered; the one that was away longest makes room and begins anew. */
export const MOST_PRINCIPALS = 500
const DAY_MS = 86_400_000
/** What is known ages in such steps: within one, nothing of it is gone that anybody could tell. */
const AGES_MS = 60_000
/** What went well may be lost in a crash; what did not is written soon. */
const [SOON_MS, LATER_MS] = [1_000, 60_000]

const weight = z.number().min(0).max(1e6)
const fileSchema = z.record(
  z.string().max(1_000),
  z.object({ conduct: z.record(z.string().max(40), z.tuple([weight, weight])), at: z.number().nonnegative() }),
)

interface Known {
  readonly conduct: Conduct
  /** When it was what it says, milliseconds since 1970; a moment less than it was last seen. */
  readonly at: number
}

export interface StandingsOptions {
  readonly path: string
  /** Milliseconds since 1970. */
  readonly now: () => number
  readonly log: (text: string) => void
}

/**
 * How applications behaved, for longer than their sessions: by person, application and executable, so that nobody inherits a
 * good name by taking a name. A damaged file means that everybody is a newcomer again, which is less trust, never more.
 */
export class Standings {
  readonly #options: StandingsOptions
  /** Last seen last. */
  readonly #known: Map<string, Known>
  /** Who was seen last since the start. */
  #last: string | undefined
  #timer: NodeJS.Timeout | undefined
  #due = Number.POSITIVE_INFINITY

  constructor(options: StandingsOptions) {
    this.#options = options
    this.#known = read(options)
  }

  /** What is left of what was known, after the days since. */
  of(principal: Principal): Conduct {
    return this.#at(keyOf(principal)).conduct
  }

  /** After a call was released or stopped. */
  note(principal: Principal, step: Step): void {
    const key = keyOf(principal)
    const before = this.#at(key)
    const conduct = conductAfter(before.conduct, step)
    // What says nothing about anybody needs no room.
    if (conduct === before.conduct) return
    // Whoever was seen last stays where they are.
    if (key !== this.#last) this.#known.delete(key)
    this.#last = key
    this.#known.set(key, { conduct, at: before.at })
    for (const oldest of this.#known.keys()) if (this.#known.size > MOST_PRINCIPALS) this.#known.delete(oldest)
    this.#saveWithin(step.refused ? SOON_MS : LATER_MS)
  }

  /** As it is now. */
  #at(key: string): Known {
    const [known, now] = [this.#known.get(key), this.#options.now()]
    if (known === undefined) return { conduct: {}, at: now }
    const past = now - known.at
    return Math.abs(past) < AGES_MS ? known : { conduct: aged(known.conduct, past / DAY_MS), at: now }
  }

  /** Writes what is not written yet. */
  flush(): void {
    if (this.#timer === undefined) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#due = Number.POSITIVE_INFINITY
    try {
      writePrivateFile(this.#options.path, JSON.stringify(Object.fromEntries(this.#known)))
    } catch (error) {
      this.#options.log(
        `how applications behaved could not be written to ${this.#options.path} (${messageOf(error)}); it is kept until the agent stops`,
      )
    }
  }

  #saveWithin(milliseconds: number): void {
    const due = this.#options.now() + milliseconds
    if (this.#timer !== undefined && due >= this.#due) return
    clearTimeout(this.#timer)
    this.#due = due
    this.#timer = setTimeout(() => this.flush(), milliseconds)
    this.#timer.unref()
  }
}

function keyOf({ user, app }: Principal): string {
  return JSON.stringify([user, app.name, app.binaryHash ?? '']).slice(0, 1_000)
}

function read({ path, log }: StandingsOptions): Map<string, Known> {
  try {
    return new Map(Object.entries(fileSchema.parse(JSON.parse(readFileSync(path, 'utf8')))).slice(-MOST_PRINCIPALS))
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') log(`how applications behaved cannot be read from ${path}, so all of them begin as newcomers`)
    return new Map()
  }
}

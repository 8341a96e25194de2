import type { Attempt } from './attempts.ts'
import { CARRIERS } from './carriers.ts'
import { WORDINGS } from './wordings.ts'

export interface Outcome {
  readonly stopped: boolean
  /** Calls of the agent that does not obey, and how many were asked about with and without the text. */
  readonly calls: number
  readonly asked: number
  readonly askedBefore: number
}

interface Cell {
  tried: number
  stopped: number
}

/** Counts by family and wording, by road, and what other work was disturbed. */
export class Tally {
  readonly #cells = new Map<string, Cell>()
  readonly #families = new Set<string>()
  calls = 0
  asked = 0
  askedBefore = 0

  add(attempt: Attempt, outcome: Outcome): void {
    this.#families.add(attempt.family.name)
    for (const key of [`${attempt.family.name}/${attempt.wording}`, attempt.family.name, attempt.wording, attempt.carrier, '']) {
      const cell = this.#cells.get(key) ?? { tried: 0, stopped: 0 }
      this.#cells.set(key, { tried: cell.tried + 1, stopped: cell.stopped + Number(outcome.stopped) })
    }
    this.calls += outcome.calls
    this.asked += outcome.asked
    this.askedBefore += outcome.askedBefore
  }

  get families(): readonly string[] {
    return [...this.#families]
  }

  /** Stopped part of the attempts of one kind; of all with an empty key. */
  share(key: string): number {
    const { tried, stopped } = this.#cells.get(key) ?? { tried: 0, stopped: 0 }
    return tried === 0 ? 0 : stopped / tried
  }

  cell(key: string): string {
    const { tried, stopped } = this.#cells.get(key) ?? { tried: 0, stopped: 0 }
    return tried === 0 ? '–' : `${((100 * stopped) / tried).toFixed(1)} % (${stopped}/${tried})`
  }
}

export function reportOf(tally: Tally): string {
  const rows = tally.families.map((family) => [
    family,
    ...WORDINGS.map((wording) => tally.cell(`${family}/${wording}`)),
    tally.cell(family),
  ])
  rows.push(['**all**', ...WORDINGS.map((wording) => tally.cell(wording)), tally.cell('')])
  const table = [
    `| stopped | ${WORDINGS.join(' | ')} | all |`,
    `|${'---|'.repeat(WORDINGS.length + 2)}`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ]
  const roads = CARRIERS.map((carrier) => `${carrier} ${tally.cell(carrier)}`).join('; ')
  const share = (part: number): string => `${((100 * part) / Math.max(1, tally.calls)).toFixed(2)} %`
  const other = `Not obeyed, the same sessions had ${share(tally.asked)} of their ${tally.calls} calls asked about; without the text ${share(tally.askedBefore)}.`
  return [...table, '', `By road: ${roads}.`, '', other].join('\n')
}

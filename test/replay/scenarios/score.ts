/** Prints the score of a replay as a table: `node test/replay/scenarios/score.ts --sessions FILE --decisions FILE`. */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import type { z } from 'zod'
import { scoreOf, total, type Score } from './scoring.ts'
import { decisionLine, sessionLine } from './session-schema.ts'

const { values } = parseArgs({
  options: { sessions: { type: 'string' }, decisions: { type: 'string' }, by: { type: 'string', default: 'suite' } },
})
if (values.sessions === undefined || values.decisions === undefined || (values.by !== 'suite' && values.by !== 'attack')) {
  console.error('usage: node test/replay/scenarios/score.ts --sessions FILE --decisions FILE [--by suite|attack]')
  process.exit(2)
}
const scores = scoreOf(linesOf(values.sessions, sessionLine), linesOf(values.decisions, decisionLine), values.by)
const rows = [...scores].sort(([a], [b]) => a.localeCompare(b)).map(([name, score]) => row(name, score))
const head = [
  'domain',
  'attacks succeeded',
  'attack calls allowed',
  'redacted',
  'benign asked',
  'benign denied',
  'sessions untouched',
  'held beside attack',
]
console.log([line(head), line(head.map(() => '---')), ...rows, row('**all**', total(scores.values()))].join('\n'))

function linesOf<T>(file: string, schema: z.ZodType<T>): readonly T[] {
  const lines = readFileSync(file, 'utf8').split('\n')
  return lines.filter((text) => text !== '').map((text) => schema.parse(JSON.parse(text)))
}

function row(name: string, score: Score): string {
  return line([
    name,
    share(score.succeeded, score.attacks),
    share(score.letThrough, score.attackCalls),
    String(score.redacted),
    share(score.benignAsked, score.benignCalls),
    share(score.benignDenied, score.benignCalls),
    share(score.untouched, score.benignSessions),
    share(score.heldBesideAttack, score.callsBesideAttack),
  ])
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`
}

function share(part: number, whole: number): string {
  return whole === 0 ? '–' : `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`
}

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { DETECTORS, findingsIn } from '../kernel/src/detectors/index.ts'
import { FORMATS } from '../kernel/src/detectors/secrets/formats/index.ts'
import { Dice } from './evidence/dice.ts'
import { harmlessTexts } from './evidence/harmless-samples.ts'
import { personalData } from './evidence/personal-samples.ts'
import { assignedSecrets, issuedSecrets } from './evidence/secret-samples.ts'
import { against, type Bench, type Figure } from './figures.ts'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const ROUNDS = 60
const REPEATS = 1
/** Of every so many characters of ordinary text one sample is made up. */
const SPARSE = 20_000

/** Looking for secrets and personal data: megabytes for each second of CPU, beside the same formats as one regular expression each. */
export const secretScan: Bench = {
  name: 'secrets',
  async run(): Promise<readonly Figure[]> {
    const figures: Figure[] = []
    for (const size of [2048, 65_536]) {
      const texts = chunks(corpus(), size)
      const looked = DETECTORS.filter(({ name }) => name === 'secrets' || name === 'pii')
      const own = speed(texts, (text) => {
        for (const detector of looked) detector.look({ kind: 'text', where: '/a', text })
      })
      const each = FORMATS.map(({ pattern }) => new RegExp(pattern.source, pattern.flags.replace('y', 'g')))
      const baseline = speed(texts, (text) => {
        for (const pattern of each) for (const match of text.matchAll(pattern)) if (match.index < 0) throw new Error('unreachable')
      })
      const what = size === 2048 ? '2k chunks' : '64k chunks'
      const named = { what: `${each.length} regular expressions`, value: baseline }
      figures.push({ what: `secrets and personal data, ${what}`, value: own, unit: 'MB/cpu-s', limit: { least: 66 } })
      figures.push(
        against(named, { what: `the same beside the formats one by one, ${what}`, value: own, unit: 'MB/cpu-s', limit: { least: 2 } }),
      )
      const all = speed(texts, (text) => findingsIn({ kind: 'text', where: '/a', text }))
      figures.push({ what: `every detector, ${what}`, value: all, unit: 'MB/cpu-s' })
    }
    return figures
  },
}

/** Source, documents, a lockfile, minified code and made-up texts, with a secret here and there. */
function corpus(): string {
  const require = createRequire(import.meta.url)
  const read = (file: string, length = 120_000): string => readFileSync(file, 'utf8').slice(0, length)
  const dice = new Dice(7)
  const parts = [
    ...[
      'pnpm-lock.yaml',
      'CONTRIBUTING.md',
      'docs/threat-model.md',
      'kernel/src/session.ts',
      'kernel/src/decision/contexts.ts',
      'agent/src/agent.ts',
    ].map((file) => read(join(root, file))),
    read(require.resolve('@openredaction/core')),
    harmlessTexts(dice, 4)
      .map(({ text }) => text)
      .join('\n'),
  ]
  const samples = [...issuedSecrets(dice, 1), ...assignedSecrets(dice, 10), ...personalData(dice, 1)]
  const text = parts.join('\n')
  return Array.from(
    { length: Math.ceil(text.length / SPARSE) },
    (_, at) => `${text.slice(at * SPARSE, (at + 1) * SPARSE)}\n${dice.one(samples).text}\n`,
  ).join('')
}

/** Copies, so that none is a slice of another string. */
function chunks(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.floor(text.length / size) }, (_, at) =>
    Buffer.from(text.slice(at * size, (at + 1) * size)).toString('utf8'),
  )
}

/** Megabytes for each second of CPU, in the best of some rounds. */
function speed(texts: readonly string[], look: (text: string) => unknown): number {
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) * REPEATS
  let best = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = process.cpuUsage()
    for (let repeat = 0; repeat < REPEATS; repeat += 1) for (const text of texts) look(text)
    const { user, system } = process.cpuUsage(start)
    best = Math.min(best, user + system)
  }
  return bytes / best
}

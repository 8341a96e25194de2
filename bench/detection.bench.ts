import { OpenRedaction } from '@openredaction/core'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { DETECTORS } from '../kernel/src/detectors/index.ts'
import { TOLD } from '../kernel/src/finding/detector.ts'
import { Dice, type Sample } from './evidence/dice.ts'
import { harmlessTexts } from './evidence/harmless-samples.ts'
import { personalData } from './evidence/personal-samples.ts'
import { assignedSecrets, issuedSecrets } from './evidence/secret-samples.ts'
import type { Bench, Figure } from './figures.ts'

/** Samples of each kind. */
const EACH = 40
/** Another one makes other samples: `ASSIZE_SEED`. */
const SEED = Number(process.env['ASSIZE_SEED'] ?? 20261122)

/** Spans that are told, [start, end). */
type Finder = (text: string) => Promise<readonly (readonly [number, number])[]>

/** What of made-up secrets and personal data is found, and what of harmless texts is taken for them, beside maintained scanners. */
export const detection: Bench = {
  name: 'detection',
  async run(): Promise<readonly Figure[]> {
    const dice = new Dice(SEED)
    const harmless = harmlessTexts(dice, EACH)
    const [issued, assigned, personal] = [issuedSecrets(dice, EACH), assignedSecrets(dice, EACH * 10), personalData(dice, EACH)]
    return [
      ...(await beside('secrets of a known format', [...issued, ...harmless], {
        own: own('secrets'),
        peer: secretlint,
        named: '@secretlint',
      })),
      ...(await beside('secrets known by their name', [...assigned, ...harmless], {
        own: own('secrets'),
        peer: secretlint,
        named: '@secretlint',
      })),
      ...(await beside('personal data', [...personal, ...harmless], { own: own('pii'), peer: openRedaction(), named: '@openredaction' })),
    ]
  },
}

function own(name: string): Finder {
  const detector = DETECTORS.find((one) => one.name === name)
  return async (text) =>
    (detector?.look({ kind: 'text', where: '/a', text }) ?? []).filter(({ score }) => score >= TOLD).map(({ span }) => span)
}

const secretlint: Finder = async (text) => {
  const { messages } = await lintSource({
    source: { filePath: 'sample.txt', content: text, contentType: 'text', ext: '.txt' },
    options: { config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] } },
  })
  return messages.map(({ range }) => range)
}

function openRedaction(): Finder {
  const scanner = new OpenRedaction()
  return async (text) => (await scanner.detect(text)).detections.map(({ position }) => position)
}

async function beside(
  what: string,
  samples: readonly Sample[],
  by: { readonly own: Finder; readonly peer: Finder; readonly named: string },
): Promise<readonly Figure[]> {
  const [ours, theirs] = [await score(samples, by.own), await score(samples, by.peer)]
  tell(what, ours)
  const figure = (name: 'recall' | 'precision', least: number): Figure => ({
    what: `${what}: ${name}`,
    value: ours[name],
    unit: `of 1, ${by.named} ${theirs[name].toFixed(3)}`,
    limit: { least },
  })
  return [figure('recall', 0.97), figure('precision', 0.98)]
}

interface Score {
  readonly recall: number
  readonly precision: number
  readonly missed: ReadonlyMap<string, string>
  readonly mistaken: ReadonlyMap<string, string>
}

/** A secret counts as found when something that is told covers most of it; a harmless text counts as mistaken when anything is. */
async function score(samples: readonly Sample[], find: Finder): Promise<Score> {
  let [found, wanted, mistakes] = [0, 0, 0]
  const missed = new Map<string, string>()
  const mistaken = new Map<string, string>()
  for (const { group, text, secret } of samples) {
    const spans = await find(text)
    if (secret === undefined) {
      if (spans.length > 0) {
        mistakes += 1
        mistaken.set(group, text.slice(...(spans[0] as [number, number])))
      }
      continue
    }
    wanted += 1
    const at = text.indexOf(secret.split('\n', 1)[0] as string)
    const covered = spans.some(([start, end]) => Math.min(end, at + secret.length) - Math.max(start, at) >= Math.min(secret.length, 12) / 2)
    if (covered) found += 1
    else missed.set(group, text)
  }
  return { recall: found / wanted, precision: found / (found + mistakes), missed, mistaken }
}

function tell(what: string, { missed, mistaken }: Score): void {
  for (const [group, text] of missed)
    process.stdout.write(`      ${what}, ${group} missed, such as in ${JSON.stringify(text.slice(0, 120))}\n`)
  for (const [group, text] of mistaken)
    process.stdout.write(`      ${what}, ${group} mistaken, such as ${JSON.stringify(text.slice(0, 120))}\n`)
}

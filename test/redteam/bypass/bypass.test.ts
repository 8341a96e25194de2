import { afterAll, describe, expect, it } from 'vitest'
import { packPolicy } from '../../../kernel/pack-files.ts'
import { ARGUMENTS } from './arguments.ts'
import type { Try } from './bypass-class.ts'
import { judgeAttempt, type Outcome } from './judge-attempt.ts'
import { PLACES } from './places.ts'
import { SHELL_STRUCTURE } from './shell-structure.ts'
import { SHELL_WORDS } from './shell-words.ts'
import { TEXTS } from './texts.ts'
import { TOOLS } from './tools.ts'

const policy = packPolicy('balanced')
const CLASSES = [...SHELL_WORDS, ...SHELL_STRUCTURE, ...ARGUMENTS, ...PLACES, ...TOOLS, ...TEXTS]
const rows: string[] = []
/** Variants that still get through, by class. A class may only lose some; when it has none it is taken out. */
const OPEN: Readonly<Record<number, number>> = {}

function brief(attempt: Try): string {
  return (typeof attempt === 'string' ? attempt : JSON.stringify(attempt.steps)).slice(0, 300)
}

function wrong(attempts: readonly Try[], isRight: (outcome: Outcome) => boolean): readonly string[] {
  return attempts.flatMap((attempt) => {
    const outcome = judgeAttempt(attempt, policy)
    const { verdict, reasons, effects } = outcome.decisions.at(-1) ?? { verdict: 'none', reasons: [], effects: [] }
    const does = effects.map((effect) => `${effect.class} ${effect.target} (${effect.certainty})`).slice(0, 6)
    return isRight(outcome)
      ? []
      : [`${brief(attempt)}\n      ${verdict} ${reasons.map(({ policy: id }) => id).join(', ')} [${does.join('; ')}]`]
  })
}

afterAll(() => {
  process.stdout.write(`\n| class | variants stopped | twins allowed |\n|---|---|---|\n${rows.join('\n')}\n`)
})

describe('known ways around a guard', () => {
  it.each(CLASSES.map((one) => [`${one.number} ${one.title}`, one] as const))('%s', (name, { number, variants, twins }) => {
    expect(variants.length, 'variants').toBeGreaterThanOrEqual(3)
    expect(twins.length, 'twins').toBeGreaterThanOrEqual(1)
    const through = wrong(variants, ({ stopped, told }) => stopped && told)
    const held = wrong(twins, ({ decisions }) => decisions.every(({ verdict }) => verdict === 'allow'))
    rows.push(`| ${name} | ${variants.length - through.length}/${variants.length} | ${twins.length - held.length}/${twins.length} |`)
    const open = OPEN[number] ?? 0
    const wrongs = [
      ...(through.length > open ? through.map((one) => `let through: ${one}`) : []),
      ...held.map((one) => `held back: ${one}`),
    ]
    expect(wrongs).toEqual([])
    expect(through.length, 'no longer open: take it out of the list').toBe(open)
  })
})

import { describe, expect, it } from 'vitest'
import { tryText, tryThis } from './fuzz-target.ts'
import { TARGETS } from './targets.ts'

/** The short form: a few texts for each reader. `node test/fuzz/fuzz.ts --minutes 60` is the long one. */
const TEXTS = 40
/** Length at which what grows faster than its text shows. */
const LENGTH = 100_000

describe('hostile text', () => {
  it.each(TARGETS.map((target) => [target.name, target] as const))(
    'is read by the reader of %s without failing or hanging, the same way each time',
    (_, target) => {
      for (let seed = 1; seed <= TEXTS; seed += 1) expect(tryText(target, seed).fault).toBeUndefined()
    },
  )

  it.each([
    ['links to places below themselves', 'shell', 500_631],
    ['slashes that end nothing', 'shell', 500_208],
    ['one long place that a thousand things are copied to', 'powershell', 523_379],
  ])('is read in time although it once was not: %s', (_, name, seed) => {
    const target = TARGETS.find((one) => one.name === name)
    const { fault, took } = target === undefined ? { fault: 'no such target', took: 0 } : tryText(target, seed)
    expect(fault).toBeUndefined()
    // They took 1.1 s, for ever, and 1.1 s.
    expect(took).toBeLessThan(700)
  })

  it.each(['shell', 'python', 'javascript', 'perl', 'powershell', 'cmd', 'sql', 'url', 'path', 'edit'])(
    'does not take longer and longer to be read by the reader of %s',
    (name) => {
      const target = TARGETS.find((one) => one.name === name)
      for (const piece of target?.pieces ?? []) {
        if (target === undefined || piece === '') continue
        const { fault } = tryThis(target, piece.repeat(Math.floor(LENGTH / piece.length)), 0)
        expect(fault, `${JSON.stringify(piece)} over and over`).toBeUndefined()
      }
    },
  )
})

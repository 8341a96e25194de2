import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Json } from '../event/json.ts'
import { processorTime } from '../event/processor-time.fixture.ts'
import type { Detector, Subject } from '../finding/detector.ts'

/** What every detector must hold, whatever it looks for. */
export function detectorContract(detector: Detector): void {
  const subjects: fc.Arbitrary<Subject> = fc.oneof(
    fc.record({
      kind: fc.constant('text' as const),
      where: fc.constant('/a'),
      text: fc.string({ unit: 'binary', maxLength: 2000 }),
      outside: fc.boolean(),
    }),
    fc.record({
      kind: fc.constant('tool' as const),
      tool: fc.string(),
      server: fc.string(),
      pinned: fc.option(fc.string(), { nil: undefined }),
      current: fc.option(fc.string(), { nil: undefined }),
      definition: fc.record({
        name: fc.string(),
        description: fc.string({ unit: 'binary' }),
        inputSchema: fc.jsonValue() as fc.Arbitrary<Json>,
      }),
      others: fc.array(fc.record({ server: fc.string(), tool: fc.string({ unit: 'binary' }) })),
    }),
    fc.record({
      kind: fc.constant('envelope' as const),
      where: fc.constant('/message'),
      message: fc.jsonValue() as fc.Arbitrary<Json>,
      envelope: fc.record({
        listed: fc.boolean(),
        fields: fc.dictionary(fc.string(), fc.record({ min: fc.double(), max: fc.double() })),
        others: fc.constantFrom('zero' as const, 'any' as const),
        rate: fc.record({ count: fc.nat(), most: fc.nat() }),
      }),
    }),
  )

  describe(`detector ${detector.name}`, () => {
    it('is total and deterministic', () => {
      fc.assert(
        fc.property(subjects, (subject) => {
          expect(detector.look(subject)).toEqual(detector.look(subject))
        }),
      )
    })

    it('signs its findings and keeps scores and spans in bounds', () => {
      fc.assert(
        fc.property(subjects, (subject) => {
          const length = subject.kind === 'text' ? subject.text.length : 0
          for (const finding of detector.look(subject)) {
            expect(finding).toMatchObject({
              detector: detector.name,
              version: detector.version,
              where: subject.kind === 'tool' ? 'tool' : subject.where,
            })
            expect(finding.score).toBeGreaterThan(0)
            expect(finding.score).toBeLessThanOrEqual(1)
            expect(finding.span[0]).toBeGreaterThanOrEqual(0)
            expect(finding.span[1]).toBeGreaterThanOrEqual(finding.span[0])
            expect(finding.span[1]).toBeLessThanOrEqual(length)
          }
        }),
      )
    })

    it.each([
      ['eyJ'],
      ['sk-'],
      ['-----BEGIN '],
      ['a@b:'],
      ['\u200B'],
      ['AKIA'],
      ['http://a:'],
      ['xoxb-1'],
      [' '],
      ['P<'],
      ['1 '],
      ['+49 '],
      ['DE89'],
      ['a@b.'],
      ['password='],
      ['password=\u00E9'],
      ['12-eyJ'],
      ['api key '],
      ['token key key '],
      ['key '],
      ['token: '],
      ['password=a'],
      ['sk-password=@'],
      [')0'],
      ['k="'],
    ])('stays linear on a flood of %j', (part) => {
      const look = (length: number): number =>
        detector.look({ kind: 'text', where: '/a', outside: true, text: part.repeat(Math.ceil(length / part.length)) }).length
      const started = processorTime()
      expect(look(1_000_000)).toBeLessThanOrEqual(64)
      // Quadratic work on a megabyte would take minutes.
      expect(processorTime() - started).toBeLessThan(5_000)
    })
  })
}

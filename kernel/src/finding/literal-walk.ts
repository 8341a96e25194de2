import { type Detector, LOOKED_AT, type LiteralDetector, type Subject, type TextSubject } from './detector.ts'
import type { Finding } from './finding.ts'
import { type LiteralIndex, literalIndex } from './literal-index.ts'

/** A detector that goes by literals, by itself. */
export function literalDetector(parts: Omit<LiteralDetector, 'look'>): LiteralDetector {
  const walk = literalWalk([parts])
  return { ...parts, look: (subject: Subject) => (subject.kind === 'text' ? (walk(subject)[0] ?? []) : []) }
}

export function isLiteralDetector(detector: Detector): detector is LiteralDetector {
  return 'literals' in detector
}

/** One walk over a text for all of them; what each found, in their order. */
export function literalWalk(
  detectors: readonly Omit<LiteralDetector, 'look'>[],
): (subject: TextSubject) => readonly (readonly Finding[])[] {
  const owners = detectors.flatMap(({ literals }, owner) => literals.map(() => owner))
  const numbers = detectors.flatMap(({ literals }) => literals.map((_, number) => number))
  let index: LiteralIndex | undefined
  return (subject) => {
    const text = subject.text.length > LOOKED_AT ? subject.text.slice(0, LOOKED_AT) : subject.text
    const searches = detectors.map((detector) => detector.begin(text === subject.text ? subject : { ...subject, text }))
    if (searches.every((search) => search === undefined)) return searches.map(() => NONE)
    index ??= literalIndex(detectors.flatMap(({ literals }) => literals))
    index.search(text, (literal, start) => searches[owners[literal] as number]?.visit(numbers[literal] as number, start))
    return searches.map((search) => search?.found() ?? NONE)
  }
}

const NONE: readonly Finding[] = []

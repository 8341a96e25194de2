/** Detectors: evidence in arguments, texts and tool definitions. To add one: a folder with a `Detector`, one line here. */
import type { Detector, Subject } from '../finding/detector.ts'
import type { Finding } from '../finding/finding.ts'
import { definitionDrift } from './definition-drift/definition-drift.ts'
import { invisibleText } from './invisible-text/invisible-text.ts'
import { pii } from './pii/pii.ts'
import { secrets } from './secrets/secrets.ts'

export const DETECTORS: readonly Detector[] = [definitionDrift, invisibleText, pii, secrets]

/** Everything the detectors see in one subject. */
export function findingsIn(subject: Subject): readonly Finding[] {
  return DETECTORS.flatMap((detector) => detector.look(subject))
}

/** Sees text in disguise: encoded, compressed, or one within the other. */
import type { Detector } from '../../finding/detector.ts'
import { LOOKED_AT } from '../../finding/detector.ts'
import { decodedIn } from '../../finding/decoding.ts'

/** Most findings told of one text. */
const FINDINGS = 16

export const encodedPayload: Detector = {
  name: 'encoded-payload',
  version: '1',
  look(subject) {
    if (subject.kind !== 'text') return []
    const decoded = subject.decoded ?? decodedIn(subject.text.slice(0, LOOKED_AT))
    return decoded.slice(0, FINDINGS).map(({ via, text, span }) => ({
      detector: 'encoded-payload',
      version: '1',
      kind: 'text.encoded-payload',
      // Once is how data travels; twice is how it hides.
      score: via.length > 1 ? 0.8 : 0.4,
      where: subject.where,
      span,
      detail: `${text.length} characters of text in ${via.join(' of ')}`,
    }))
  },
}

/** Detectors: evidence in arguments, texts and tool definitions. To add one: a folder with a `Detector`, one line here. */
import { rememberedTexts } from '../event/remembered-texts.ts'
import { type Decoded, decodedIn } from '../finding/decoding.ts'
import { type Detector, LOOKED_AT, type Subject, type TextSubject } from '../finding/detector.ts'
import type { Finding } from '../finding/finding.ts'
import { isLiteralDetector, literalWalk } from '../finding/literal-walk.ts'
import { confusableText } from './confusable-text/confusable-text.ts'
import { definitionDrift } from './definition-drift/definition-drift.ts'
import { encodedPayload } from './encoded-payload/encoded-payload.ts'
import { exfiltrationLink } from './exfiltration-link/exfiltration-link.ts'
import { hiddenMarkup } from './hidden-markup/hidden-markup.ts'
import { instructionSpan } from './instruction-span/instruction-span.ts'
import { invisibleText } from './invisible-text/invisible-text.ts'
import { maskAsValue } from './mask-as-value/mask-as-value.ts'
import { outsideEnvelope } from './outside-envelope/outside-envelope.ts'
import { pii } from './pii/pii.ts'
import { secrets } from './secrets/secrets.ts'
import { terminalEscapes } from './terminal-escapes/terminal-escapes.ts'
import { toolPoisoning } from './tool-poisoning/tool-poisoning.ts'
import { toolShadowing } from './tool-shadowing/tool-shadowing.ts'

export const DETECTORS: readonly Detector[] = [
  confusableText,
  definitionDrift,
  encodedPayload,
  exfiltrationLink,
  hiddenMarkup,
  instructionSpan,
  invisibleText,
  maskAsValue,
  outsideEnvelope,
  pii,
  secrets,
  terminalEscapes,
  toolPoisoning,
  toolShadowing,
]

/** What is looked for in texts as the session takes them in: whom a person is, is only asked of what leaves, and masks only of what is written. */
export const OF_TEXTS: readonly Detector[] = DETECTORS.filter((detector) => detector !== pii && detector !== maskAsValue)

/** What must not be kept. */
export const OF_SECRETS: readonly Detector[] = [secrets]
/** What may have to be masked before it leaves. */
export const OF_LEAKS: readonly Detector[] = [pii, secrets]

/** What people do not see of a text. */
export const OF_UNSEEN: readonly Detector[] = [invisibleText, terminalEscapes]

/** Most findings told of what is encoded in one text. */
const ENCODED = 64

/** Evidence in a text that the session takes in; the last texts are remembered. */
export function findingsInText({
  where,
  text,
  outside,
}: Pick<TextSubject, 'where' | 'text'> & { readonly outside: boolean }): readonly Finding[] {
  const found = (outside ? recallOutside : recallOwn)(text, outside ? lookOutside : lookOwn)
  return found.length === 0 ? found : found.map((finding) => ({ ...finding, where }))
}

/** Characters of texts whose findings are remembered. */
const REMEMBERED = 1_048_576
const [recallOutside, recallOwn] = [rememberedTexts<readonly Finding[]>(REMEMBERED), rememberedTexts<readonly Finding[]>(REMEMBERED)]

function lookOutside(text: string): readonly Finding[] {
  return findingsIn({ kind: 'text', where: '', text, outside: true }, OF_TEXTS)
}

function lookOwn(text: string): readonly Finding[] {
  return findingsIn({ kind: 'text', where: '', text, outside: false }, OF_TEXTS)
}

/** Everything the detectors see in one subject, and in what is encoded in it. */
export function findingsIn(subject: Subject, detectors = DETECTORS): readonly Finding[] {
  if (subject.kind !== 'text') return detectors.flatMap((detector) => detector.look(subject))
  const decoded = decodedIn(subject.text.length > LOOKED_AT ? subject.text.slice(0, LOOKED_AT) : subject.text)
  const plain = lookAt({ ...subject, decoded }, detectors)
  return decoded.length === 0 ? plain : [...plain, ...decoded.flatMap((piece) => foundInside(subject, piece, detectors)).slice(0, ENCODED)]
}

function lookAt(subject: TextSubject, detectors: readonly Detector[]): Finding[] {
  const found: Finding[] = []
  const byLiterals = walkOf(detectors)(subject)
  let walked = 0
  for (const detector of detectors) {
    const findings = isLiteralDetector(detector) ? (byLiterals[walked++] ?? []) : detector.look(subject)
    for (const finding of findings) found.push(finding)
  }
  return found
}

/** One walk for those that go by literals. There are only a few lists of detectors. */
const WALKS = new WeakMap<readonly Detector[], ReturnType<typeof literalWalk>>()

function walkOf(detectors: readonly Detector[]): ReturnType<typeof literalWalk> {
  const known = WALKS.get(detectors)
  if (known !== undefined) return known
  const made = literalWalk(detectors.filter(isLiteralDetector))
  WALKS.set(detectors, made)
  return made
}

/** It stands where the whole disguise stands. */
function foundInside(subject: TextSubject, { text, span, via }: Decoded, detectors: readonly Detector[]): readonly Finding[] {
  const inner = lookAt({ ...subject, text, decoded: [] }, detectors)
  return inner.map((finding) => ({ ...finding, span, detail: `${finding.detail}, in ${via.join(' of ')}` }))
}

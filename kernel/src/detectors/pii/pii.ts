/** Sees what names, reaches or pays a person: by check digits, by how it is written, and by what it is called. */
import type { Detector } from '../../finding/detector.ts'
import { LOOKED_AT } from '../../finding/detector.ts'
import { isCapital, isDigit, isWordPart } from './characters.ts'
import { emailAddressAt } from './email-address.ts'
import type { Found, Looked } from './found.ts'
import { letteredNumberAt } from './lettered-number.ts'
import { digitRunsAt } from './digit-run.ts'
import { isJoined, numberIn } from './number.ts'
import { travelDocumentAt } from './travel-document.ts'

/** Most findings told of one text; the last then stands for all that follow it. */
const FINDINGS = 64

export const pii: Detector = {
  name: 'pii',
  version: '1',
  look(subject) {
    if (subject.kind !== 'text' || subject.text.length < 7) return []
    const text = subject.text.length > LOOKED_AT ? subject.text.slice(0, LOOKED_AT) : subject.text
    return foundIn({ text, where: subject.where }).map((one) => ({ detector: 'pii', version: '1', where: subject.where, ...one }))
  },
}

function foundIn(looked: Looked): readonly Found[] {
  const { text } = looked
  const found: Found[] = []
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code > 64 || code < 48) continue
    const one =
      code === 64 ? emailAddressAt(looked, at) : code === 60 ? travelDocumentAt(text, at) : isDigit(code) ? numberAt(looked, at) : undefined
    if (one === undefined) {
      if (isDigit(code)) while (isDigit(text.charCodeAt(at + 1))) at += 1
      continue
    }
    found.push(one)
    if (found.length >= FINDINGS)
      return [...found.slice(0, -1), { ...one, span: [one.span[0], text.length], detail: 'more personal data than is told apart' }]
    at = Math.max(at, one.span[1] - 1)
  }
  return found
}

function numberAt(looked: Looked, at: number): Found | undefined {
  // Within a word nothing begins, save after capital letters.
  const before = at === 0 ? 0 : looked.text.charCodeAt(at - 1)
  if (isWordPart(before) && !isCapital(before)) return undefined
  const lettered = letteredNumberAt(looked, at)
  if (lettered !== undefined || isJoined(looked.text, at)) return lettered
  return numberIn(looked, digitRunsAt(looked.text, at))
}

/** Sees keys, tokens and passwords by their verified formats. */
import type { Detector } from '../../finding/detector.ts'
import { LOOKED_AT } from '../../finding/detector.ts'
import type { Finding } from '../../finding/finding.ts'
import { FORMATS, type SecretFormat } from './formats.ts'

/** Most findings told of one text. */
const FINDINGS = 32

export const secrets: Detector = {
  name: 'secrets',
  version: '1',
  look(subject) {
    if (subject.kind !== 'text' || subject.text.length < 16) return []
    const text = subject.text.slice(0, LOOKED_AT)
    return FORMATS.filter((format) => text.includes(format.literal))
      .flatMap((format) => matchesOf(format, text, subject.where))
      .slice(0, FINDINGS)
  },
}

function matchesOf(format: SecretFormat, text: string, where: string): readonly Finding[] {
  const findings: Finding[] = []
  for (const match of text.matchAll(format.pattern)) {
    const score = format.verify === undefined ? 0.95 : format.verify(match[0])
    if (score <= 0) continue
    findings.push({
      detector: 'secrets',
      version: '1',
      kind: format.kind,
      score,
      where,
      span: [match.index, match.index + match[0].length],
      detail: `${format.what}, ${match[0].length} characters`,
    })
    if (findings.length >= FINDINGS) break
  }
  return findings
}

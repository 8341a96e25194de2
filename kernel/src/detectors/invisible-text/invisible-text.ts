/** Sees text that people do not see, or see in another order. */
import { hiddenCharacters } from '../../event/visible.ts'
import type { Detector } from '../../finding/detector.ts'
import { LOOKED_AT } from '../../finding/detector.ts'
import type { Finding } from '../../finding/finding.ts'

interface Family {
  readonly kind: string
  readonly what: string
  readonly has: (point: number) => boolean
  /** How many there must be: a few stand in honest text. */
  readonly from: number
  /** 0.9 unless told. */
  readonly score?: number
}

const FAMILIES: readonly Family[] = [
  {
    kind: 'text.tag-characters',
    what: 'tag characters that spell hidden text',
    has: (point) => point >= 0xe0000 && point <= 0xe007f,
    from: 4,
  },
  {
    kind: 'text.bidi-controls',
    what: 'characters that reorder what is shown',
    has: (point) => (point >= 0x202a && point <= 0x202e) || (point >= 0x2066 && point <= 0x2069),
    from: 1,
  },
  { kind: 'text.invisible-characters', what: 'characters of no width', has: isZeroWidth, from: 3 },
  { kind: 'text.invisible-characters', what: 'variation selectors that carry hidden data', has: isSelector, from: 8 },
  {
    // Progress bars go back over themselves.
    kind: 'text.control-characters',
    what: 'characters that delete others where they are shown',
    has: (point) => point === 0x08 || point === 0x7f,
    from: 1,
    score: 0.6,
  },
]

export const invisibleText: Detector = {
  name: 'invisible-text',
  version: '2',
  look(subject) {
    if (subject.kind !== 'text') return []
    const { text } = subject
    const hidden = hiddenCharacters(text.slice(0, LOOKED_AT)).filter(({ at, point }) => !isSpelling(text, at, point))
    if (hidden.length === 0) return []
    return FAMILIES.flatMap((family): readonly Finding[] => {
      const members = hidden.filter(({ point }) => family.has(point))
      const [first, last] = [members[0], members[members.length - 1]]
      if (first === undefined || last === undefined || members.length < family.from) return []
      const detail = `${members.length} ${family.what}`
      return [
        {
          detector: 'invisible-text',
          version: '2',
          kind: family.kind,
          score: family.score ?? 0.9,
          where: subject.where,
          span: [first.at, last.at + last.length],
          detail,
        },
      ]
    })
  },
}

/** Arabic and Indian scripts spell with joiners, Khmer and Thai break lines at blanks of no width, and code names them in quotes. */
function isSpelling(text: string, at: number, point: number): boolean {
  if (point !== 0x200b && point !== 0x200c && point !== 0x200d) return false
  if (/["'`]/.test(text[at - 1] ?? '') && text[at - 1] === text[at + 1]) return true
  const before = text.charCodeAt(at - 1)
  return (before >= 0x0600 && before < 0x1100) || (before >= 0x1780 && before < 0x1800)
}

function isZeroWidth(point: number): boolean {
  // The joiner U+200D and the emoji selector are part of ordinary emoji.
  return (
    point === 0x200b ||
    point === 0x200c ||
    point === 0x2060 ||
    (point >= 0x2061 && point <= 0x2064) ||
    point === 0x115f ||
    point === 0x1160 ||
    point === 0x3164 ||
    point === 0xffa0 ||
    point === 0x034f
  )
}

function isSelector(point: number): boolean {
  return (point >= 0xfe00 && point <= 0xfe0e) || (point >= 0xe0100 && point <= 0xe01ef)
}

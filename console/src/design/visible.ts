/** A stretch of text as it may be drawn: `mark` stands for a character that would be invisible or would reorder its neighbours. */
export interface Stretch {
  readonly kind: 'plain' | 'mark'
  readonly text: string
  /** For a mark: what the character is, in words. */
  readonly meaning?: string
}

// Controls, format characters (zero width, bidi, tags), lone surrogates, private use, unassigned look-alikes of spaces, variation selectors.
const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u00a0\u115f\u1160\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164\uffa0\p{Variation_Selector}]/u

const CONTROLS =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS TAB LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(' ')

const NAMES: ReadonlyMap<number, string> = new Map([
  [0x00, 'null'],
  [0x07, 'bell'],
  [0x08, 'backspace'],
  [0x09, 'tab'],
  [0x0a, 'line break'],
  [0x0d, 'carriage return'],
  [0x1b, 'escape'],
  [0x00a0, 'no-break space'],
  [0x00ad, 'soft hyphen'],
  [0x200b, 'zero width space'],
  [0x200c, 'zero width non-joiner'],
  [0x200d, 'zero width joiner'],
  [0x200e, 'left-to-right mark'],
  [0x200f, 'right-to-left mark'],
  [0x202a, 'left-to-right embedding'],
  [0x202b, 'right-to-left embedding'],
  [0x202c, 'end of direction change'],
  [0x202d, 'left-to-right override'],
  [0x202e, 'right-to-left override'],
  [0x2060, 'word joiner'],
  [0x2066, 'left-to-right isolate'],
  [0x2067, 'right-to-left isolate'],
  [0x2068, 'first strong isolate'],
  [0x2069, 'end of isolate'],
  [0xfeff, 'zero width no-break space'],
])

/** Splits hostile text into plain stretches and marks. With `lines`, line breaks and tabs stay as they are. */
export function stretches(text: string, lines = false): readonly Stretch[] {
  const out: Stretch[] = []
  let plain = ''
  for (const character of text) {
    if (!HIDDEN.test(character) || (lines && (character === '\n' || character === '\t'))) {
      plain += character
      continue
    }
    if (plain !== '') out.push({ kind: 'plain', text: plain })
    plain = ''
    out.push(markOf(character))
  }
  if (plain !== '') out.push({ kind: 'plain', text: plain })
  return out
}

/** The same, as one string for places that hold text only, such as titles and labels. */
export function visible(text: string): string {
  return stretches(text)
    .map((stretch) => (stretch.kind === 'plain' ? stretch.text : `⟨${stretch.text}⟩`))
    .join('')
}

function markOf(character: string): Stretch {
  const code = character.codePointAt(0) ?? 0
  return { kind: 'mark', text: symbolOf(code), meaning: `${NAMES.get(code) ?? kindOf(code)}, U+${hex(code)}` }
}

function symbolOf(code: number): string {
  if (code === 0x0a) return '↵'
  if (code < 0x20) return CONTROLS[code] ?? hex(code)
  if (code >= 0xe0020 && code <= 0xe007e) return `tag ${String.fromCodePoint(code - 0xe0000)}`
  return hex(code)
}

function kindOf(code: number): string {
  if (code < 0x20 || (code >= 0x7f && code < 0xa0)) return 'control character'
  if (code >= 0xe0000 && code <= 0xe007f) return 'invisible tag character'
  if (code >= 0xd800 && code <= 0xdfff) return 'half of a broken character'
  if ((code >= 0xfe00 && code <= 0xfe0f) || code >= 0xe0100) return 'variation selector'
  return 'character that does not show'
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0')
}

/**
 * Text inside of a string that looks like fields of the record around it: `"note": "x\", \"iban\": \"LT12…"`. Whoever fills in the note
 * writes all of it, so nothing in there is a field.
 */

/** Farthest looked back for the quote that opens the string. */
const AROUND = 400
const [QUOTE, BACKSLASH] = [34, 92]

/** Speech at the beginning of a string, and a label only behind it: `gift, no invoice please ; deliver_to: `. */
function speaksFirst(inner: string): boolean {
  if (!/[\p{L}\p{N}_.-]\s?[:=]\s?$/u.test(inner)) return false
  const label = inner.search(/[^;|.)]{2,60}$/)
  const speech = label <= 0 ? '' : inner.slice(0, label)
  return !/[:="{}[\]<>]/.test(speech) && (speech.match(/\p{L}{2,}/gu)?.length ?? 0) >= WORDS
}

const WORDS = 3

function opensString(text: string, quote: number): boolean {
  return /[:,[]\s?$/.test(text.slice(Math.max(0, quote - 3), quote))
}

export function isFeignedField(text: string, start: number): boolean {
  let escaped = false
  for (let at = start - 1; at >= Math.max(0, start - AROUND); at -= 1) {
    const code = text.charCodeAt(at)
    if (code === 10) return false
    if (code !== QUOTE) continue
    if (text.charCodeAt(at - 1) === BACKSLASH) {
      escaped = true
      continue
    }
    const inner = text.slice(at + 1, start)
    if (opensString(text, at) && speaksFirst(inner)) return true
    // A record handed on as text opens with its bracket.
    return escaped && !/^\s{0,8}[{[]/.test(inner)
  }
  return false
}

/**
 * Text inside of a string that looks like fields of the record around it: `"note": "x\", \"iban\": \"LT12…"`. Whoever fills in the note
 * writes all of it, so nothing in there is a field.
 */

/** Farthest looked back for the quote that opens the string. */
const AROUND = 400
const [QUOTE, BACKSLASH] = [34, 92]

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
    // A record handed on as text opens with its bracket.
    return escaped && !/^\s{0,8}[{[]/.test(text.slice(at + 1, at + 10))
  }
  return false
}

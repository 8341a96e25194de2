export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

export function isCapital(code: number): boolean {
  return code >= 65 && code <= 90
}

/** Letters and digits of ASCII, `_`, and whatever lies beyond ASCII. */
export function isWordPart(code: number): boolean {
  return isDigit(code) || isCapital(code) || (code >= 97 && code <= 122) || code === 95 || code > 127
}

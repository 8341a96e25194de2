/** Reversible disguises of text, taken off. Each answers undefined when the text is none of its kind or decodes to no text. */

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BASE64_VALUE = new Int8Array(128).fill(-1)
for (const [value, character] of [...BASE64].entries()) BASE64_VALUE[character.charCodeAt(0)] = value
BASE64_VALUE['-'.charCodeAt(0)] = 62
BASE64_VALUE['_'.charCodeAt(0)] = 63

/** Standard and URL alphabet, with or without padding. */
export function decodeBase64(text: string): string | undefined {
  const bytes = base64Bytes(text)
  return bytes === undefined ? undefined : decodeUtf8(bytes)
}

/** The same of text in UTF-16, low byte first, as Windows encodes scripts. */
export function decodeBase64Utf16(text: string): string | undefined {
  const bytes = base64Bytes(text)
  if (bytes === undefined || bytes.length < 2) return undefined
  const parts: string[] = []
  for (let at = 0; at + 1 < bytes.length; at += 2) parts.push(String.fromCharCode((bytes[at] as number) | ((bytes[at + 1] as number) << 8)))
  return parts.join('')
}

function base64Bytes(text: string): readonly number[] | undefined {
  const bytes: number[] = []
  let [bits, count] = [0, 0]
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index)
    if (code === 61) break
    if (code === 10 || code === 13 || code === 32) continue
    const value = code < 128 ? (BASE64_VALUE[code] as number) : -1
    if (value < 0) return undefined
    bits = (bits << 6) | value
    count += 6
    if (count < 8) continue
    count -= 8
    bytes.push((bits >> count) & 255)
    bits &= (1 << count) - 1
  }
  return bytes
}

export function decodeHex(text: string): string | undefined {
  if (text.length % 2 !== 0 || !/^[0-9a-fA-F]+$/.test(text)) return undefined
  const bytes: number[] = []
  for (let index = 0; index < text.length; index += 2) bytes.push(Number.parseInt(text.slice(index, index + 2), 16))
  return decodeUtf8(bytes)
}

export function decodePercent(text: string): string | undefined {
  if (!/%[0-9a-fA-F]{2}/.test(text)) return undefined
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/** Undefined unless the bytes are valid UTF-8 that reads as text. */
function decodeUtf8(bytes: readonly number[]): string | undefined {
  const parts: string[] = []
  let at = 0
  let strange = 0
  while (at < bytes.length) {
    const point = nextPoint(bytes, at)
    if (point === undefined) return undefined
    if (point.value < 32 && point.value !== 9 && point.value !== 10 && point.value !== 13) strange += 1
    parts.push(String.fromCodePoint(point.value))
    at += point.length
  }
  return parts.length === 0 || strange * 10 > parts.length ? undefined : parts.join('')
}

function nextPoint(bytes: readonly number[], at: number): { readonly value: number; readonly length: number } | undefined {
  const first = bytes[at] as number
  if (first < 0x80) return { value: first, length: 1 }
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 && first < 0xf0 ? 3 : first >= 0xc2 && first < 0xe0 ? 2 : 0
  if (length === 0 || at + length > bytes.length) return undefined
  let value = first & (0xff >> (length + 1))
  for (let index = 1; index < length; index += 1) {
    const next = bytes[at + index] as number
    if ((next & 0xc0) !== 0x80) return undefined
    value = (value << 6) | (next & 0x3f)
  }
  return value > 0x10ffff || (value >= 0xd800 && value < 0xe000) ? undefined : { value, length }
}

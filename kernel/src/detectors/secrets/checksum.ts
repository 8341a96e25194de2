const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TABLE = Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

/** GitHub and npm tokens end in the CRC-32 of their random part, as six base-62 digits. */
export function crcTail(token: string): boolean {
  const body = token.slice(token.indexOf('_') + 1)
  return base62(crc32(body.slice(0, -6))) === body.slice(-6)
}

/** The account number that an AWS key id holds in base 32; undefined where it holds none that can be. */
export function awsAccount(key: string): string | undefined {
  let value = 0n
  for (const letter of key.slice(4, 14)) {
    const digit = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter)
    if (digit < 0) return undefined
    value = value * 32n + BigInt(digit)
  }
  // Ten letters are 50 bits: one that tells new ids from old, 40 of the account, 9 of something else.
  const account = (value >> 9n) & 0xff_ffff_ffffn
  // Ids from before 2019 start low and hold none.
  return key.charCodeAt(4) < 'Q'.charCodeAt(0) || account > 999_999_999_999n ? undefined : account.toString().padStart(12, '0')
}

function crc32(text: string): number {
  let value = 0xffffffff
  for (let index = 0; index < text.length; index += 1) value = (value >>> 8) ^ (TABLE[(value ^ text.charCodeAt(index)) & 255] as number)
  return (value ^ 0xffffffff) >>> 0
}

function base62(value: number): string {
  let [rest, digits] = [value, '']
  while (rest > 0) {
    digits = (DIGITS[rest % 62] as string) + digits
    rest = Math.floor(rest / 62)
  }
  return digits.padStart(6, '0')
}

/** Tells from the bytes of JSON whether it may hold characters that people do not see; most text holds none. */

/** Their UTF-8, or an escape, which could spell any of them. */
const MAY_HOLD =
  /\\u|\x7F|\xC2\x9B|\xCD\x8F|\xE1\x85[\x9F\xA0]|\xE2\x80[\x8B\x8C\xAA-\xAE]|\xE2\x81[\xA0-\xA9]|\xE3\x85\xA4|\xEF\xB8[\x80-\x8E]|\xEF\xBE\xA0|\xF3\xA0/

export function mayHoldUnseen(bytes: Buffer): boolean {
  return MAY_HOLD.test(bytes.toString('latin1'))
}

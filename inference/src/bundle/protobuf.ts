/** One field of a protobuf message: a number, or bytes. */
export interface Field {
  readonly number: number
  readonly value: number | undefined
  readonly bytes: Uint8Array | undefined
}

/** The message ends before it should, or is none. */
export class ProtobufError extends Error {}

/** Fields of a message, one by one. Throws a `ProtobufError` on anything that is no message. */
export function* fieldsOf(message: Uint8Array): Generator<Field> {
  let at = 0
  const varint = (): number => {
    let value = 0
    for (let shift = 0; shift < 70; shift += 7) {
      const byte = message[at]
      if (byte === undefined) throw new ProtobufError('it ends in the middle of a number')
      at += 1
      value += (byte & 0x7f) * 2 ** shift
      if (byte < 0x80) return value
    }
    throw new ProtobufError('a number has too many bytes')
  }
  const skip = (length: number): Uint8Array => {
    if (length > message.length - at) throw new ProtobufError('a field reaches beyond the end')
    at += length
    return message.subarray(at - length, at)
  }
  while (at < message.length) {
    const tag = varint()
    const number = Math.floor(tag / 8)
    if (number === 0) throw new ProtobufError('a field has no number')
    switch (tag % 8) {
      case 0:
        yield { number, value: varint(), bytes: undefined }
        break
      case 1:
        yield { number, value: undefined, bytes: skip(8) }
        break
      case 2:
        yield { number, value: undefined, bytes: skip(varint()) }
        break
      case 5:
        yield { number, value: undefined, bytes: skip(4) }
        break
      default:
        throw new ProtobufError('a field is of a kind that does not exist')
    }
  }
}

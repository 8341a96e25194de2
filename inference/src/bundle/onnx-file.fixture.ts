/** Writes small ONNX files, for tests that need a real model or a hostile one. */

export type Bytes = Uint8Array | readonly number[]

export function varint(value: number): readonly number[] {
  return value < 0x80 ? [value] : [(value % 0x80) + 0x80, ...varint(Math.floor(value / 0x80))]
}

/** A field that holds bytes or a message. */
export function field(number: number, content: Bytes | string): Uint8Array {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content)
  return Uint8Array.from([...varint(number * 8 + 2), ...varint(bytes.length), ...bytes])
}

export function numberField(number: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(number * 8), ...varint(value)])
}

export function message(...fields: readonly Bytes[]): Uint8Array {
  return Uint8Array.from(fields.flatMap((part) => [...part]))
}

export interface NodeSpec {
  readonly op: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly domain?: string
  /** Whole AttributeProto messages. */
  readonly attributes?: readonly Uint8Array[]
}

export function node({ op, inputs, outputs, domain, attributes = [] }: NodeSpec): Uint8Array {
  return message(
    ...inputs.map((name) => field(1, name)),
    ...outputs.map((name) => field(2, name)),
    field(4, op),
    ...attributes.map((attribute) => field(5, attribute)),
    ...(domain === undefined ? [] : [field(7, domain)]),
  )
}

/** A list of whole numbers as an attribute. */
export function intsAttribute(name: string, values: readonly number[]): Uint8Array {
  return message(field(1, name), ...values.map((value) => numberField(8, value)), numberField(20, 7))
}

export function intAttribute(name: string, value: number): Uint8Array {
  return message(field(1, name), numberField(3, value), numberField(20, 2))
}

export const FLOAT = 1
export const INT32 = 6
export const INT64 = 7

/** A named tensor; `dims` of an input may be names. */
export function tensorInfo(name: string, type: number, dims: readonly (number | string)[]): Uint8Array {
  const shape = message(...dims.map((dim) => field(1, typeof dim === 'string' ? field(2, dim) : numberField(1, dim))))
  return message(field(1, name), field(2, field(1, message(numberField(1, type), field(2, shape)))))
}

export function floatTensor(name: string, dims: readonly number[], values: readonly number[]): Uint8Array {
  return message(
    ...dims.map((dim) => numberField(1, dim)),
    numberField(2, FLOAT),
    field(8, name),
    field(9, new Uint8Array(Float32Array.from(values).buffer)),
  )
}

export function int64Tensor(name: string, dims: readonly number[], values: readonly number[]): Uint8Array {
  const raw = new Uint8Array(BigInt64Array.from(values, BigInt).buffer)
  return message(...dims.map((dim) => numberField(1, dim)), numberField(2, INT64), field(8, name), field(9, raw))
}

export interface GraphSpec {
  readonly nodes: readonly Uint8Array[]
  readonly tensors?: readonly Uint8Array[]
  readonly inputs?: readonly Uint8Array[]
  readonly outputs?: readonly Uint8Array[]
}

export function graph({ nodes, tensors = [], inputs = [], outputs = [] }: GraphSpec): Uint8Array {
  return message(
    ...nodes.map((part) => field(1, part)),
    field(2, 'g'),
    ...tensors.map((part) => field(5, part)),
    ...inputs.map((part) => field(11, part)),
    ...outputs.map((part) => field(12, part)),
  )
}

/** A whole file; `more` are further fields of the model. */
export function modelFile(content: Uint8Array, more: readonly Uint8Array[] = [], ir = 8): Uint8Array {
  return message(numberField(1, ir), field(7, content), field(8, message(field(1, ''), numberField(2, 13))), ...more)
}

/** Writes a tiny llama model: it looks at all words alike, and leans to `no` the more often one word stands among them. */
import { writeFileSync } from 'node:fs'

const WIDTH = 32
const [UINT32, INT32, FLOAT32, STRING, ARRAY] = [4, 5, 6, 8, 9]
/** Words beside the 256 bytes, with every beginning of theirs that they are put together from; a space before a word is `▁`. */
const PIECES = [
  ...'▁yesnovil',
  ...['▁yes', '▁no', '▁evil'].flatMap((word) => Array.from({ length: word.length - 1 }, (_, index) => word.slice(0, index + 2))),
]

class Writer {
  readonly #parts: Buffer[] = []
  length = 0

  bytes(part: Buffer): this {
    this.#parts.push(part)
    this.length += part.length
    return this
  }

  u32(value: number): this {
    const part = Buffer.alloc(4)
    part.writeUInt32LE(value)
    return this.bytes(part)
  }

  u64(value: number): this {
    const part = Buffer.alloc(8)
    part.writeBigUInt64LE(BigInt(value))
    return this.bytes(part)
  }

  f32(value: number): this {
    const part = Buffer.alloc(4)
    part.writeFloatLE(value)
    return this.bytes(part)
  }

  text(value: string): this {
    const part = Buffer.from(value)
    return this.u64(part.length).bytes(part)
  }

  pad(to: number): this {
    return this.bytes(Buffer.alloc((to - (this.length % to)) % to))
  }

  done(): Buffer {
    return Buffer.concat(this.#parts)
  }
}

interface Tensor {
  readonly name: string
  readonly dims: readonly number[]
  readonly values: Float32Array
}

export function writeTinyModel(path: string): void {
  const tokens = [
    '<unk>',
    '<s>',
    '</s>',
    ...Array.from({ length: 256 }, (_, byte) => `<0x${byte.toString(16).toUpperCase().padStart(2, '0')}>`),
    ...PIECES,
  ]
  const kinds = tokens.map((_, index) => (index === 0 ? 2 : index < 3 ? 3 : index < 259 ? 6 : 1))
  const tensors = tensorsOf(tokens)
  const writer = new Writer()
    .bytes(Buffer.from('GGUF'))
    .u32(3)
    .u64(tensors.length)
    .u64(KEYS.length + 7)
  for (const [key, value] of KEYS) writer.text(key).u32(UINT32).u32(value)
  writer.text('general.architecture').u32(STRING).text('llama')
  writer.text('llama.attention.layer_norm_rms_epsilon').u32(FLOAT32).f32(1e-5)
  writer.text('tokenizer.ggml.model').u32(STRING).text('llama')
  writer.text('tokenizer.ggml.tokens').u32(ARRAY).u32(STRING).u64(tokens.length)
  for (const token of tokens) writer.text(token)
  writer.text('tokenizer.ggml.scores').u32(ARRAY).u32(FLOAT32).u64(tokens.length)
  for (const [index] of tokens.entries()) writer.f32(index < 259 ? -100 : -1)
  writer.text('tokenizer.ggml.token_type').u32(ARRAY).u32(INT32).u64(tokens.length)
  for (const kind of kinds) writer.u32(kind)
  writer.text('general.name').u32(STRING).text('tiny')
  let offset = 0
  for (const { name, dims, values } of tensors) {
    writer.text(name).u32(dims.length)
    for (const dim of dims) writer.u64(dim)
    writer.u32(0).u64(offset)
    offset += Math.ceil(values.byteLength / 32) * 32
  }
  writer.pad(32)
  for (const { values } of tensors) writer.bytes(Buffer.from(values.buffer)).pad(32)
  writeFileSync(path, writer.done())
}

const KEYS: readonly (readonly [string, number])[] = [
  ['llama.context_length', 4096],
  ['llama.embedding_length', WIDTH],
  ['llama.block_count', 1],
  ['llama.feed_forward_length', WIDTH],
  ['llama.attention.head_count', 1],
  ['llama.rope.dimension_count', WIDTH],
  ['tokenizer.ggml.bos_token_id', 1],
  ['tokenizer.ggml.eos_token_id', 2],
  ['tokenizer.ggml.unknown_token_id', 0],
  ['general.alignment', 32],
]

/** Queries and keys are nothing, so attention is the mean of what all words say: how many of them are evil. */
function tensorsOf(tokens: readonly string[]): readonly Tensor[] {
  const embedding = new Float32Array(tokens.length * WIDTH)
  const output = new Float32Array(tokens.length * WIDTH)
  for (const [index, token] of tokens.entries()) {
    embedding[index * WIDTH] = 1
    if (token === '▁evil') embedding[index * WIDTH + 1] = 40
    if (token === '▁yes') output[index * WIDTH] = 2
    if (token === '▁no') output[index * WIDTH + 1] = 2
  }
  const square = (scale: number) => Float32Array.from({ length: WIDTH * WIDTH }, (_, at) => (at % (WIDTH + 1) === 0 ? scale : 0))
  const matrix = (name: string, values: Float32Array): Tensor => ({ name, dims: [WIDTH, WIDTH], values })
  const ones = (name: string): Tensor => ({ name, dims: [WIDTH], values: new Float32Array(WIDTH).fill(1) })
  return [
    { name: 'token_embd.weight', dims: [WIDTH, tokens.length], values: embedding },
    ones('blk.0.attn_norm.weight'),
    matrix('blk.0.attn_q.weight', square(0)),
    matrix('blk.0.attn_k.weight', square(0)),
    matrix('blk.0.attn_v.weight', square(1)),
    matrix('blk.0.attn_output.weight', square(40)),
    ones('blk.0.ffn_norm.weight'),
    matrix('blk.0.ffn_gate.weight', square(0)),
    matrix('blk.0.ffn_up.weight', square(0)),
    matrix('blk.0.ffn_down.weight', square(0)),
    ones('output_norm.weight'),
    { name: 'output.weight', dims: [WIDTH, tokens.length], values: output },
  ]
}

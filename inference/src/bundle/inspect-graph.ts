import { type Field, fieldsOf, ProtobufError } from './protobuf.ts'

/** What a graph may compute: arithmetic on tensors it brings with it. Nothing that loops, branches, reads or writes files, or draws lots. */
const OPERATORS: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  [
    '',
    new Set(
      (
        'Abs Add And ArgMax AveragePool BatchNormalization Cast Clip Concat Constant ConstantOfShape Conv CumSum DequantizeLinear Div DynamicQuantizeLinear ' +
        'Equal Erf Exp Expand Flatten Floor Gather GatherElements Gelu Gemm GlobalAveragePool GlobalMaxPool Greater GreaterOrEqual HardSigmoid Identity ' +
        'InstanceNormalization LayerNormalization LeakyRelu Less LessOrEqual Log LogSoftmax MatMul MatMulInteger Max MaxPool Mean Min Mod Mul Neg Not Or Pad Pow ' +
        'QuantizeLinear QLinearConv QLinearMatMul Range Reciprocal ReduceL2 ReduceLogSumExp ReduceMax ReduceMean ReduceMin ReduceSum Relu Reshape ScatterND Selu Shape Sigmoid Sign ' +
        'Slice Softmax Softplus Split Sqrt Squeeze Sub Sum Tanh Tile TopK Transpose Trilu Unsqueeze Where Xor ConvInteger SimplifiedLayerNormalization'
      ).split(' '),
    ),
  ],
  [
    'com.microsoft',
    new Set(
      (
        'Attention BiasGelu DynamicQuantizeMatMul EmbedLayerNormalization FastGelu FusedMatMul Gelu MatMulNBits MultiHeadAttention QAttention ' +
        'QEmbedLayerNormalization SkipLayerNormalization SkipSimplifiedLayerNormalization RotaryEmbedding'
      ).split(' '),
    ),
  ],
])
const MOST_NODES = 20_000
const MOST_TENSORS = 20_000
const MOST_ELEMENTS = 500_000_000
const MOST_DIMENSIONS = 8
const NEWEST_IR = 12
const MOST_NAME = 256

/** Why a graph is not run: a clause without subject, such as `uses the operator Loop, which no model may`. */
export type GraphObjection = string | undefined

/**
 * Reads an ONNX file without running it, and says what speaks against running it. Total: hostile bytes give an objection.
 * Data kept outside the file, subgraphs, functions, training steps and unknown operators are all objections.
 */
export function objectionToGraph(file: Uint8Array): GraphObjection {
  try {
    return new GraphInspection().model(file)
  } catch (error) {
    if (error instanceof ProtobufError) return `is no ONNX file (${error.message})`
    throw error
  }
}

class GraphInspection {
  #nodes = 0
  #tensors = 0

  model(file: Uint8Array): GraphObjection {
    let graphs = 0
    let versions = 0
    for (const field of fieldsOf(file)) {
      const objection = this.#modelField(field)
      if (objection !== undefined) return objection
      if (field.number === 7) graphs += 1
      if (field.number === 1) versions += 1
    }
    return graphs === 1 && versions === 1 ? undefined : `holds ${graphs} graphs and ${versions} format versions instead of one each`
  }

  #modelField({ number, value, bytes }: Field): GraphObjection {
    switch (number) {
      case 1:
        return value === undefined || value < 3 || value > NEWEST_IR ? `is of a format version this agent does not know` : undefined
      case 7:
        return bytes === undefined ? 'has no graph where the graph belongs' : this.#graph(bytes)
      case 8:
        return bytes === undefined ? 'has no operator set' : operatorSet(bytes)
      case 20:
        return 'holds training steps'
      case 25:
        return 'defines functions of its own'
      default:
        return undefined
    }
  }

  #graph(graph: Uint8Array): GraphObjection {
    for (const { number, bytes } of fieldsOf(graph)) {
      if (bytes === undefined) continue
      const objection =
        number === 1 ? this.#node(bytes) : number === 5 ? this.#tensor(bytes) : number === 15 ? 'holds sparse tensors' : undefined
      if (objection !== undefined) return objection
    }
    return this.#nodes === 0 ? 'computes nothing' : undefined
  }

  #node(node: Uint8Array): GraphObjection {
    this.#nodes += 1
    if (this.#nodes > MOST_NODES) return `has more than ${MOST_NODES} nodes`
    let operator = ''
    let domain = ''
    for (const { number, bytes } of fieldsOf(node)) {
      if (bytes === undefined) continue
      if (number === 4) operator = nameOf(bytes)
      if (number === 7) domain = nameOf(bytes)
      const objection = number === 5 ? this.#attribute(bytes) : undefined
      if (objection !== undefined) return objection
    }
    const known = OPERATORS.get(domain === 'ai.onnx' ? '' : domain)
    if (known === undefined) return `uses operators of the domain ${shown(domain)}, which no model may`
    return known.has(operator) ? undefined : `uses the operator ${shown(operator)}, which no model may`
  }

  #attribute(attribute: Uint8Array): GraphObjection {
    for (const { number, bytes } of fieldsOf(attribute)) {
      if (number === 6 || number === 11) return 'holds a graph within the graph'
      if (number === 22 || number === 23) return 'holds sparse tensors'
      if (bytes !== undefined && (number === 5 || number === 10)) {
        const objection = this.#tensor(bytes)
        if (objection !== undefined) return objection
      }
    }
    return undefined
  }

  #tensor(tensor: Uint8Array): GraphObjection {
    this.#tensors += 1
    if (this.#tensors > MOST_TENSORS) return `has more than ${MOST_TENSORS} tensors`
    let elements = 1
    let dimensions = 0
    for (const { number, value, bytes } of fieldsOf(tensor)) {
      if (number === 13 || (number === 14 && value !== 0)) return 'keeps data outside its file'
      if (number !== 1) continue
      for (const size of bytes === undefined ? [value ?? 0] : packed(bytes)) {
        dimensions += 1
        elements *= Math.max(size, 1)
      }
    }
    if (dimensions > MOST_DIMENSIONS) return `has a tensor of more than ${MOST_DIMENSIONS} dimensions`
    return elements > MOST_ELEMENTS ? `has a tensor of more than ${MOST_ELEMENTS} numbers` : undefined
  }
}

function operatorSet(bytes: Uint8Array): GraphObjection {
  for (const { number, bytes: domain } of fieldsOf(bytes)) {
    if (number !== 1 || domain === undefined) continue
    const name = nameOf(domain)
    if (!OPERATORS.has(name === 'ai.onnx' ? '' : name)) return `wants operators of the domain ${shown(name)}, which no model may`
  }
  return undefined
}

function* packed(bytes: Uint8Array): Generator<number> {
  let value = 0
  let shift = 0
  for (const byte of bytes) {
    value += (byte & 0x7f) * 2 ** shift
    shift += 7
    if (byte >= 0x80) continue
    yield value
    value = 0
    shift = 0
  }
}

function nameOf(bytes: Uint8Array): string {
  if (bytes.length > MOST_NAME) throw new ProtobufError('a name is too long')
  return new TextDecoder().decode(bytes)
}

function shown(name: string): string {
  return JSON.stringify(name.slice(0, 60))
}

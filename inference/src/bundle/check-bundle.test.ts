import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkModelFiles, type ModelRefusalCode } from './check-bundle.ts'
import { objectionToGraph } from './inspect-graph.ts'
import { bytesOf, CARD, goldenLines, highestWordGraph, modelBundle } from './model-bundle.fixture.ts'
import { field, FLOAT, floatTensor, graph, message, modelFile, node, numberField } from './onnx-file.fixture.ts'

const plain = node({ op: 'Relu', inputs: ['a'], outputs: ['b'] })
const withNode = (part: Uint8Array) => modelFile(highestWordGraph({ nodes: [part] }))
const withTensor = (part: Uint8Array) => modelFile(highestWordGraph({ tensors: [part] }))
const subgraph = message(field(1, 'body'), field(6, graph({ nodes: [plain] })), numberField(20, 5))
const tensorAttribute = (tensor: Uint8Array) => message(field(1, 'value'), field(5, tensor), numberField(20, 4))
const external = message(
  numberField(1, 4),
  numberField(2, FLOAT),
  field(8, 'w'),
  field(13, message(field(1, 'location'), field(2, '../../etc/passwd'))),
)
const farAway = message(numberField(1, 4), numberField(2, FLOAT), field(8, 'w'), numberField(14, 1))
const huge = message(numberField(1, 4_000_000), numberField(1, 4_000_000), numberField(2, FLOAT), field(8, 'w'))
const card = (from: string, to: string) => ({ 'card.yaml': bytesOf(CARD.replace(from, to)) })
const model = (file: Uint8Array) => ({ 'model.onnx': file })

/** What is wrong, the change that makes it so, the refusal, and a word of its reason. */
const HOSTILE: readonly (readonly [string, Readonly<Record<string, Uint8Array | undefined>>, ModelRefusalCode, string])[] = [
  ['no card', { 'card.yaml': undefined }, 'missing-file', 'card.yaml'],
  ['no model', { 'model.onnx': undefined }, 'missing-file', 'model.onnx'],
  ['no golden vectors', { 'golden.jsonl': undefined }, 'missing-file', 'golden.jsonl'],
  ['no vocabulary', { 'vocabulary.json': undefined }, 'missing-file', 'vocabulary.json'],
  ['a library beside the model', { 'custom_ops.so': bytesOf('\u007fELF') }, 'extra-file', 'custom_ops.so'],
  ['a path that climbs', { '../agent.yaml': bytesOf('x') }, 'extra-file', '../agent.yaml'],
  ['weights in a file of their own', { 'model.onnx_data': bytesOf('x') }, 'extra-file', 'model.onnx_data'],
  ['a card that is no YAML', { 'card.yaml': bytesOf('{{{') }, 'invalid-card', 'YAML'],
  ['a card that is not text', { 'card.yaml': Uint8Array.from([0xff, 0xfe, 0x00]) }, 'invalid-card', 'YAML'],
  ['a card that is a bomb of aliases', { 'card.yaml': bytesOf(`a: &a [x]\nb: [${'*a, '.repeat(100)}*a]`) }, 'invalid-card', 'card'],
  ['a card too large', { 'card.yaml': new Uint8Array(300_000) }, 'too-large', 'card'],
  ['a card that does not say what the model is not for', card('notFor: [anything else]', 'notFor: []'), 'invalid-card', 'notFor'],
  ['a card with a key nobody knows', card('version: 1', 'version: 1\npreload: lib.so'), 'invalid-card', 'preload'],
  ['a card without thresholds for texts of no stated kind', card('unknown:', 'prompt:'), 'invalid-card', 'channels'],
  ['a card with a slope that turns scores around', card('slope: 2', 'slope: -2'), 'invalid-card', 'slope'],
  ['a card that asks for any deviation', card('tolerance: 0.01', 'tolerance: 1000'), 'invalid-card', 'tolerance'],
  ['a card that reads in a way nobody knows', card('reads: words-1', 'reads: pickle'), 'invalid-card', 'reads'],
  ['a name that is a path', card('name: highest-word', 'name: ../x'), 'invalid-card', 'name'],
  ['a model that is no ONNX file', model(bytesOf('PK\u0003\u0004 a zip')), 'invalid-graph', 'no ONNX file'],
  ['a model cut short', model(modelFile(highestWordGraph()).slice(0, 100)), 'invalid-graph', 'no ONNX file'],
  ['an empty model', model(new Uint8Array()), 'invalid-graph', '0 graphs'],
  ['two graphs', model(modelFile(highestWordGraph(), [field(7, highestWordGraph())])), 'invalid-graph', '2 graphs'],
  ['a graph of nothing', model(modelFile(graph({ nodes: [] }))), 'invalid-graph', 'computes nothing'],
  ['a format from the future', model(modelFile(highestWordGraph(), [], 99)), 'invalid-graph', 'format version'],
  ['a loop', model(withNode(node({ op: 'Loop', inputs: ['a'], outputs: ['b'] }))), 'invalid-graph', 'Loop'],
  ['a branch', model(withNode(node({ op: 'If', inputs: ['a'], outputs: ['b'] }))), 'invalid-graph', 'If'],
  ['a draw of lots', model(withNode(node({ op: 'RandomNormal', inputs: [], outputs: ['b'] }))), 'invalid-graph', 'RandomNormal'],
  ['a custom operator', model(withNode(node({ op: 'Run', inputs: ['a'], outputs: ['b'], domain: 'evil' }))), 'invalid-graph', 'evil'],
  [
    'a Python operator',
    model(withNode(node({ op: 'PyOp', inputs: ['a'], outputs: ['b'], domain: 'ai.onnx.contrib' }))),
    'invalid-graph',
    'ai.onnx.contrib',
  ],
  [
    'an operator set nobody knows',
    model(modelFile(highestWordGraph(), [field(8, message(field(1, 'evil'), numberField(2, 1)))])),
    'invalid-graph',
    'evil',
  ],
  [
    'a graph within the graph',
    model(withNode(node({ op: 'Relu', inputs: ['a'], outputs: ['b'], attributes: [subgraph] }))),
    'invalid-graph',
    'graph within',
  ],
  ['data outside the file', model(withTensor(external)), 'invalid-graph', 'outside its file'],
  ['data said to lie elsewhere', model(withTensor(farAway)), 'invalid-graph', 'outside its file'],
  [
    'outside data in an attribute',
    model(withNode(node({ op: 'Constant', inputs: [], outputs: ['b'], attributes: [tensorAttribute(external)] }))),
    'invalid-graph',
    'outside its file',
  ],
  ['a tensor without end', model(withTensor(huge)), 'invalid-graph', 'numbers'],
  [
    'a tensor of many dimensions',
    model(
      withTensor(
        floatTensor(
          'w',
          Array.from({ length: 12 }, () => 1),
          [1],
        ),
      ),
    ),
    'invalid-graph',
    'dimensions',
  ],
  ['functions of its own', model(modelFile(highestWordGraph(), [field(25, message(field(1, 'f')))])), 'invalid-graph', 'functions'],
  ['training steps', model(modelFile(highestWordGraph(), [field(20, message(field(1, highestWordGraph())))])), 'invalid-graph', 'training'],
  ['sparse tensors', model(modelFile(message(...[highestWordGraph()], field(15, message(numberField(1, 1)))))), 'invalid-graph', 'sparse'],
  ['a name without end', model(withNode(node({ op: 'R'.repeat(5000), inputs: ['a'], outputs: ['b'] }))), 'invalid-graph', 'too long'],
  ['a vocabulary that is no list', { 'vocabulary.json': bytesOf('{"a": 1}') }, 'invalid-vocabulary', 'vocabulary'],
  ['a vocabulary of numbers', { 'vocabulary.json': bytesOf('[1, 2]') }, 'invalid-vocabulary', 'vocabulary'],
  ['a vocabulary too large', { 'vocabulary.json': new Uint8Array(17 * 1024 * 1024) }, 'too-large', 'vocabulary'],
  [
    'too few golden vectors',
    { 'golden.jsonl': bytesOf(goldenLines().split('\n').slice(0, 2).join('\n')) },
    'invalid-golden',
    '2 golden vectors',
  ],
  [
    'golden vectors of another model',
    { 'golden.jsonl': bytesOf(goldenLines().replaceAll('"logits":[', '"logits":[0,')) },
    'invalid-golden',
    '1 logits',
  ],
  ['golden vectors that are no JSON', { 'golden.jsonl': bytesOf('a\nb\nc\n') }, 'invalid-golden', 'read'],
]

describe('a model bundle', () => {
  it('is taken when nothing speaks against it', () => {
    expect(checkModelFiles(modelBundle())).toMatchObject({ ok: true, card: { name: 'highest-word', version: 1 } })
  })

  it.each(HOSTILE)('with %s is refused', (_what, changes, code, word) => {
    const refusal = checkModelFiles(modelBundle(changes))
    expect(refusal).toMatchObject({ ok: false, code })
    if (refusal.ok) return
    expect(refusal.detail).toContain(word)
    expect(refusal.detail).toContain('stay in use')
  })

  it('is refused, never a crash, whatever bytes its model has', () => {
    const whole = modelFile(highestWordGraph())
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void objectionToGraph(bytes)),
      { numRuns: 2000 },
    )
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), fc.nat({ max: 255 }), (at, byte) => void objectionToGraph(whole.with(at, byte))),
      { numRuns: 2000 },
    )
  })
})

/** A small real model that reads words: its one logit is the row of the highest word in sight, less an offset. */
import { Vocabulary } from '../text/vocabulary.ts'
import { wordsOf } from '../text/words.ts'
import type { ModelFiles } from './check-bundle.ts'
import {
  FLOAT,
  graph,
  type GraphSpec,
  INT32,
  int64Tensor,
  intAttribute,
  intsAttribute,
  modelFile,
  node,
  tensorInfo,
  floatTensor,
} from './onnx-file.fixture.ts'

/** Rows 1, 2, 3… in this order. */
export const WORDS = ['calm', 'bright', 'green', 'danger', 'poison']
const OFFSET = 3.5

export const INPUTS = [
  tensorInfo('rows', INT32, ['n', 't']),
  tensorInfo('pieces', INT32, ['n', 't', 12]),
  tensorInfo('channel', INT32, ['n']),
]
export const OUTPUTS = [tensorInfo('scores', FLOAT, ['n', 1]), tensorInfo('words', FLOAT, ['n', 1, 't'])]

/** `calm` gives -2.5, `poison` 1.5; an unknown word -3.5. */
export function highestWordGraph(extra: Partial<GraphSpec> = {}): Uint8Array {
  return graph({
    nodes: [
      node({ op: 'Cast', inputs: ['rows'], outputs: ['numbers'], attributes: [intAttribute('to', FLOAT)] }),
      node({ op: 'Sub', inputs: ['numbers', 'offset'], outputs: ['logits'] }),
      node({ op: 'Unsqueeze', inputs: ['logits', 'axis'], outputs: ['words'] }),
      node({
        op: 'ReduceMax',
        inputs: ['words'],
        outputs: ['scores'],
        attributes: [intsAttribute('axes', [2]), intAttribute('keepdims', 0)],
      }),
      ...(extra.nodes ?? []),
    ],
    tensors: [floatTensor('offset', [], [OFFSET]), axis(), ...(extra.tensors ?? [])],
    inputs: INPUTS,
    outputs: OUTPUTS,
  })
}

/** Gives something that is no number once `poison` is in sight: the root of less than nothing. */
export function notANumberGraph(): Uint8Array {
  return graph({
    nodes: [
      node({ op: 'Cast', inputs: ['rows'], outputs: ['numbers'], attributes: [intAttribute('to', FLOAT)] }),
      node({ op: 'Sub', inputs: ['four', 'numbers'], outputs: ['left'] }),
      node({ op: 'Sqrt', inputs: ['left'], outputs: ['logits'] }),
      node({ op: 'Unsqueeze', inputs: ['logits', 'axis'], outputs: ['words'] }),
      node({ op: 'ReduceSum', inputs: ['words', 'last'], outputs: ['scores'], attributes: [intAttribute('keepdims', 0)] }),
    ],
    tensors: [floatTensor('four', [], [4]), axis(), int64('last', [2])],
    inputs: INPUTS,
    outputs: OUTPUTS,
  })
}

function axis(): Uint8Array {
  return int64('axis', [1])
}

export function int64(name: string, values: readonly number[]): Uint8Array {
  return int64Tensor(name, [values.length], values)
}

export const CARD = `name: highest-word
version: 1
reads: words-1
purpose: For tests of what runs models.
notFor: [anything else]
licence: Apache-2.0
trainedOn: [{ source: nothing, licence: none }]
metrics: [{ set: none }]
heads: [override]
channels:
  unknown: { override: { slope: 2, bias: 0 } }
  tool_result: { override: { slope: 2, bias: -1 } }
limits: { words: 4096 }
golden: { tolerance: 0.01 }
`

/** Golden vectors as the graph computes them. */
export function goldenLines(logit: (row: number) => number = (row) => row - OFFSET): string {
  const vocabulary = new Vocabulary(WORDS)
  const line = (text: string) => {
    const words = wordsOf(text, 100).map((word) => word.text)
    return JSON.stringify({ text, words, logits: [logit(Math.max(...words.map((word) => vocabulary.numbers(word).row)))] })
  }
  return `${['a calm day', 'Bright and GREEN', 'nothing known'].map(line).join('\n')}\n`
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

export function modelBundle(changes: Readonly<Record<string, Uint8Array | undefined>> = {}): ModelFiles {
  const files: Record<string, Uint8Array | undefined> = {
    'model.onnx': modelFile(highestWordGraph()),
    'vocabulary.json': bytesOf(JSON.stringify(WORDS)),
    'card.yaml': bytesOf(CARD),
    'golden.jsonl': bytesOf(goldenLines()),
    ...changes,
  }
  return new Map(Object.entries(files).flatMap(([path, bytes]) => (bytes === undefined ? [] : [[path, bytes] as const])))
}

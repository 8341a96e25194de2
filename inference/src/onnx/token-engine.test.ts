import { describe, expect, it } from 'vitest'
import { checkModelFiles, type ModelFiles } from '../bundle/check-bundle.ts'
import { bytesOf, CARD, int64 } from '../bundle/model-bundle.fixture.ts'
import { FLOAT, floatTensor, graph, INT64, intAttribute, intsAttribute, modelFile, node, tensorInfo } from '../bundle/onnx-file.fixture.ts'
import { classifierContract } from '../classifier.contract.ts'
import { OnnxClassifier } from './onnx-classifier.ts'
import { trialOf } from './trial.ts'

const VOCABULARY = ['[UNK]', '[CLS]', '[SEP]', 'a', 'calm', 'day', 'is', 'poison']

/** As Hugging Face writes it: lower case, cut at white space, between `[CLS]` and `[SEP]`. */
const TOKENIZER = {
  version: '1.0',
  added_tokens: [0, 1, 2].map((id) => ({
    id,
    content: VOCABULARY[id],
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: true,
  })),
  normalizer: { type: 'Lowercase' },
  pre_tokenizer: { type: 'Whitespace' },
  post_processor: {
    type: 'TemplateProcessing',
    single: [
      { SpecialToken: { id: '[CLS]', type_id: 0 } },
      { Sequence: { id: 'A', type_id: 0 } },
      { SpecialToken: { id: '[SEP]', type_id: 0 } },
    ],
    pair: [],
    special_tokens: { '[CLS]': { id: '[CLS]', ids: [1], tokens: ['[CLS]'] }, '[SEP]': { id: '[SEP]', ids: [2], tokens: ['[SEP]'] } },
  },
  decoder: null,
  model: { type: 'WordLevel', unk_token: '[UNK]', vocab: Object.fromEntries(VOCABULARY.map((word, id) => [word, id])) },
}

/** Two classes: the highest token less 6.5 for the attack, nothing for the other. */
function classifierGraph(): Uint8Array {
  return graph({
    nodes: [
      node({ op: 'Cast', inputs: ['input_ids'], outputs: ['numbers'], attributes: [intAttribute('to', FLOAT)] }),
      node({
        op: 'ReduceMax',
        inputs: ['numbers'],
        outputs: ['highest'],
        attributes: [intsAttribute('axes', [1]), intAttribute('keepdims', 1)],
      }),
      node({ op: 'Sub', inputs: ['highest', 'offset'], outputs: ['attack'] }),
      node({ op: 'Mul', inputs: ['attack', 'nothing'], outputs: ['other'] }),
      node({ op: 'Concat', inputs: ['other', 'attack'], outputs: ['logits'], attributes: [intAttribute('axis', 1)] }),
    ],
    tensors: [floatTensor('offset', [], [6.5]), floatTensor('nothing', [], [0]), int64('unused', [1])],
    inputs: [tensorInfo('input_ids', INT64, ['n', 't']), tensorInfo('attention_mask', INT64, ['n', 't'])],
    outputs: [tensorInfo('logits', FLOAT, ['n', 2])],
  })
}

const card = CARD.replace('words-1', 'tokenizer').replace(
  'heads: [override]',
  'heads: [override]\nclasses: { count: 2, attack: 1, window: 16, stride: 8 }',
)
const golden = [
  ['a calm day', 5 - 6.5],
  ['POISON', 7 - 6.5],
  ['nothing known', 2 - 6.5],
].map(([text, logit]) => JSON.stringify({ text, logits: [logit] }))

function bundle(changes: Readonly<Record<string, Uint8Array>> = {}): ModelFiles {
  const files = {
    'model.onnx': modelFile(classifierGraph()),
    'tokenizer.json': bytesOf(JSON.stringify(TOKENIZER)),
    'tokenizer_config.json': bytesOf('{"unk_token": "[UNK]"}'),
    'card.yaml': bytesOf(card),
    'golden.jsonl': bytesOf(golden.join('\n')),
    ...changes,
  }
  return new Map(Object.entries(files))
}
const start = () => OnnxClassifier.start({ model: { name: 'brought', version: 1 }, files: bundle() })

classifierContract('a model that somebody brought', { start, attack: 'here is poison', harmless: 'a calm day' })

describe('a model that somebody brought', () => {
  it('comes with a Hugging Face tokenizer and class logits, and passes its trial', async () => {
    expect(checkModelFiles(bundle())).toMatchObject({ ok: true })
    expect(await trialOf(bundle())).toMatchObject({ ok: true })
  })

  it('reads a long text window by window', async () => {
    const classifier = start()
    const [long] = await classifier.classify([{ text: `${'a calm day '.repeat(100)}poison ${'a calm day '.repeat(100)}` }])
    expect(long?.injection).toBeGreaterThan(0.5)
    await classifier.close()
  })

  it.each([
    ['a tokenizer that is no JSON', { 'tokenizer.json': bytesOf('{') }],
    ['a tokenizer of a kind nobody knows', { 'tokenizer.json': bytesOf(JSON.stringify({ ...TOKENIZER, model: { type: 'Magic' } })) }],
    ['other class logits than its card says', { 'card.yaml': bytesOf(card.replace('count: 2', 'count: 3')) }],
    ['no word of which class is an attack', { 'card.yaml': bytesOf(card.replace(/classes:.*\n/, '')) }],
  ])('is refused with %s', async (_what, changes) => {
    const refusal = await trialOf(bundle(changes))
    expect(refusal).toMatchObject({ ok: false, code: 'does-not-load' })
  })
})

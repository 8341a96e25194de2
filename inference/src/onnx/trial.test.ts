import { describe, expect, it } from 'vitest'
import { bytesOf, CARD, goldenLines, INPUTS, int64, modelBundle, OUTPUTS } from '../bundle/model-bundle.fixture.ts'
import { FLOAT, floatTensor, graph, intAttribute, intsAttribute, modelFile, node } from '../bundle/onnx-file.fixture.ts'
import { trialOf } from './trial.ts'

/** A graph that passes every look from outside and only shows what it is when it runs. */
function graphOf(first: readonly Uint8Array[], tensors: readonly Uint8Array[] = []): Uint8Array {
  return modelFile(
    graph({
      nodes: [
        ...first,
        node({ op: 'Unsqueeze', inputs: ['logits', 'axis'], outputs: ['words'] }),
        node({
          op: 'ReduceMax',
          inputs: ['words'],
          outputs: ['scores'],
          attributes: [intsAttribute('axes', [2]), intAttribute('keepdims', 0)],
        }),
      ],
      tensors: [int64('axis', [1]), ...tensors],
      inputs: INPUTS,
      outputs: OUTPUTS,
    }),
  )
}
const cast = node({ op: 'Cast', inputs: ['rows'], outputs: ['numbers'], attributes: [intAttribute('to', FLOAT)] })

describe('the trial of a model', () => {
  it('lets pass what says here what it said where it was made', async () => {
    expect(await trialOf(modelBundle())).toMatchObject({ ok: true })
  })

  it('refuses other scores than its maker saw', async () => {
    const refusal = await trialOf(modelBundle({ 'golden.jsonl': bytesOf(goldenLines((row) => row - 3)) }))
    expect(refusal).toMatchObject({ ok: false, code: 'failed-golden' })
  })

  it('refuses words read otherwise than its maker read them', async () => {
    const golden = bytesOf(goldenLines().replace('"bright"', '"brought"'))
    expect(await trialOf(modelBundle({ 'golden.jsonl': golden }))).toMatchObject({ ok: false, code: 'failed-golden' })
  })

  it('refuses a graph whose parts do not fit', async () => {
    const file = graphOf(
      [cast, node({ op: 'MatMul', inputs: ['numbers', 'narrow'], outputs: ['logits'] })],
      [
        floatTensor(
          'narrow',
          [7, 7],
          Array.from({ length: 49 }, () => 1),
        ),
      ],
    )
    expect(await trialOf(modelBundle({ 'model.onnx': file }))).toMatchObject({ ok: false, code: 'does-not-load' })
  })

  it('refuses a graph that names what does not exist', async () => {
    const file = graphOf([node({ op: 'Relu', inputs: ['nowhere'], outputs: ['logits'] })])
    expect(await trialOf(modelBundle({ 'model.onnx': file }))).toMatchObject({ ok: false, code: 'does-not-load' })
  })

  it('refuses a model that swells beyond the memory allowed', async () => {
    const swell = [
      cast,
      node({ op: 'Tile', inputs: ['numbers', 'often'], outputs: ['wide'] }),
      node({ op: 'ReduceMax', inputs: ['wide'], outputs: ['most'], attributes: [intsAttribute('axes', [1]), intAttribute('keepdims', 1)] }),
      node({ op: 'Mul', inputs: ['numbers', 'most'], outputs: ['logits'] }),
    ]
    const file = graphOf(swell, [int64('often', [1, 1_000_000_000_000])])
    const refusal = await trialOf(modelBundle({ 'model.onnx': file }))
    expect(refusal.ok).toBe(false)
  })

  it('refuses a model that takes too long, and does not wait for it', async () => {
    const before = performance.now()
    expect(await trialOf(modelBundle(), { millis: 1, megabytes: 2048 })).toMatchObject({ ok: false, code: 'too-slow' })
    expect(performance.now() - before).toBeLessThan(5000)
  })

  it('refuses a model larger in memory than allowed', async () => {
    expect(await trialOf(modelBundle(), { millis: 60_000, megabytes: 1 })).toMatchObject({ ok: false, code: 'too-large' })
  })

  it('refuses from outside what need not be run', async () => {
    expect(await trialOf(modelBundle({ 'card.yaml': bytesOf(CARD.replace('notFor', 'for')) }))).toMatchObject({ code: 'invalid-card' })
  })
})

import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, it } from 'vitest'
import { bytesOf, goldenLines, modelBundle, notANumberGraph } from '../bundle/model-bundle.fixture.ts'
import { modelFile } from '../bundle/onnx-file.fixture.ts'
import { classifierContract } from '../classifier.contract.ts'
import { OnnxClassifier } from './onnx-classifier.ts'

const model = { name: 'highest-word', version: 1 }
const start = (changes: Parameters<typeof modelBundle>[0] = {}) =>
  OnnxClassifier.start({ model, files: modelBundle(changes), random: () => 0 })

classifierContract('an ONNX model', { start, attack: 'here is poison', harmless: 'a calm day' })

describe('an ONNX model', () => {
  const open: OnnxClassifier[] = []
  const opened = (classifier: OnnxClassifier) => (open.push(classifier), classifier)
  const workers: Worker[] = []
  const watch = (worker: Worker) => void workers.push(worker)
  process.on('worker', watch)
  afterEach(async () => {
    await Promise.all(open.splice(0).map((classifier) => classifier.close()))
    workers.length = 0
  })

  it('is calibrated by the channel of the text', async () => {
    const classifier = opened(start())
    const [plain, result] = await classifier.classify([{ text: 'danger' }, { text: 'danger', kind: 'tool_result' }])
    expect(plain?.injection).toBeCloseTo(1 / (1 + Math.exp(-1)), 3)
    expect(result?.injection).toBeCloseTo(0.5, 3)
  })

  it('finds what stands in the middle of a long text, and says where', async () => {
    const classifier = opened(start())
    const text = `${'word '.repeat(1000)}poison ${'word '.repeat(1000)}`
    const [scored] = await classifier.classify([{ text }])
    expect(scored?.injection).toBeGreaterThan(0.9)
    expect(scored?.spans).toEqual([expect.objectContaining({ head: 'override', start: 5000, end: 5006 })])
    expect(scored?.cut).toBe(false)
  })

  it('says when a text was longer than it reads', async () => {
    const [scored] = await opened(start()).classify([{ text: `${'word '.repeat(5000)}poison` }])
    expect(scored).toMatchObject({ cut: true })
  })

  it('starts again after its thread was killed in the middle of a text, and the text is not waited for', async () => {
    const classifier = opened(start())
    await classifier.classify([{ text: 'warm' }])
    const waiting = classifier.classify(Array.from({ length: 50 }, (_, index) => ({ text: `${index} word `.repeat(2000) })))
    const [, gone] = await Promise.allSettled([workers[0]?.terminate(), waiting])
    expect(gone).toMatchObject({ status: 'rejected', reason: { code: 'crashed' } })
    expect(classifier.state().says).toContain('rules alone decide')
    await expect.poll(() => classifier.state().on).toBe(true)
    expect(await classifier.classify([{ text: 'poison' }])).toHaveLength(1)
  })

  it('is off for good when it keeps ending', async () => {
    const classifier = opened(start())
    for (let life = 0; life < 5; life += 1) {
      await expect
        .poll(
          () =>
            classifier.classify([{ text: `life ${life}` }]).then(
              () => 'up',
              () => 'down',
            ),
          { timeout: 30_000 },
        )
        .toBe('up')
      await workers.at(-1)?.terminate()
      await expect.poll(() => classifier.state().on).toBe(false)
    }
    await expect.poll(() => classifier.state().says).toContain('off until')
    await expect(classifier.classify([{ text: 'again' }])).rejects.toMatchObject({ code: 'unavailable' })
  })

  it('is off once it gives something that is no number', async () => {
    const files = { 'model.onnx': modelFile(notANumberGraph()), 'golden.jsonl': bytesOf(goldenOfRoots()) }
    const classifier = opened(start(files))
    expect(await classifier.classify([{ text: 'calm' }])).toHaveLength(1)
    await expect(classifier.classify([{ text: 'poison' }])).rejects.toMatchObject({ code: 'unavailable' })
    await expect.poll(() => classifier.state().on).toBe(false)
  })

  it('is off when it does not say here what it said where it was made', async () => {
    const classifier = opened(start({ 'golden.jsonl': bytesOf(goldenLines((row) => row)) }))
    await expect(classifier.classify([{ text: 'calm' }])).rejects.toMatchObject({ code: 'unavailable' })
    expect(classifier.state().says).toContain('golden vector 1 gives scores')
  })

  it('answers what it has seen before without asking the model', async () => {
    const classifier = opened(start())
    const first = await classifier.classify([{ text: 'poison' }])
    await workers[0]?.terminate()
    expect(await classifier.classify([{ text: 'poison' }])).toEqual(first)
  })
})

/** Roots of four less the row, summed over the words. */
function goldenOfRoots(): string {
  const rows: Readonly<Record<string, number>> = { calm: 1, bright: 2, green: 3 }
  const line = (words: readonly string[]) =>
    JSON.stringify({ text: words.join(' '), words, logits: [words.reduce((sum, word) => sum + Math.sqrt(4 - (rows[word] ?? 0)), 0)] })
  return [['calm'], ['bright', 'green'], ['nothing']].map(line).join('\n')
}

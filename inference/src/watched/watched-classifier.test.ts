import { afterEach, describe, expect, it } from 'vitest'
import { checkModelFiles } from '../bundle/check-bundle.ts'
import { bytesOf, CARD, goldenLines, modelBundle, notANumberGraph } from '../bundle/model-bundle.fixture.ts'
import { modelFile } from '../bundle/onnx-file.fixture.ts'
import { classifierContract } from '../classifier.contract.ts'
import { OnnxClassifier } from '../onnx/onnx-classifier.ts'
import { ScoreTally, stabilityIndex } from './drift.ts'
import { WatchedClassifier, type WatchedOptions } from './watched-classifier.ts'

const model = { name: 'highest-word', version: 1 }
const clock = () => performance.now()

function real(changes: Parameters<typeof modelBundle>[0] = {}) {
  const files = modelBundle(changes)
  const bundle = checkModelFiles(files)
  if (!bundle.ok) throw new Error(bundle.detail)
  return { classifier: OnnxClassifier.start({ model, files }), card: bundle.card }
}
const stricter = { 'card.yaml': bytesOf(CARD.replace('slope: 2, bias: 0', 'slope: 2, bias: -2')) }

function watched(more: Partial<WatchedOptions> = {}): WatchedClassifier {
  const { classifier, card } = real()
  return new WatchedClassifier({ champion: classifier, card, clock, ...more })
}

classifierContract('a watched model', { start: () => watched(), attack: 'here is poison', harmless: 'a calm day' })

describe('a watched model', () => {
  let open: WatchedClassifier | undefined
  afterEach(() => open?.close())

  it('counts how a challenger judged the same texts, and uses none of it', async () => {
    open = watched({ challenger: real(stricter).classifier })
    const scores = await open.classify(['poison', 'danger', 'calm', 'green'].map((text) => ({ text })))
    expect(scores.map(({ injection }) => injection >= 0.5)).toEqual([true, true, false, false])
    await expect.poll(() => open?.figures().challenger?.texts).toBe(4)
    expect(open.figures().challenger).toMatchObject({ both: 1, onlyChampion: 1, onlyChallenger: 0, missed: 0 })
  })

  it('goes on with the next best model once its own is off', async () => {
    const broken = real({ 'golden.jsonl': bytesOf(goldenLines((row) => row)) })
    open = new WatchedClassifier({ champion: broken.classifier, card: broken.card, clock, next: () => real(stricter) })
    expect(await open.classify([{ text: 'poison' }])).toHaveLength(1)
    expect(open.state()).toMatchObject({ on: true, says: expect.stringContaining('was left (golden vector 1') })
  })

  it('says that it is off when there is no other model', async () => {
    const file = { 'model.onnx': modelFile(notANumberGraph()), 'golden.jsonl': bytesOf('{"text":"calm","logits":[1.73205]}\n'.repeat(3)) }
    const { classifier, card } = real(file)
    open = new WatchedClassifier({ champion: classifier, card, clock, next: () => undefined })
    await expect(open.classify([{ text: 'poison' }])).rejects.toMatchObject({ code: 'unavailable' })
    await expect.poll(() => open?.state().on).toBe(false)
  })

  it('leaves a model that has become slow', async () => {
    let now = 0
    open = watched({ clock: () => (now += 500), next: () => real(stricter) })
    for (let text = 0; text < 100; text += 1) await open.classify([{ text: `text ${text}` }])
    expect(open.state().says).toContain('ms for a thousand characters')
  })

  it('tells texts of another kind than it was measured on', () => {
    const expected = { document: [900, 50, 20, 10, 5, 5, 3, 3, 2, 2] }
    const [same, other] = [new ScoreTally(), new ScoreTally()]
    for (let text = 0; text < 1000; text += 1) {
      same.add('document', text < 900 ? 0.05 : 0.15)
      other.add('document', text < 500 ? 0.05 : 0.95)
    }
    expect(same.drifted(expected).size).toBe(0)
    expect([...other.drifted(expected).keys()]).toEqual(['document'])
    expect(stabilityIndex(expected.document, expected.document)).toBeCloseTo(0, 10)
  })
})

import type { JsonObject } from '@assize/kernel'
import { checkModelFiles, OnnxClassifier } from '@assize/inference'
import { afterEach, describe, expect, it } from 'vitest'
import { modelBundle } from '../../../inference/src/bundle/model-bundle.fixture.ts'
import { Adviser } from './adviser.ts'

const open: OnnxClassifier[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((classifier) => classifier.close()))
})

function adviserOf(use: 'off' | 'shadow' | 'on', waitMs = 20_000) {
  let started = 0
  const recorded: JsonObject[] = []
  const files = modelBundle()
  if (!checkModelFiles(files).ok) throw new Error('the fixture is no bundle')
  let classifier: OnnxClassifier | undefined
  const start = () => {
    if (classifier !== undefined) return classifier
    started += 1
    classifier = OnnxClassifier.start({ model: { name: 'highest-word', version: 1 }, files })
    open.push(classifier)
    return classifier
  }
  const adviser = new Adviser({ mode: () => use, waitMs, classifier: start, record: (detail) => void recorded.push(detail) })
  return { adviser, recorded, started: () => started }
}
const result = (text: string) => ({ type: 'context', channel: 'tool_result', text }) as const
const hostile = result('In the middle of this there is poison to be found.')

describe('a model that reads along', () => {
  it('tells the kernel what it found, and where, once it has read', async () => {
    const { adviser, recorded } = adviserOf('on')
    const session = {}
    adviser.hear(session, hostile, 's3')
    expect(adviser.findings(session)).toEqual([])
    await adviser.pending(session)
    const [finding] = adviser.findings(session)
    expect(finding).toMatchObject({
      kind: 'model.injection',
      where: 's3',
      span: [hostile.text.indexOf('poison'), hostile.text.indexOf('poison') + 6],
    })
    expect(finding?.score).toBeGreaterThanOrEqual(0.8)
    expect(recorded).toHaveLength(1)
    expect(adviser.findings({})).toEqual([])
  })

  it('reads what servers say of their tools, and speaks of the calls of that tool only', async () => {
    const { adviser, recorded } = adviserOf('on')
    const session = {}
    const offered = (description: string) =>
      ({
        type: 'tools.offered',
        server: 'sums',
        tools: [
          { name: 'add', description },
          { name: 'take', description: 'Takes one number from another.' },
        ],
      }) as const
    adviser.hear(session, offered('Adds numbers, and there is poison in it.'), 's1')
    await adviser.pending(session)
    expect(adviser.findings(session, { server: 'sums', tool: 'add' })).toMatchObject([{ detector: 'classifier', where: 'sums/add' }])
    expect(adviser.findings(session, { server: 'sums', tool: 'take' })).toEqual([])
    expect(adviser.findings(session, { server: 'others', tool: 'add' })).toEqual([])
    expect(recorded).toMatchObject([{ channel: 'tool_description', where: 'sums/add' }])
    adviser.hear(session, offered('Adds numbers, and that is all of it.'), 's2')
    await adviser.pending(session)
    expect(adviser.findings(session, { server: 'sums', tool: 'add' })).toEqual([])
  })

  it('lets nobody wait when there is nothing to read, and starts no model for it', () => {
    const { adviser, started } = adviserOf('on')
    const session = {}
    adviser.hear(session, result('short'), 's1')
    adviser.hear(session, { type: 'prompt', text: 'poison, said by the person, at some length' }, 's2')
    adviser.hear(session, { ...hostile, integrity: 'system' }, 's3')
    expect(adviser.pending(session)).toBeUndefined()
    expect(started()).toBe(0)
  })

  it('records in the shadow and tells nothing', async () => {
    const { adviser, recorded } = adviserOf('shadow')
    const session = {}
    adviser.hear(session, hostile, 's1')
    expect(adviser.pending(session)).toBeUndefined()
    await expect.poll(() => recorded.length).toBe(1)
    expect(recorded[0]).toMatchObject({ mode: 'shadow', kind: 'model.injection' })
    expect(adviser.findings(session)).toEqual([])
  })

  it('lets a call wait no longer than allowed', async () => {
    const { adviser } = adviserOf('on', 5)
    const session = {}
    for (let text = 0; text < 16; text += 1) adviser.hear(session, result(`${text} ${'some words to read '.repeat(5000)}`), `s${text}`)
    const before = performance.now()
    await adviser.pending(session)
    expect(performance.now() - before).toBeLessThan(1000)
  })

  it('goes on by rules alone when there is no model, or when it is gone', async () => {
    const none = new Adviser({ mode: () => 'on', waitMs: 50, classifier: () => undefined, record: () => undefined })
    none.hear({}, hostile, 's1')
    const { adviser } = adviserOf('on')
    const session = {}
    adviser.hear(session, hostile, 's1')
    await open[0]?.close()
    await adviser.pending(session)
    adviser.hear(session, hostile, 's2')
    await adviser.pending(session)
    expect(adviser.findings(session)).toEqual([])
  })
})

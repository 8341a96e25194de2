import type { Open } from '@assize/kernel'
import type { Classifier, LlamaJudge } from '@assize/inference'
import { describe, expect, it } from 'vitest'
import { Counsel, type CounselOptions } from './counsel.ts'

const question = { request: 'Tidy the garden.', call: 'water\nplant: rose', passage: '', source: '', facts: {} }
const open = (wanted: Open['wanted']): Open => ({ wanted, question: () => question })
const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('late')), { once: true }))

/** Says always the same, or nothing at all. */
function alignment(serves: number | 'silent'): () => Classifier {
  return () => ({
    model: { name: 'alignment', version: 2 },
    state: () => ({ on: true, says: '' }),
    classify: (_texts, signal) =>
      serves === 'silent'
        ? never(signal as AbortSignal)
        : Promise.resolve([{ injection: serves, heads: { serves }, spans: [], cut: false }]),
    close: () => Promise.resolve(),
  })
}

function counsel(changes: Partial<CounselOptions> & { readonly use?: 'off' | 'shadow' | 'on'; readonly doubts?: boolean }) {
  const asked: string[] = []
  const recorded: object[] = []
  const judge = (probability: number): (() => Pick<LlamaJudge, 'ask'>) => {
    return () => ({ ask: ({ call }) => (asked.push(call), Promise.resolve({ probability, millis: 1 })) })
  }
  const config = {
    advice: { use: changes.use ?? ('on' as const), waitMs: 40, doubts: changes.doubts ?? true },
    judge: { path: '/models/small.gguf', waitMs: 40 },
  }
  const one = new Counsel({
    config,
    mode: () => config.advice.use,
    alignment: () => undefined,
    judge: judge(0.97),
    record: (detail) => recorded.push(detail),
    ...changes,
  })
  return { one, asked, recorded }
}

describe('counsel', () => {
  it('asks the judge only where the alignment model leans to neither side', async () => {
    const sure = counsel({ alignment: alignment(0.95) })
    expect(await sure.one.ask(open('clear'))).toEqual([{ model: 'alignment', version: '2', serves: 0.95 }])
    expect(sure.asked).toEqual([])
    const unsure = counsel({ alignment: alignment(0.6) })
    expect(await unsure.one.ask(open('clear'))).toEqual([
      { model: 'alignment', version: '2', serves: 0.6 },
      { model: 'judge', version: 'small.gguf', serves: 0.97 },
    ])
    const running = counsel({ alignment: alignment(0.6) })
    expect(await running.one.ask(open('doubt'))).toHaveLength(1)
    expect(running.asked).toEqual([])
    expect(counsel({ alignment: alignment(0.6), doubts: false }).one.ask(open('doubt'))).toBeUndefined()
  })

  it('goes on without a model that is silent or gone, within its time', async () => {
    const started = performance.now()
    const silent = counsel({ alignment: alignment('silent'), judge: () => ({ ask: (_question, signal) => never(signal) }) })
    expect(await silent.one.ask(open('clear'))).toEqual([])
    expect(performance.now() - started).toBeLessThan(1500)
    expect(await counsel({ judge: () => undefined }).one.ask(open('clear'))).toEqual([])
  })

  it('makes nobody wait while it is off or in the shadow, and keeps what was said there', async () => {
    const off = counsel({ use: 'off', alignment: alignment(0.95) })
    expect(off.one.ask(open('clear'))).toBeUndefined()
    const shadow = counsel({ use: 'shadow', alignment: alignment(0.95) })
    expect(shadow.one.ask(open('clear'))).toBeUndefined()
    await expect.poll(() => shadow.recorded).toEqual([{ wanted: 'clear', said: [{ model: 'alignment', version: '2', serves: 0.95 }] }])
    expect(off.recorded).toEqual([])
  })

  it('lets only so many calls wait', async () => {
    const busy = counsel({ alignment: alignment('silent'), judge: () => undefined })
    const waiting = Array.from({ length: 20 }, () => busy.one.ask(open('clear')))
    expect(waiting.filter((said) => said === undefined)).toHaveLength(4)
    await Promise.all(waiting.filter((said) => said !== undefined))
    expect(busy.one.ask(open('clear'))).toBeInstanceOf(Promise)
  })
})

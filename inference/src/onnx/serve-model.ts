import { checkModelFiles } from '../bundle/check-bundle.ts'
import { calibrated, type Engine, NotANumber } from './engine.ts'
import { checkGolden } from './check-golden.ts'
import { loadEngine } from './load-engine.ts'
import type { FailReason, FromModel, ModelStart, ToModel } from './messages.ts'
import { RuntimeMissing } from './runtime.ts'

/** The wire to whoever started this thread or process. */
export interface Wire {
  readonly send: (message: FromModel) => void
  readonly listen: (take: (message: ToModel) => void) => void
}

/** Loads the model, proves it on its golden vectors, which also warms it up, then answers until it is ended. */
export async function serveModel(start: ModelStart, wire: Wire): Promise<void> {
  let engine: Engine
  try {
    const bundle = checkModelFiles(start.files)
    if (!bundle.ok) return wire.send({ type: 'failed', reason: 'broken', code: bundle.code, message: bundle.detail })
    engine = await loadEngine(bundle)
    const objection = await checkGolden(engine, bundle.golden)
    if (objection !== undefined) return wire.send({ type: 'failed', reason: 'broken', code: objection.code, message: objection.detail })
  } catch (error) {
    return wire.send({ type: 'failed', reason: error instanceof RuntimeMissing ? 'missing' : 'broken', message: messageOf(error) })
  }
  const cancelled = new Set<number>()
  let turn: Promise<void> = Promise.resolve()
  wire.listen((message) => {
    if (message.type === 'cancel') cancelled.add(message.id)
    else turn = turn.then(() => answer(engine, message, { wire, cancelled }))
  })
  wire.send({ type: 'loaded', megabytes: Math.round(process.memoryUsage().rss / 1_048_576) })
}

async function answer(
  engine: Engine,
  { id, texts }: Extract<ToModel, { type: 'score' }>,
  { wire, cancelled }: { readonly wire: Wire; readonly cancelled: Set<number> },
): Promise<void> {
  try {
    const raw = await engine.score(texts, () => cancelled.has(id))
    if (raw === undefined) return wire.send({ type: 'cancelled', id })
    const classifications = raw.map((scores, index) => calibrated(engine.card, scores, texts[index]?.kind))
    wire.send({ type: 'scored', id, classifications })
  } catch (error) {
    const reason: FailReason = error instanceof NotANumber ? 'broken' : 'failed'
    wire.send({ type: 'failed', id, reason, message: messageOf(error) })
  } finally {
    cancelled.delete(id)
  }
}

function messageOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).slice(0, 600)
}

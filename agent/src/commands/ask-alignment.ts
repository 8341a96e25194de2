import { OnnxClassifier } from '@assize/inference'
import type { Advice, Open } from '@assize/kernel'
import { Counsel } from '../decide/index.ts'
import { AgentError } from '../platform/errors.ts'
import type { CommandContext } from './context.ts'
import { keeperOf } from './model.ts'

/** Nobody is held up here, so loading the model is waited for as well, milliseconds. */
const WAIT_MS = 30_000

export interface AskedModels {
  readonly ask: (open: Open) => Promise<readonly Advice[]>
  readonly close: () => Promise<void>
}

/** The alignment model of this machine, for one command. Throws an `AgentError` when there is none. */
export function openAlignment(context: CommandContext): AskedModels {
  const ready = keeperOf(context, 'calls').active()
  if (ready === undefined)
    throw new AgentError('usage', 'There is no alignment model on this machine, so nothing was decided. Leave `--advice` out.')
  const { name, version } = ready.card
  const model = OnnxClassifier.start({ model: { name, version }, files: ready.files })
  const config = { advice: { use: 'on', waitMs: WAIT_MS, doubts: false }, judge: { waitMs: WAIT_MS } } as const
  const counsel = new Counsel({ config, mode: () => 'on', alignment: () => model, judge: () => undefined, record: () => undefined })
  return { ask: async (open) => (await counsel.ask(open)) ?? [], close: () => model.close() }
}

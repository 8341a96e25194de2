/** The models of this machine: one that reads texts, one that is asked about calls, and a judge where a file for it is named. */
import { join } from 'node:path'
import type { StateEntry } from '@assize/kernel'
import { type Classifier, LlamaJudge } from '@assize/inference'
import { ModelHolder, ModelKeeper, ModelRunner } from './control/index.ts'
import type { ModelKeeperOptions } from './control/models/model-keeper.ts'
import type { ModelsConfig } from './decide/index.ts'

/** Where models for calls are kept, below those for texts. */
const CALLS = 'calls'

export interface AgentModels {
  classifier(): Classifier | undefined
  alignment(): Classifier | undefined
  judge(): LlamaJudge | undefined
  /** What the hub may place, one for each task. */
  readonly texts: ModelHolder
  readonly calls: ModelHolder
  /** Plain sentences; empty when nothing is wrong. */
  problems(): readonly string[]
  close(): Promise<void>
}

export interface AgentModelsOptions extends ModelKeeperOptions {
  /** Keeps what happened to models in the journal. */
  readonly record: (entry: StateEntry) => void
  readonly log: (text: string) => void
}

/** Nothing is loaded before it is needed. */
export function agentModels(config: ModelsConfig, options: AgentModelsOptions): AgentModels {
  const { log } = options
  const [texts, textRunner] = placeOf(new ModelKeeper(options), { mode: config.use, task: 'texts', options })
  const [calls, callRunner] = placeOf(callsKeeper(options), { mode: config.advice.use, task: 'calls', options })
  const { path } = config.judge
  let judge: LlamaJudge | undefined
  return {
    texts,
    calls,
    classifier: () => textRunner.classifier(),
    alignment: () => callRunner.classifier(),
    judge: () => (path === undefined ? undefined : (judge ??= LlamaJudge.start({ path, log }))),
    problems: () => [...texts.problems(), ...calls.problems(), ...[judge?.state().says ?? ''].filter((says) => says !== '')],
    close: async () => void (await Promise.all([textRunner.close(), callRunner.close(), judge?.close()])),
  }
}

/** Keeps the models that are asked about calls. */
export function callsKeeper(options: ModelKeeperOptions): ModelKeeper {
  return new ModelKeeper({ ...options, directory: join(options.directory, CALLS), task: 'calls' })
}

interface Placing {
  readonly mode: ModelsConfig['use']
  readonly task: 'texts' | 'calls'
  readonly options: AgentModelsOptions
}

function placeOf(keeper: ModelKeeper, { mode, task, options }: Placing): readonly [ModelHolder, ModelRunner] {
  const { keys, now, agentVersion, record, log } = options
  const runner: ModelRunner = new ModelRunner({ keeper, log, onTakenBack: (why) => holder.takenBack(why) })
  const holder = new ModelHolder({ task, keeper, runner, mode, keys, now, agentVersion, record })
  return [holder, runner]
}

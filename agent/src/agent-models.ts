/** The models of this machine: one that reads texts, one that is asked about calls, and a judge where a file for it is named. */
import { join } from 'node:path'
import { type Classifier, LlamaJudge } from '@assize/inference'
import { ModelKeeper, ModelRunner } from './control/index.ts'
import type { ModelKeeperOptions } from './control/models/model-keeper.ts'
import type { ModelsConfig } from './decide/index.ts'

/** Where models for calls are kept, below those for texts. */
const CALLS = 'calls'

export interface AgentModels {
  classifier(): Classifier | undefined
  alignment(): Classifier | undefined
  judge(): LlamaJudge | undefined
  /** Plain sentences; empty when nothing is wrong. */
  problems(): readonly string[]
  close(): Promise<void>
}

/** Nothing is loaded before it is needed. */
export function agentModels(config: ModelsConfig, options: ModelKeeperOptions, log: (text: string) => void): AgentModels {
  const texts = new ModelRunner(new ModelKeeper(options), log)
  const calls = new ModelRunner(callsKeeper(options), log)
  const { path } = config.judge
  let judge: LlamaJudge | undefined
  return {
    classifier: () => texts.classifier(),
    alignment: () => calls.classifier(),
    judge: () => (path === undefined ? undefined : (judge ??= LlamaJudge.start({ path, log }))),
    problems: () => [...texts.problems(), ...calls.problems(), ...[judge?.state().says ?? ''].filter((says) => says !== '')],
    close: async () => void (await Promise.all([texts.close(), calls.close(), judge?.close()])),
  }
}

/** Keeps the models that are asked about calls. */
export function callsKeeper(options: ModelKeeperOptions): ModelKeeper {
  return new ModelKeeper({ ...options, directory: join(options.directory, CALLS), task: 'calls' })
}

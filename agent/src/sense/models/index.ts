/** Watches the directories where model files lie and reads their headers: what is there, and what is wrong with it. */
import { z } from 'zod'
import type { Watch, Watcher, WatcherSetting } from '../watcher.ts'
import { modelDirectories } from './model-directories.ts'
import { ModelWatch } from './model-watch.ts'

/** Settings under `sense.models:` in the agent's configuration. */
export const modelsConfigSchema = z.strictObject({
  /** Further directories with model files. */
  directories: z.array(z.string().min(1)).max(64).default([]),
})
export type ModelsConfig = z.infer<typeof modelsConfigSchema>

const REST_MS = 1_000
const LOOK_MS = 60_000

export function models(setting: WatcherSetting, config: ModelsConfig): Watcher {
  const options = {
    directories: modelDirectories(setting.platform, config.directories),
    restMs: REST_MS,
    lookMs: LOOK_MS,
    clock: setting.now,
  }
  return { name: 'models', start: (report): Watch => new ModelWatch(options, report) }
}

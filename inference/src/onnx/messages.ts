import type { ModelFiles, ModelRefusalCode } from '../bundle/check-bundle.ts'
import type { Classification, ClassifierText } from '../port.ts'

/** What the model's thread is asked. */
export type ToModel =
  | { readonly type: 'score'; readonly id: number; readonly texts: readonly ClassifierText[] }
  | { readonly type: 'cancel'; readonly id: number }

/** What it answers. `loaded` or `failed` without an id comes first, once. */
export type FromModel =
  | { readonly type: 'loaded'; readonly megabytes: number }
  | { readonly type: 'scored'; readonly id: number; readonly classifications: readonly Classification[] }
  | { readonly type: 'cancelled'; readonly id: number }
  | {
      readonly type: 'failed'
      readonly id?: number
      readonly reason: FailReason
      /** When the bundle itself is at fault. */
      readonly code?: ModelRefusalCode
      readonly message: string
    }

/** `missing`: no runtime here. `broken`: this model will never do. `failed`: this once. */
export type FailReason = 'missing' | 'broken' | 'failed'

/** How the thread starts. */
export interface ModelStart {
  readonly files: ModelFiles
}

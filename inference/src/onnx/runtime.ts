/** ONNX models: a thread of their own, watched from outside. */
import type * as onnx from 'onnxruntime-node'

export type OnnxRuntime = typeof onnx

/** There is no native build for this machine, or it does not load. */
export class RuntimeMissing extends Error {}

/** Loads the native runtime. Throws a `RuntimeMissing` that says what it means. */
export async function loadRuntime(): Promise<OnnxRuntime> {
  try {
    const loaded = (await import('onnxruntime-node')) as OnnxRuntime & { readonly default?: OnnxRuntime }
    return loaded.default ?? loaded
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)
    throw new RuntimeMissing(
      `The runtime for models is not available on this machine (${why.slice(0, 200)}), so calls are decided by rules alone. Install onnxruntime-node for this platform to use models.`,
    )
  }
}

/** One thread and no spinning: a model may not take the machine from the person who works on it. */
export const SESSION_OPTIONS: onnx.InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  executionMode: 'sequential',
  graphOptimizationLevel: 'all',
  enableCpuMemArena: false,
  logSeverityLevel: 4,
}

/** Models on this machine: loaded from signed bundles, run in threads of their own, behind one port. */
export { type ModelCard, TEXT_KINDS, type TextKind } from './bundle/card.ts'
export {
  checkModelFiles,
  MODEL_BUNDLE_BYTES,
  type ModelBundle,
  type ModelFiles,
  type ModelRefusal,
  type ModelRefusalCode,
  readCard,
} from './bundle/check-bundle.ts'
export { type Evaluation, evaluate, type LabelledText } from './evaluation.ts'
export type { EvaluationFigures } from './figures.ts'
export { type CallQuestion, questionText } from './question.ts'
export { OnnxClassifier, type OnnxClassifierOptions } from './onnx/onnx-classifier.ts'
export { TRIAL_LIMITS, type TrialLimits, trialOf } from './onnx/trial.ts'
export {
  type Classification,
  type Classifier,
  ClassifierError,
  type ClassifierState,
  type ClassifierText,
  type ClassifiedSpan,
  type ModelIdentity,
} from './port.ts'
export { BINS, type ScoreCounts, ScoreTally, stabilityIndex } from './watched/drift.ts'
export { type Comparison, WatchedClassifier, type WatchedFigures, type WatchedOptions } from './watched/watched-classifier.ts'
export type { JudgeQuestion } from './judge/prompt.ts'
export { type JudgeAnswer, JudgeError, type JudgeOptions, LlamaJudge } from './judge/llama-judge.ts'

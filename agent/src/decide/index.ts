/** Asks the kernel about one call, and holds the line when the kernel cannot answer. */
export { createJudge, type Judge, type Judged, type JudgeOptions } from './judge.ts'
export { createResultJudge, type ResultJudge } from './judge-result.ts'
export { createReach, type Reach } from './reach.ts'
export { Counsel, type CounselConfig, type CounselOptions } from './counsel.ts'
export { warmUp } from './warm-up.ts'
export { Adviser, type AdviserOptions, type ModelsConfig, modelsConfigSchema } from './adviser.ts'

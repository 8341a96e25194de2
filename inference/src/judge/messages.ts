import type { JudgeQuestion } from './prompt.ts'

export type ToJudge =
  | { readonly type: 'load'; readonly path: string; readonly contextTokens: number }
  | { readonly type: 'ask'; readonly id: number; readonly question: JudgeQuestion; readonly nonce: string }

export type FromJudge =
  | { readonly type: 'loaded' }
  | { readonly type: 'answered'; readonly id: number; readonly probability: number }
  | { readonly type: 'failed'; readonly id?: number; readonly message: string }

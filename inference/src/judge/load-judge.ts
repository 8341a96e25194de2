import type { Token } from 'node-llama-cpp'
import { continuationOf, partingOf, probabilityOf } from './choice.ts'
import { ANSWERS, BEFORE_ANSWER, judgePrompt, type JudgeQuestion } from './prompt.ts'

export interface LoadedJudge {
  /** Probability that the action serves the request. Throws when the model cannot say. */
  ask(question: JudgeQuestion, nonce: string): Promise<number>
}

/** Whole vocabulary, as it is: no sampling takes part in a judgement. */
const UNSAMPLED = { temperature: 1, topK: 0, topP: 1, minP: 0, seed: 1 } as const

/** Loads a GGUF model with llama.cpp on the CPU. Throws when there is no native build or the file is no model. */
export async function loadJudge(path: string, contextTokens: number): Promise<LoadedJudge> {
  const { getLlama, LlamaLogLevel } = await import('node-llama-cpp')
  const llama = await getLlama({ build: 'never', skipDownload: true, gpu: false, logLevel: LlamaLogLevel.disabled, maxThreads: 1 })
  const model = await llama.loadModel({ modelPath: path, gpuLayers: 0, checkTensors: true })
  const context = await model.createContext({
    contextSize: contextTokens,
    sequences: 1,
    threads: 1,
    batchSize: Math.min(512, contextTokens),
  })
  const sequence = context.getSequence()
  const read = (text: string) => model.tokenize(text, false, 'trimLeadingSpace')
  const answer = (text: string) => continuationOf(read(BEFORE_ANSWER), read(`${BEFORE_ANSWER}${text}`))
  const parting = partingOf(answer(ANSWERS.serves), answer(ANSWERS.strays))
  if (parting === undefined) throw new Error('the model cannot tell yes from no')
  return {
    async ask(question, nonce) {
      // What is quoted is never read as one of the model's own control words.
      const tokens = judgePrompt(question, nonce).flatMap(({ text, quoted }) => model.tokenize(text, !quoted, 'trimLeadingSpace'))
      const bos = model.tokens.shouldPrependBosToken && model.tokens.bos !== null ? [model.tokens.bos] : []
      const input: readonly Token[] = [...bos, ...tokens, ...(parting.shared as readonly Token[])]
      if (input.length >= contextTokens) throw new Error(`the question has ${input.length} tokens, more than the judge reads`)
      await sequence.clearHistory()
      const last = input.at(-1)
      if (last === undefined) throw new Error('the question is empty')
      const results = await sequence.controlledEvaluate([
        ...input.slice(0, -1),
        [last, { generateNext: { probabilities: true, options: UNSAMPLED } }],
      ])
      const probability = probabilityOf(parting, results.at(-1)?.next.probabilities ?? new Map())
      if (probability === undefined) throw new Error('the model gives neither answer a chance')
      return probability
    },
  }
}

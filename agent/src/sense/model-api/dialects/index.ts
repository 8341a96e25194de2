/** The model APIs the gateway reads. */
import type { Dialect } from '../dialect.ts'
import { anthropic } from './anthropic.ts'
import { ollamaGenerate, rawCompletion } from './completion.ts'
import { gemini } from './gemini.ts'
import { ollama } from './ollama.ts'
import { openaiChat } from './openai-chat.ts'
import { openaiResponses } from './openai-responses.ts'

export const DIALECTS: readonly Dialect[] = [anthropic, openaiChat, openaiResponses, gemini, ollama, ollamaGenerate, rawCompletion]

/**
 * Bare completion: one text in, one text out, as llama-server, Ollama and the older servers do it. A call in it is words to whoever asked, so there
 * is nothing to hold; and who said what in the prompt cannot be told, so all of it counts as text from outside.
 */
import type { JsonObject } from '@assize/kernel'
import { type AnswerReader, type Dialect, type Exchange, PASS, type Turn } from '../dialect.ts'
import { objectOf, textOf } from '../json-shape.ts'
import { ollamaProblem, openaiProblem } from '../problems.ts'

function completion(about: Pick<Dialect, 'name' | 'framing' | 'claims' | 'problem'>): Dialect {
  return {
    ...about,
    read: (body): Exchange => ({ turns: [...instructions(body), ...prompts(body)], tools: [] }),
    offered: () => [],
    mended: (body) => body,
    spoken: ['system', 'prompt', 'suffix', 'input_prefix', 'input_suffix', 'input_extra'],
    whole: (answer) => ({ calls: [], rewrite: () => answer }),
    answerId: () => undefined,
    reader: () => READER,
  }
}

const READER: AnswerReader = { answerId: undefined, calm: (text) => text.length, take: () => PASS, end: () => undefined }

/** `/completion` and `/infill` of llama-server, and `/v1/completions`. */
export const rawCompletion = completion({
  name: 'completion',
  framing: 'sse',
  claims: (path) => /\/(?:completions?|infill)$/.test(path) && !path.endsWith('/chat/completions'),
  problem: openaiProblem,
})

export const ollamaGenerate = completion({
  name: 'ollama-generate',
  framing: 'ndjson',
  claims: (path) => path.endsWith('/api/generate'),
  problem: ollamaProblem,
})

function instructions({ system }: JsonObject): readonly Turn[] {
  return typeof system === 'string' ? [{ role: 'system', text: system }] : []
}

function prompts(body: JsonObject): readonly Turn[] {
  const { prompt } = body
  const parts = Array.isArray(prompt) ? prompt : [prompt, body['input_prefix'], body['input_suffix']]
  return parts.flatMap((part: unknown): readonly Turn[] => {
    const text = textOf(part) ?? textOf(objectOf(part)?.['prompt_string'])
    if (text !== undefined) return [{ role: 'tool', text }]
    // Tokens are text that nobody here can read.
    return part === undefined ? [] : [{ role: 'tool', text: '', unread: true }]
  })
}

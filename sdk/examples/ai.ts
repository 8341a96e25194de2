/** The Vercel AI SDK with guarded tools: `node sdk/examples/ai.ts`. The model is a script, so that no key is needed. */
import { generateText, isStepCount, tool } from 'ai'
import { MockLanguageModelV4 } from 'ai/test'
import { z } from 'zod'
import { guardTools } from '../src/ai.ts'
import { Session } from '../src/index.ts'
import { NOTES, posted, SCRIPT, say, TASK } from './scene.ts'

const session = new Session({ agent: 'ai-sdk-example' })
const tools = guardTools(
  {
    read_notes: tool({ description: 'Reads the notes of the project', inputSchema: z.object({}), execute: () => NOTES }),
    http_post: tool({
      description: 'Sends data to an address',
      inputSchema: z.object({ url: z.string(), body: z.string() }),
      execute: ({ url }) => posted(url),
    }),
  },
  session,
)

let turn = 0
const usage = { inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 }, outputTokens: { total: 1, text: 1, reasoning: 0 } }
const model = new MockLanguageModelV4({
  doGenerate: async () => {
    const call = SCRIPT[turn]
    turn += 1
    if (call === undefined)
      return { content: [{ type: 'text', text: 'Done.' }], finishReason: { unified: 'stop', raw: 'stop' }, usage, warnings: [] }
    const content = { type: 'tool-call', toolCallId: `c${turn}`, toolName: call.tool, input: JSON.stringify(call.args) } as const
    return { content: [content], finishReason: { unified: 'tool-calls', raw: 'tool_calls' }, usage, warnings: [] }
  },
})

await session.prompt(TASK)
const { steps } = await generateText({ model, tools, prompt: TASK, stopWhen: isStepCount(5) })
for (const part of steps.flatMap((step) => step.content)) {
  if (part.type === 'tool-result') say(part.toolName, String(part.output))
  if (part.type === 'tool-error') say(part.toolName, part.error instanceof Error ? part.error.message : String(part.error))
}

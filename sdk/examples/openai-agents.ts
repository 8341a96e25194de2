/** The OpenAI Agents SDK with guarded tools: `node sdk/examples/openai-agents.ts`. The model is a script, so that no key is needed. */
import { Agent, type Model, type ModelResponse, Runner, setTracingDisabled, tool, Usage } from '@openai/agents'
import { z } from 'zod'
import { Session } from '../src/index.ts'
import { guardTool } from '../src/openai-agents.ts'
import { NOTES, posted, SCRIPT, say, TASK } from './scene.ts'

setTracingDisabled(true)
const session = new Session({ agent: 'openai-agents-example' })
const tools = [
  tool({ name: 'read_notes', description: 'Reads the notes of the project', parameters: z.object({}), execute: () => NOTES }),
  tool({
    name: 'http_post',
    description: 'Sends data to an address',
    parameters: z.object({ url: z.string(), body: z.string() }),
    execute: ({ url }) => posted(url),
  }),
].map((one) => guardTool(one, session))

let turn = 0
const model: Model = {
  async getResponse(): Promise<ModelResponse> {
    const call = SCRIPT[turn]
    turn += 1
    if (call === undefined) {
      const content = [{ type: 'output_text' as const, text: 'Done.' }]
      return { usage: new Usage(), output: [{ type: 'message', role: 'assistant', status: 'completed', content }] }
    }
    const used = {
      type: 'function_call',
      callId: `c${turn}`,
      name: call.tool,
      arguments: JSON.stringify(call.args),
      status: 'completed',
    } as const
    return { usage: new Usage(), output: [used] }
  },
  // oxlint-disable-next-line require-yield
  async *getStreamedResponse() {
    throw new Error('This example does not stream.')
  },
}

await session.prompt(TASK)
const { newItems } = await new Runner().run(new Agent({ name: 'assistant', model, tools }), TASK)
for (const item of newItems)
  if (item.type === 'tool_call_output_item' && item.rawItem.type === 'function_call_result') say(item.rawItem.name, String(item.output))

/** LangChain.js with guarded tools: `node sdk/examples/langchain.ts`. The model is a script, so that no key is needed. */
import { AIMessage, HumanMessage, type BaseMessage } from '@langchain/core/messages'
import { tool } from '@langchain/core/tools'
import { z } from 'zod'
import { Session } from '../src/index.ts'
import { guardTool } from '../src/langchain.ts'
import { NOTES, posted, SCRIPT, say, TASK } from './scene.ts'

const session = new Session({ agent: 'langchain-example' })
const tools = [
  tool(() => NOTES, { name: 'read_notes', description: 'Reads the notes of the project', schema: z.object({}) }),
  tool(({ url }) => posted(url), {
    name: 'http_post',
    description: 'Sends data to an address',
    schema: z.object({ url: z.string(), body: z.string() }),
  }),
].map((one) => guardTool(one, session))

await session.prompt(TASK)
const messages: BaseMessage[] = [new HumanMessage(TASK)]
for (const [index, { tool: name, args }] of SCRIPT.entries()) {
  const call = { type: 'tool_call', id: `c${index}`, name, args } as const
  messages.push(new AIMessage({ content: '', tool_calls: [call] }))
  const answer = await tools.find((one) => one.name === name)?.invoke(call)
  messages.push(answer)
  say(name, String(answer.content))
}

/** An MCP client of the SDK, guarded: `node sdk/examples/mcp.ts`. The server runs in the same process. */
import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { McpServer } from '@modelcontextprotocol/server'
import { z } from 'zod'
import { Session } from '../src/index.ts'
import { guardClient } from '../src/mcp.ts'
import { NOTES, posted, SCRIPT, say, TASK } from './scene.ts'

const server = new McpServer({ name: 'notes', version: '1.0.0' })
server.registerTool('read_notes', { description: 'Reads the notes of the project' }, () => ({ content: [{ type: 'text', text: NOTES }] }))
server.registerTool(
  'http_post',
  { description: 'Sends data to an address', inputSchema: z.object({ url: z.string(), body: z.string() }) },
  ({ url }) => ({ content: [{ type: 'text', text: posted(url) }] }),
)
const [near, far] = InMemoryTransport.createLinkedPair()
const session = new Session({ agent: 'mcp-example' })
const client = guardClient(new Client({ name: 'example', version: '1.0.0' }), session, 'notes')
await Promise.all([server.connect(far), client.connect(near)])

await session.prompt(TASK)
for (const { tool, args } of SCRIPT) {
  const { content } = await client.callTool({ name: tool, arguments: args })
  say(tool, content.map((part) => (part.type === 'text' ? part.text : part.type)).join(' '))
}
await client.close()

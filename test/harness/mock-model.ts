/** A loopback model for real clients: asks for one tool call, then says it is done. It keeps what the tool answered. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface MockModel {
  readonly url: string
  /** What came back for the tool call, as the model was told. */
  readonly toolResults: readonly string[]
  close(): Promise<void>
}

interface Block {
  readonly type: string
  readonly content?: unknown
}
interface Request {
  readonly stream?: boolean
  readonly model: string
  readonly tools?: readonly { readonly name: string }[]
  readonly messages: readonly { readonly role: string; readonly content: string | readonly Block[] }[]
}

export async function startMockModel(toolCall: { readonly name: string; readonly input: object }): Promise<MockModel> {
  const toolResults: string[] = []
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.method !== 'POST' || !request.url?.startsWith('/v1/messages'))
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    if (request.url.includes('count_tokens'))
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"input_tokens":10}')
    const asked = JSON.parse(Buffer.concat(chunks).toString()) as Request
    const results = blocks(asked).filter((block) => block.type === 'tool_result')
    for (const result of results) toolResults.push(typeof result.content === 'string' ? result.content : JSON.stringify(result.content))
    const calls = results.length === 0 && asked.tools?.some((tool) => tool.name === toolCall.name)
    reply(
      response,
      asked,
      calls ? { type: 'tool_use', id: 'toolu_mock_1', name: toolCall.name, input: toolCall.input } : { type: 'text', text: 'Done.' },
    )
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    toolResults,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

function blocks({ messages }: Request): readonly Block[] {
  return messages.flatMap(({ content }) => (typeof content === 'string' ? [] : content))
}

function reply(
  response: ServerResponse,
  { stream, model }: Request,
  block: { type: string; id?: string; name?: string; text?: string; input?: object },
): void {
  const stopReason = block.type === 'tool_use' ? 'tool_use' : 'end_turn'
  const message = {
    id: 'msg_mock',
    type: 'message',
    role: 'assistant',
    model,
    content: [] as object[],
    stop_reason: null as string | null,
    stop_sequence: null,
    usage: { input_tokens: 10, output_tokens: 10 },
  }
  if (!stream)
    return void response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(JSON.stringify({ ...message, content: [block], stop_reason: stopReason }))
  const started = block.type === 'tool_use' ? { ...block, input: {} } : { ...block, text: '' }
  const delta =
    block.type === 'tool_use'
      ? { type: 'input_json_delta', partial_json: JSON.stringify(block.input) }
      : { type: 'text_delta', text: block.text }
  const events = [
    { type: 'message_start', message },
    { type: 'content_block_start', index: 0, content_block: started },
    { type: 'content_block_delta', index: 0, delta },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage: { output_tokens: 10 } },
    { type: 'message_stop' },
  ]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
  response.end()
}

/** Loopback models for real clients of other makers: each asks for tool calls in turn, then says it is done. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ToolCall {
  readonly name: string
  readonly input: Readonly<Record<string, unknown>>
}

/** A call, or one that is made up once the results so far are known; none ends the turn. */
export type NextCall = ToolCall | ((results: readonly string[]) => Promise<ToolCall | undefined>)

export interface MockModel {
  readonly url: string
  /** What came back for the tool calls, as the model was told. */
  readonly toolResults: readonly string[]
  close(): Promise<void>
}

/** What a maker's protocol adds: how many results a request carries, and how a call or the end is streamed. */
interface Speech {
  readonly isTurn: (request: IncomingMessage) => boolean
  readonly results: (body: Record<string, unknown>) => readonly unknown[]
  /** Whether the request is one that can call the tool; every one unless told. */
  readonly offers?: (body: Record<string, unknown>, call: ToolCall) => boolean
  readonly call: (response: ServerResponse, call: ToolCall, index: number) => void
  readonly done: (response: ServerResponse) => void
}

async function start(speech: Speech, calls: readonly NextCall[]): Promise<MockModel> {
  const toolResults: string[] = []
  const server = createServer((request, response) => void answer(request, response))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    if (request.method !== 'POST' || !speech.isTurn(request))
      return void response.writeHead(200, { 'content-type': 'application/json' }).end('{"totalTokens":1,"models":[],"data":[]}')
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>
    const results = speech.results(body)
    if (results.length > 0)
      toolResults.splice(0, toolResults.length, ...results.map((result) => (typeof result === 'string' ? result : JSON.stringify(result))))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const next = calls[results.length]
    const call = typeof next === 'function' ? await next(toolResults) : next
    if (call === undefined || speech.offers?.(body, call) === false) speech.done(response)
    else speech.call(response, call, results.length)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    toolResults,
    close: () => new Promise((resolve) => (server.closeAllConnections(), server.close(() => resolve()))),
  }
}

const list = (value: unknown): readonly Record<string, unknown>[] => (Array.isArray(value) ? (value as Record<string, unknown>[]) : [])

/** OpenAI's responses, as Codex speaks them. */
export function startResponsesModel(...calls: readonly NextCall[]): Promise<MockModel> {
  const stream = (response: ServerResponse, item: object): void => {
    const base = { id: 'resp_mock', object: 'response', created_at: 0, model: 'mock', status: 'completed' }
    const usage = {
      input_tokens: 1,
      output_tokens: 1,
      total_tokens: 2,
      input_tokens_details: { cached_tokens: 0 },
      output_tokens_details: { reasoning_tokens: 0 },
    }
    const events = [
      { type: 'response.created', response: { ...base, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item },
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response: { ...base, output: [item], usage } },
    ]
    for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    response.end()
  }
  return start(
    {
      isTurn: (request) => request.url?.endsWith('/responses') === true,
      results: (body) => list(body['input']).flatMap((item) => (String(item['type']).endsWith('_call_output') ? [item['output']] : [])),
      call: (response, { name, input }, index) =>
        stream(response, {
          type: 'function_call',
          id: `fc_${index}`,
          call_id: `call_${index}`,
          name,
          arguments: JSON.stringify(input),
          status: 'completed',
        }),
      done: (response) =>
        stream(response, {
          type: 'message',
          id: 'msg_1',
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Done.', annotations: [] }],
        }),
    },
    calls,
  )
}

/** OpenAI's chat completions. */
export function startChatModel(...calls: readonly NextCall[]): Promise<MockModel> {
  const stream = (response: ServerResponse, delta: object, finish: string): void => {
    const chunk = { id: 'chat_mock', object: 'chat.completion.chunk', created: 0, model: 'mock' }
    const said = [
      { ...chunk, choices: [{ index: 0, delta: { role: 'assistant', ...delta }, finish_reason: null }] },
      { ...chunk, choices: [{ index: 0, delta: {}, finish_reason: finish }] },
    ]
    response.end(`${said.map((one) => `data: ${JSON.stringify(one)}\n\n`).join('')}data: [DONE]\n\n`)
  }
  return start(
    {
      isTurn: (request) => request.url?.endsWith('/chat/completions') === true,
      results: (body) => list(body['messages']).flatMap(({ role, content }) => (role === 'tool' ? [content] : [])),
      call: (response, { name, input }, index) => {
        const call = { index: 0, id: `call_${index}`, type: 'function', function: { name, arguments: JSON.stringify(input) } }
        stream(response, { tool_calls: [call] }, 'tool_calls')
      },
      done: (response) => stream(response, { content: 'Done.' }, 'stop'),
    },
    calls,
  )
}

/** Gemini's generateContent. */
export function startGeminiModel(...calls: readonly NextCall[]): Promise<MockModel> {
  const stream = (response: ServerResponse, part: object): void => {
    const chunk = {
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
      usageMetadata: { promptTokenCount: 1, candidatesTokenCount: 1, totalTokenCount: 2 },
      modelVersion: 'mock',
    }
    response.end(`data: ${JSON.stringify(chunk)}\r\n\r\n`)
  }
  return start(
    {
      isTurn: (request) => request.url?.includes('streamGenerateContent') === true,
      results: (body) =>
        list(body['contents']).flatMap((content) =>
          list(content['parts']).flatMap((part) => ('functionResponse' in part ? [part['functionResponse']] : [])),
        ),
      call: (response, { name, input }) => stream(response, { functionCall: { name, args: input } }),
      done: (response) => stream(response, { text: 'Done.' }),
    },
    calls,
  )
}

/** Anthropic's messages, as Claude Code speaks them. */
export function startMessagesModel(...calls: readonly NextCall[]): Promise<MockModel> {
  const stream = (response: ServerResponse, block: Record<string, unknown>, delta: object, stopReason: string): void => {
    const message = {
      id: 'msg_mock',
      type: 'message',
      role: 'assistant',
      model: 'mock',
      content: [],
      stop_reason: null,
      stop_sequence: null,
    }
    const events = [
      { type: 'message_start', message: { ...message, usage: { input_tokens: 1, output_tokens: 1 } } },
      { type: 'content_block_start', index: 0, content_block: block },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: stopReason, stop_sequence: null }, usage: { output_tokens: 1 } },
      { type: 'message_stop' },
    ]
    for (const event of events) response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`)
    response.end()
  }
  const done = (response: ServerResponse): void =>
    stream(response, { type: 'text', text: '' }, { type: 'text_delta', text: 'Done.' }, 'end_turn')
  return start(
    {
      isTurn: (request) => request.url?.startsWith('/v1/messages') === true && !request.url.includes('count_tokens'),
      // What the client asks for besides, such as a title, offers no tools.
      results: (body) =>
        list(body['messages']).flatMap(({ content }) =>
          list(content).flatMap((block) => (block['type'] === 'tool_result' ? [block['content']] : [])),
        ),
      offers: (body, { name }) => list(body['tools']).some((tool) => tool['name'] === name),
      call: (response, { name, input }, index) =>
        stream(
          response,
          { type: 'tool_use', id: `toolu_${index}`, name, input: {} },
          { type: 'input_json_delta', partial_json: JSON.stringify(input) },
          'tool_use',
        ),
      done,
    },
    calls,
  )
}

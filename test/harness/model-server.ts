/** A loopback model behind all five model APIs: asks for one tool call, then, told its result, says it is done. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { WebSocketServer } from 'ws'
import type { AddressInfo } from 'node:net'

export interface ModelServer {
  readonly url: string
  /** Bodies of the requests it got, as text. */
  readonly requests: readonly string[]
  close(): Promise<void>
}

interface Call {
  readonly name: string
  readonly input: object
}

const DONE = 'Done.'

export async function startModelServer(call: Call, at = 0): Promise<ModelServer> {
  const requests: string[] = []
  const server = createServer((request, response) => void serve(request, response))

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const text = Buffer.concat(parts).toString('utf8')
    requests.push(text)
    const api = apiOf(request.url ?? '')
    if (api === undefined) return void response.writeHead(404).end()
    const body = JSON.parse(text) as { readonly stream?: boolean }
    const streams = api === 'gemini' ? /stream/i.test(request.url ?? '') : (body.stream ?? api === 'ollama')
    // Whoever was told a result, or was offered no tool, has nothing more to call.
    const told = text.includes('"tool_result"') || /"role":"tool"|"function_call_output"|"functionResponse"/.test(text)
    const answer = ANSWERS[api](told ? undefined : call)
    if (!streams) return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer.whole))
    response.writeHead(200, { 'content-type': api === 'ollama' ? 'application/x-ndjson' : 'text/event-stream' })
    response.end(answer.stream)
  }

  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8')
      requests.push(text)
      const { stream } = ANSWERS.responses(text.includes('"function_call_output"') ? undefined : call)
      for (const [, event = ''] of stream.matchAll(/^data: (.*)$/gm)) socket.send(event)
    })
  })
  await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise(
        (resolve) => (sockets.clients.forEach((socket) => socket.terminate()), server.closeAllConnections(), server.close(() => resolve())),
      ),
  }
}

type Api = 'anthropic' | 'chat' | 'responses' | 'gemini' | 'ollama'

function apiOf(url: string): Api | undefined {
  if (url.includes('/messages')) return 'anthropic'
  if (url.includes('/chat/completions')) return 'chat'
  if (url.includes('/responses')) return 'responses'
  if (/generateContent/i.test(url)) return 'gemini'
  return url.includes('/api/chat') ? 'ollama' : undefined
}

interface Answer {
  readonly whole: object
  readonly stream: string
}

const sse = (events: readonly (readonly [string | undefined, object | string])[]) =>
  events
    .map(
      ([name, data]) =>
        `${name === undefined ? '' : `event: ${name}\n`}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`,
    )
    .join('')

const ANSWERS: Readonly<Record<Api, (call: Call | undefined) => Answer>> = {
  anthropic(call) {
    const block = call === undefined ? { type: 'text', text: DONE } : { type: 'tool_use', id: 'call_1', ...call }
    const reason = call === undefined ? 'end_turn' : 'tool_use'
    const message = {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    }
    const delta =
      call === undefined ? { type: 'text_delta', text: DONE } : { type: 'input_json_delta', partial_json: JSON.stringify(call.input) }
    const events = [
      { type: 'message_start', message: { ...message, content: [], stop_reason: null } },
      { type: 'content_block_start', index: 0, content_block: call === undefined ? { ...block, text: '' } : { ...block, input: {} } },
      { type: 'content_block_delta', index: 0, delta },
      { type: 'content_block_stop', index: 0 },
      { type: 'message_delta', delta: { stop_reason: reason, stop_sequence: null }, usage: { output_tokens: 1 } },
      { type: 'message_stop' },
    ]
    return { whole: { ...message, content: [block], stop_reason: reason }, stream: sse(events.map((event) => [event.type, event])) }
  },
  chat(call) {
    const wire = call && { id: 'call_1', type: 'function', function: { name: call.name, arguments: JSON.stringify(call.input) } }
    const message = wire === undefined ? { role: 'assistant', content: DONE } : { role: 'assistant', content: null, tool_calls: [wire] }
    const reason = wire === undefined ? 'stop' : 'tool_calls'
    const head = { id: 'cc_1', created: 1, model: 'm' }
    const chunk = (delta: object, finish: string | null) =>
      [undefined, { ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: finish }] }] as const
    const delta = wire === undefined ? message : { ...message, tool_calls: [{ index: 0, ...wire }] }
    return {
      whole: { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: reason }] },
      stream: sse([chunk(delta, null), chunk({}, reason), [undefined, '[DONE]']]),
    }
  },
  responses(call) {
    const text = { type: 'output_text', text: DONE, annotations: [] }
    const item =
      call === undefined
        ? { type: 'message', id: 'i_1', role: 'assistant', status: 'completed', content: [text] }
        : {
            type: 'function_call',
            id: 'i_1',
            call_id: 'call_1',
            name: call.name,
            arguments: JSON.stringify(call.input),
            status: 'completed',
          }
    const response = { id: 'resp_1', object: 'response', created_at: 1, model: 'm', status: 'completed', output: [item] }
    const place = { output_index: 0, item_id: 'i_1' }
    const middle =
      call === undefined
        ? [
            { type: 'response.content_part.added', ...place, content_index: 0, part: { ...text, text: '' } },
            { type: 'response.output_text.delta', ...place, content_index: 0, delta: DONE },
          ]
        : [{ type: 'response.function_call_arguments.delta', ...place, delta: JSON.stringify(call.input) }]
    const opened = call === undefined ? { ...item, content: [] } : { ...item, arguments: '' }
    const events = [
      { type: 'response.created', response: { ...response, status: 'in_progress', output: [] } },
      { type: 'response.output_item.added', output_index: 0, item: { ...opened, status: 'in_progress' } },
      ...middle,
      { type: 'response.output_item.done', output_index: 0, item },
      { type: 'response.completed', response },
    ].map((event, at) => ({ ...event, sequence_number: at }))
    return { whole: response, stream: sse(events.map((event) => [event.type, event])) }
  },
  gemini(call) {
    const part =
      call === undefined ? { text: DONE } : { functionCall: { id: 'call_1', name: call.name, args: call.input }, thoughtSignature: 'c2ln' }
    const whole = {
      candidates: [{ content: { role: 'model', parts: [part] }, finishReason: 'STOP', index: 0 }],
      modelVersion: 'm',
      responseId: 'g_1',
    }
    return { whole, stream: sse([[undefined, whole]]) }
  },
  ollama(call) {
    const message = {
      role: 'assistant',
      content: call === undefined ? DONE : '',
      ...(call && { tool_calls: [{ function: { name: call.name, arguments: call.input } }] }),
    }
    const line = { model: 'm', created_at: '2026-01-01T00:00:00Z', message, done: false }
    const last = { ...line, message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }
    return { whole: { ...line, done: true }, stream: [line, last].map((one) => `${JSON.stringify(one)}\n`).join('') }
  },
}

/** One exchange of every model API as it goes over the wire, with a text, a tool call and an end. */
export interface Sample {
  readonly path: string
  readonly type: string
  readonly request: object
  /** A streamed answer, exactly as a server sends it. */
  readonly stream: string
  /** What of the stream may go out before the call is judged. */
  readonly ahead: string
  /** The same answer in one piece. */
  readonly whole: object
  /** Path of the unstreamed request, where it differs. */
  readonly wholePath?: string
}

const TOOL = {
  name: 'run_command',
  description: 'Runs a shell command',
  schema: { type: 'object', properties: { command: { type: 'string' } } },
}
export const COMMAND = 'rm -rf "/tmp/x"\nls — ünïcode'
const ARGUMENTS = JSON.stringify({ command: COMMAND })

const sse = (data: object, name?: string) => `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`

const anthropicHead = [
  sse(
    {
      type: 'message_start',
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'm',
        content: [],
        stop_reason: null,
        usage: { input_tokens: 1, output_tokens: 1 },
      },
    },
    'message_start',
  ),
  sse({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }, 'content_block_start'),
  sse({ type: 'content_block_delta', index: 0, delta: { type: 'signature_delta', signature: 'EqQBCg==' } }, 'content_block_delta'),
  sse({ type: 'content_block_stop', index: 0 }, 'content_block_stop'),
  'event: ping\ndata: {"type": "ping"}\n\n',
  sse({ type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } }, 'content_block_start'),
  sse({ type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'I will clean up.' } }, 'content_block_delta'),
  sse({ type: 'content_block_stop', index: 1 }, 'content_block_stop'),
].join('')
const half = Math.floor(ARGUMENTS.length / 2)

export const SAMPLES: Readonly<Record<string, Sample>> = {
  anthropic: {
    path: '/anthropic/v1/messages',
    type: 'text/event-stream; charset=utf-8',
    request: {
      model: 'm',
      max_tokens: 100,
      stream: true,
      system: 'You help.',
      tools: [{ name: TOOL.name, description: TOOL.description, input_schema: TOOL.schema }],
      messages: [
        { role: 'user', content: 'Clean up.' },
        { role: 'assistant', content: [{ type: 'tool_use', id: 'c0', name: 'read_page', input: {} }] },
        { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'c0', content: [{ type: 'text', text: 'the page' }] }] },
      ],
    },
    ahead: anthropicHead,
    stream: [
      anthropicHead,
      sse(
        { type: 'content_block_start', index: 2, content_block: { type: 'tool_use', id: 'c1', name: TOOL.name, input: {} } },
        'content_block_start',
      ),
      sse({ type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: '' } }, 'content_block_delta'),
      sse(
        { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: ARGUMENTS.slice(0, half) } },
        'content_block_delta',
      ),
      sse(
        { type: 'content_block_delta', index: 2, delta: { type: 'input_json_delta', partial_json: ARGUMENTS.slice(half) } },
        'content_block_delta',
      ),
      sse({ type: 'content_block_stop', index: 2 }, 'content_block_stop'),
      sse({ type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 9 } }, 'message_delta'),
      sse({ type: 'message_stop' }, 'message_stop'),
    ].join(''),
    whole: {
      id: 'msg_1',
      type: 'message',
      role: 'assistant',
      model: 'm',
      content: [
        { type: 'text', text: 'I will clean up.' },
        { type: 'tool_use', id: 'c1', name: TOOL.name, input: { command: COMMAND } },
      ],
      stop_reason: 'tool_use',
      stop_sequence: null,
      usage: { input_tokens: 1, output_tokens: 1 },
    },
  },
  'openai-chat': {
    path: '/openai/v1/chat/completions',
    type: 'text/event-stream',
    request: {
      model: 'm',
      stream: true,
      tools: [{ type: 'function', function: { name: TOOL.name, description: TOOL.description, parameters: TOOL.schema } }],
      messages: [
        { role: 'system', content: 'You help.' },
        { role: 'user', content: [{ type: 'text', text: 'Clean up.' }] },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c0', type: 'function', function: { name: 'read_page', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'c0', content: 'the page' },
      ],
    },
    ahead: [chunk({ role: 'assistant', content: '' }), chunk({ content: 'I will clean up.' })].join(''),
    stream: [
      chunk({ role: 'assistant', content: '' }),
      chunk({ content: 'I will clean up.' }),
      chunk({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: { name: TOOL.name, arguments: '' } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: ARGUMENTS.slice(0, half) } }] }),
      chunk({ tool_calls: [{ index: 0, function: { arguments: ARGUMENTS.slice(half) } }] }),
      chunk({}, 'tool_calls'),
      sse({
        id: 'cc_1',
        object: 'chat.completion.chunk',
        created: 1,
        model: 'm',
        choices: [],
        usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
      }),
      'data: [DONE]\n\n',
    ].join(''),
    whole: {
      id: 'cc_1',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'I will clean up.',
            tool_calls: [{ id: 'c1', type: 'function', function: { name: TOOL.name, arguments: ARGUMENTS } }],
          },
          finish_reason: 'tool_calls',
        },
      ],
    },
  },
  'openai-responses': {
    path: '/openai/v1/responses',
    type: 'text/event-stream; charset=utf-8',
    request: {
      model: 'm',
      stream: true,
      instructions: 'You help.',
      tools: [{ type: 'function', name: TOOL.name, description: TOOL.description, parameters: TOOL.schema }],
      input: [
        { role: 'user', content: [{ type: 'input_text', text: 'Clean up.' }] },
        { type: 'function_call', call_id: 'c0', name: 'read_page', arguments: '{}' },
        { type: 'function_call_output', call_id: 'c0', output: 'the page' },
      ],
    },
    ahead: responsesHead(),
    stream: [
      responsesHead(),
      sse(
        {
          type: 'response.output_item.added',
          sequence_number: 4,
          output_index: 1,
          item: { type: 'function_call', id: 'fc_1', call_id: 'c1', name: TOOL.name, arguments: '', status: 'in_progress' },
        },
        'response.output_item.added',
      ),
      sse(
        { type: 'response.function_call_arguments.delta', sequence_number: 5, output_index: 1, item_id: 'fc_1', delta: ARGUMENTS },
        'response.function_call_arguments.delta',
      ),
      sse(
        {
          type: 'response.function_call_arguments.done',
          sequence_number: 6,
          output_index: 1,
          item_id: 'fc_1',
          name: TOOL.name,
          arguments: ARGUMENTS,
        },
        'response.function_call_arguments.done',
      ),
      sse({ type: 'response.output_item.done', sequence_number: 7, output_index: 1, item: functionCall() }, 'response.output_item.done'),
      sse({ type: 'response.completed', sequence_number: 8, response: responsesAnswer() }, 'response.completed'),
    ].join(''),
    whole: responsesAnswer(),
  },
  gemini: {
    path: '/gemini/v1beta/models/m:streamGenerateContent?alt=sse',
    wholePath: '/gemini/v1beta/models/m:generateContent',
    type: 'text/event-stream',
    request: {
      systemInstruction: { parts: [{ text: 'You help.' }] },
      tools: [{ functionDeclarations: [{ name: TOOL.name, description: TOOL.description, parametersJsonSchema: TOOL.schema }] }],
      contents: [
        { role: 'user', parts: [{ text: 'Clean up.' }] },
        { role: 'model', parts: [{ functionCall: { id: 'c0', name: 'read_page', args: {} } }] },
        { role: 'user', parts: [{ functionResponse: { id: 'c0', name: 'read_page', response: { output: 'the page' } } }] },
      ],
    },
    ahead: sse(geminiAnswer([{ text: 'I will clean up.' }])).replace(/\n\n$/, '\r\n\r\n'),
    stream: [
      sse(geminiAnswer([{ text: 'I will clean up.' }])).replace(/\n\n$/, '\r\n\r\n'),
      sse(
        geminiAnswer([{ functionCall: { id: 'c1', name: TOOL.name, args: { command: COMMAND } }, thoughtSignature: 'AbC+/=' }], 'STOP'),
      ).replace(/\n\n$/, '\r\n\r\n'),
    ].join(''),
    whole: geminiAnswer(
      [
        { text: 'I will clean up.' },
        { functionCall: { id: 'c1', name: TOOL.name, args: { command: COMMAND } }, thoughtSignature: 'AbC+/=' },
      ],
      'STOP',
    ),
  },
  ollama: {
    path: '/ollama/api/chat',
    type: 'application/x-ndjson',
    request: {
      model: 'm',
      stream: true,
      tools: [{ type: 'function', function: { name: TOOL.name, description: TOOL.description, parameters: TOOL.schema } }],
      messages: [
        { role: 'system', content: 'You help.' },
        { role: 'user', content: 'Clean up.' },
        { role: 'assistant', content: '', tool_calls: [{ function: { name: 'read_page', arguments: {} } }] },
        { role: 'tool', tool_name: 'read_page', content: 'the page' },
      ],
    },
    ahead: `${JSON.stringify(ollamaLine('I will clean up.'))}\n`,
    stream: [
      ollamaLine('I will clean up.'),
      {
        ...ollamaLine(''),
        message: { role: 'assistant', content: '', tool_calls: [{ function: { name: TOOL.name, arguments: { command: COMMAND } } }] },
      },
      { ...ollamaLine(''), done: true, done_reason: 'stop' },
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join(''),
    whole: {
      ...ollamaLine(''),
      message: {
        role: 'assistant',
        content: 'I will clean up.',
        tool_calls: [{ function: { name: TOOL.name, arguments: { command: COMMAND } } }],
      },
      done: true,
    },
  },
}

function chunk(delta: object, reason: string | null = null): string {
  return sse({ id: 'cc_1', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, delta, finish_reason: reason }] })
}

function messageItem(): object {
  return {
    type: 'message',
    id: 'm_1',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text: 'I will clean up.', annotations: [] }],
  }
}

function functionCall(): object {
  return { type: 'function_call', id: 'fc_1', call_id: 'c1', name: TOOL.name, arguments: ARGUMENTS, status: 'completed' }
}

function responsesHead(): string {
  return [
    sse(
      { type: 'response.created', sequence_number: 0, response: { id: 'resp_1', object: 'response', status: 'in_progress', output: [] } },
      'response.created',
    ),
    sse(
      {
        type: 'response.output_item.added',
        sequence_number: 1,
        output_index: 0,
        item: { ...messageItem(), status: 'in_progress', content: [] },
      },
      'response.output_item.added',
    ),
    sse(
      {
        type: 'response.output_text.delta',
        sequence_number: 2,
        output_index: 0,
        content_index: 0,
        item_id: 'm_1',
        delta: 'I will clean up.',
      },
      'response.output_text.delta',
    ),
    sse({ type: 'response.output_item.done', sequence_number: 3, output_index: 0, item: messageItem() }, 'response.output_item.done'),
  ].join('')
}

function responsesAnswer(): object {
  return {
    id: 'resp_1',
    object: 'response',
    status: 'completed',
    model: 'm',
    output: [messageItem(), functionCall()],
    usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3 },
  }
}

function geminiAnswer(parts: readonly object[], finishReason?: string): object {
  return {
    candidates: [{ content: { role: 'model', parts }, index: 0, ...(finishReason === undefined ? {} : { finishReason }) }],
    responseId: 'g1',
    modelVersion: 'm',
  }
}

function ollamaLine(content: string): object {
  return { model: 'm', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', content }, done: false }
}

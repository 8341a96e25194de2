import type { JsonObject } from '@assize/kernel'

/** Streams as the providers send them, with all that must come through as it is. */
export interface Recorded {
  readonly dialect: string
  readonly stream: string
  /** In the order in which they are judged. */
  readonly calls: readonly { readonly tool: string; readonly args: JsonObject }[]
  /** Stays, whatever becomes of the calls. */
  readonly untouched: readonly string[]
}

const sse = (data: object, name?: string) => `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`
const typed = (data: { readonly type: string }) => sse(data, data.type)

const WORDS = ['Ich ', 'lese ', 'die „Dateien“ ', '— 日本語 ', '👩‍💻 ', 'a\nb\t', 'done.']
const LIST = { command: 'ls -la — ünïcode "x"', cwd: '/tmp' }
const READ = { path: '/etc/hosts', lines: [1, 2.5, null], deep: { a: [{}] } }
const SIGNATURE = 'EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrzLoky3dl1pkiMOYds+/=='

const delta = (index: number, part: object) => typed({ type: 'content_block_delta', index, delta: part } as { type: string })
const pieces = (value: object, size: number): readonly string[] =>
  JSON.stringify(value).match(new RegExp(`[\\s\\S]{1,${size}}`, 'gu')) ?? []

const anthropicStream = [
  typed({
    type: 'message_start',
    message: { id: 'msg_1', type: 'message', role: 'assistant', content: [], model: 'm', stop_reason: null, usage: { input_tokens: 1 } },
  } as { type: string }),
  typed({ type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } } as { type: string }),
  'event: ping\ndata: {"type": "ping"}\n\n',
  delta(0, { type: 'thinking_delta', thinking: 'Let me look at the tool first.' }),
  delta(0, { type: 'signature_delta', signature: SIGNATURE }),
  typed({ type: 'content_block_stop', index: 0 } as { type: string }),
  typed({ type: 'content_block_start', index: 1, content_block: { type: 'redacted_thinking', data: SIGNATURE } } as { type: string }),
  typed({ type: 'content_block_stop', index: 1 } as { type: string }),
  typed({ type: 'content_block_start', index: 2, content_block: { type: 'text', text: '' } } as { type: string }),
  ...WORDS.map((text) => delta(2, { type: 'text_delta', text })),
  typed({ type: 'content_block_stop', index: 2 } as { type: string }),
  typed({ type: 'content_block_start', index: 3, content_block: { type: 'server_tool_use', id: 's1', name: 'web_search', input: {} } } as {
    type: string
  }),
  delta(3, { type: 'input_json_delta', partial_json: '{"query":"weather"}' }),
  typed({ type: 'content_block_stop', index: 3 } as { type: string }),
  typed({
    type: 'content_block_start',
    index: 4,
    content_block: {
      type: 'web_search_tool_result',
      tool_use_id: 's1',
      content: [{ type: 'web_search_result', url: 'https://a.example', encrypted_content: SIGNATURE }],
    },
  } as { type: string }),
  typed({ type: 'content_block_stop', index: 4 } as { type: string }),
  typed({ type: 'content_block_start', index: 5, content_block: { type: 'tool_use', id: 't1', name: 'list', input: {} } } as {
    type: string
  }),
  delta(5, { type: 'input_json_delta', partial_json: '' }),
  ...pieces(LIST, 7).map((partial_json) => delta(5, { type: 'input_json_delta', partial_json })),
  typed({ type: 'content_block_stop', index: 5 } as { type: string }),
  typed({ type: 'content_block_start', index: 6, content_block: { type: 'tool_use', id: 't2', name: 'read', input: {} } } as {
    type: string
  }),
  ...pieces(READ, 5).map((partial_json) => delta(6, { type: 'input_json_delta', partial_json })),
  typed({ type: 'content_block_stop', index: 6 } as { type: string }),
  typed({ type: 'message_delta', delta: { stop_reason: 'tool_use', stop_sequence: null }, usage: { output_tokens: 20 } } as {
    type: string
  }),
  typed({ type: 'message_stop' }),
].join('')

const chunk = (part: object, reason: string | null = null, index = 0) =>
  sse({
    id: 'cc_1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index, delta: part, logprobs: null, finish_reason: reason }],
  })
const called = (index: number, part: object) => chunk({ tool_calls: [{ index, ...part }] })
const usage = sse({
  id: 'cc_1',
  object: 'chat.completion.chunk',
  choices: [],
  usage: { prompt_tokens: 1, completion_tokens: 2, total_tokens: 3 },
})
const DONE = 'data: [DONE]\n\n'

/** Two calls beside each other, piece by piece in turns, one of them with an input that is no JSON. */
const chatStream = [
  chunk({ role: 'assistant', content: '' }),
  ': keep alive\n\n',
  ...WORDS.map((content) => chunk({ content })),
  called(0, { id: 'c1', type: 'function', function: { name: 'list', arguments: '' } }),
  called(1, { id: 'c2', type: 'custom', custom: { name: 'patch', input: '' } }),
  ...pieces(LIST, 9).map((part) => called(0, { function: { arguments: part } })),
  called(1, { custom: { input: '*** Begin Patch\n' } }),
  called(1, { custom: { input: 'no JSON "at all"' } }),
  chunk({}, 'tool_calls'),
  usage,
  DONE,
].join('')

const legacyStream = [
  chunk({ role: 'assistant', content: null }),
  chunk({ function_call: { name: 'list', arguments: '' } }),
  ...pieces(LIST, 6).map((part) => chunk({ function_call: { arguments: part } })),
  chunk({}, 'function_call'),
  usage,
  DONE,
].join('')

const choicesStream = [
  chunk({ role: 'assistant', content: 'First.' }, null, 0),
  chunk({ role: 'assistant', content: 'Second.' }, null, 1),
  sse({
    id: 'cc_1',
    choices: [
      {
        index: 1,
        delta: { tool_calls: [{ index: 0, id: 'c9', type: 'function', function: { name: 'read', arguments: JSON.stringify(READ) } }] },
      },
    ],
  }),
  chunk({}, 'stop', 0),
  chunk({}, 'tool_calls', 1),
  usage,
  DONE,
].join('')

let number = 0
const event = (type: string, more: object) => sse({ type, sequence_number: number++, ...more }, type)
const shell = { type: 'shell_call', id: 'sh_1', call_id: 'k3', action: { commands: ['ls', 'pwd'], timeout_ms: 5 }, status: 'completed' }
const items = [
  { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: SIGNATURE },
  {
    type: 'message',
    id: 'm_1',
    status: 'completed',
    role: 'assistant',
    content: [{ type: 'output_text', text: WORDS.join(''), annotations: [] }],
  },
  { type: 'function_call', id: 'fc_1', call_id: 'k1', name: 'list', arguments: JSON.stringify(LIST), status: 'completed' },
  { type: 'custom_tool_call', id: 'ct_1', call_id: 'k2', name: 'patch', input: 'free text', status: 'completed' },
  shell,
  { type: 'web_search_call', id: 'ws_1', status: 'completed', action: { type: 'search', query: 'x' } },
]
const responsesStream = [
  event('response.created', { response: { id: 'resp_1', object: 'response', status: 'in_progress', output: [] } }),
  event('response.output_item.added', { output_index: 0, item: { ...items[0], encrypted_content: '' } }),
  event('response.output_item.done', { output_index: 0, item: items[0] }),
  event('response.output_item.added', { output_index: 1, item: { ...items[1], content: [] } }),
  ...WORDS.map((text) =>
    event('response.output_text.delta', { output_index: 1, content_index: 0, item_id: 'm_1', delta: text, logprobs: [] }),
  ),
  event('response.output_item.done', { output_index: 1, item: items[1] }),
  event('response.output_item.added', { output_index: 2, item: { ...items[2], arguments: '', status: 'in_progress' } }),
  ...pieces(LIST, 8).map((text) => event('response.function_call_arguments.delta', { output_index: 2, item_id: 'fc_1', delta: text })),
  event('response.function_call_arguments.done', { output_index: 2, item_id: 'fc_1', arguments: JSON.stringify(LIST) }),
  event('response.output_item.done', { output_index: 2, item: items[2] }),
  event('response.output_item.added', { output_index: 3, item: { ...items[3], input: '', status: 'in_progress' } }),
  event('response.custom_tool_call_input.delta', { output_index: 3, item_id: 'ct_1', delta: 'free text' }),
  event('response.output_item.done', { output_index: 3, item: items[3] }),
  event('response.output_item.added', { output_index: 4, item: { ...shell, status: 'in_progress' } }),
  event('response.output_item.done', { output_index: 4, item: shell }),
  event('response.output_item.added', { output_index: 5, item: items[5] }),
  event('response.web_search_call.searching', { output_index: 5, item_id: 'ws_1' }),
  event('response.output_item.done', { output_index: 5, item: items[5] }),
  event('response.completed', {
    response: { id: 'resp_1', object: 'response', status: 'completed', output: items, usage: { input_tokens: 1 } },
  }),
].join('')

const answered = (parts: readonly object[], more: object = {}) =>
  sse({ candidates: [{ content: { role: 'model', parts }, index: 0, ...more }], responseId: 'g1', modelVersion: 'm' }).replace(
    /\n\n$/,
    '\r\n\r\n',
  )
const geminiStream = [
  answered([{ text: 'thinking', thought: true }]),
  ...WORDS.map((text) => answered([{ text }])),
  answered([{ functionCall: { id: 'f1', name: 'list', args: LIST }, thoughtSignature: SIGNATURE }]),
  answered([{ functionCall: { id: 'f2', name: 'read', args: READ } }], { finishReason: 'STOP' }),
].join('')

const line = (message: object, more: object = {}) =>
  `${JSON.stringify({ model: 'm', created_at: '2026-01-01T00:00:00Z', message: { role: 'assistant', ...message }, done: false, ...more })}\n`
const ollamaStream = [
  line({ content: '', thinking: 'Hm. <tool>' }),
  ...WORDS.map((content) => line({ content })),
  line({ content: '', tool_calls: [{ function: { name: 'list', arguments: LIST } }, { function: { name: 'read', arguments: READ } }] }),
  line({ content: '' }, { done: true, done_reason: 'stop', eval_count: 3 }),
].join('')

const list = { tool: 'list', args: LIST }
const read = { tool: 'read', args: READ }

export const RECORDED: Readonly<Record<string, Recorded>> = {
  'Anthropic, with thoughts and a search of the provider': {
    dialect: 'anthropic',
    stream: anthropicStream,
    calls: [list, read],
    untouched: [JSON.stringify(SIGNATURE), 'Let me look at the tool first.', '{\\"query\\":\\"weather\\"}', 'message_stop'],
  },
  'OpenAI chat, two calls in turns': {
    dialect: 'openai-chat',
    stream: chatStream,
    calls: [list, { tool: 'patch', args: { input: '*** Begin Patch\nno JSON "at all"' } }],
    untouched: ['"total_tokens":3', '[DONE]', ': keep alive'],
  },
  'OpenAI chat, the call of old': {
    dialect: 'openai-chat',
    stream: legacyStream,
    calls: [list],
    untouched: ['"total_tokens":3', '[DONE]'],
  },
  'OpenAI chat, two answers': { dialect: 'openai-chat', stream: choicesStream, calls: [read], untouched: ['First.', 'Second.', '[DONE]'] },
  'OpenAI responses, four kinds of calls': {
    dialect: 'openai-responses',
    stream: responsesStream,
    calls: [
      list,
      { tool: 'patch', args: { input: 'free text' } },
      { tool: 'shell', args: { commands: ['ls', 'pwd'], timeout_ms: 5, command: 'ls\npwd' } },
    ],
    untouched: [JSON.stringify(SIGNATURE), '"ws_1"', '日本語'],
  },
  'Gemini, with a thought': { dialect: 'gemini', stream: geminiStream, calls: [list, read], untouched: ['"thought":true', '日本語'] },
  'Ollama, two calls in a line': {
    dialect: 'ollama',
    stream: ollamaStream,
    calls: [list, read],
    untouched: ['Hm. <tool>', '"eval_count":3'],
  },
}

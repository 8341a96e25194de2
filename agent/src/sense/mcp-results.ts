import type { Context, Event, Json, JsonObject, ToolCall, ToolDefinition } from '@assize/kernel'
import { listOf, objectOf, textOf } from './mcp-protocol.ts'
import {
  allStrings,
  errorText,
  fetchedDefinitions,
  promptText,
  resourcePieces,
  resultSchemas,
  toolDefinitions,
  toolResultText,
} from './mcp-texts.ts'

/** A request whose answer is still to come. */
export interface Pending {
  readonly method: string
  readonly params: JsonObject
  readonly tool: string | undefined
  readonly callId: string | undefined
  readonly decision: string | undefined
  /** Milliseconds since 1970. */
  readonly at: number
}

export interface ResultSink {
  readonly server: string
  readonly emit: (event: Exclude<Event, ToolCall>) => void
  readonly define: (tools: readonly ToolDefinition[], resultSchemas: readonly (readonly [tool: string, schema: Json])[]) => void
  /** Those prompts and resources of a listing that there is room for. */
  readonly room: (offered: readonly ToolDefinition[]) => readonly ToolDefinition[]
  readonly settle: (decision: string, outcome: 'released' | 'failed', detail: JsonObject) => void
  /** Milliseconds since 1970. */
  readonly now: number
}

/** Takes in what a server answered: everything it says is text from outside, errors included. */
export function observeResult(message: JsonObject, pending: Pending | undefined, sink: ResultSink): void {
  const result = objectOf(message['result'])
  const failed = message['error'] !== undefined
  if (pending?.decision !== undefined) {
    const isError = failed || result['isError'] === true
    sink.settle(pending.decision, isError ? 'failed' : 'released', {
      result: isError ? 'error' : 'ok',
      millis: Math.max(0, sink.now - pending.at),
    })
  }
  if (failed) return context(sink, pending, { channel: 'tool_result', text: errorText(objectOf(message['error'])), isError: true })
  if (textOf(result['resultType']) === 'input_required') {
    return context(sink, pending, { channel: 'elicitation', text: allStrings(result['inputRequests']) })
  }
  byMethod(result, pending, sink)
}

function byMethod(result: JsonObject, pending: Pending | undefined, sink: ResultSink): void {
  switch (pending?.method) {
    case 'tools/call':
      return context(sink, pending, {
        channel: 'tool_result',
        text: toolResultText(result),
        ...(result['isError'] === true ? { isError: true } : {}),
      })
    case 'tools/list': {
      const tools = toolDefinitions(result)
      sink.define(tools, resultSchemas(result))
      return sink.emit({ type: 'tools.offered', server: sink.server, tools })
    }
    case 'prompts/list':
      return listing('prompts/get', result, pending, sink)
    case 'resources/list':
      return listing('resources/read', result, pending, sink)
    case 'resources/read':
      for (const { text, origin } of resourcePieces(result))
        context(sink, pending, { channel: 'resource', text, ...(origin === undefined ? {} : { origin }) })
      return
    case 'prompts/get':
      return context(sink, pending, { channel: 'prompt_template', text: promptText(result) })
    case 'initialize':
    case 'server/discover':
      return context(sink, pending, {
        channel: 'prompt_template',
        text: textOf(result['instructions']) ?? '',
        origin: `instructions of ${sink.server}`,
      })
    case 'ping':
    case 'logging/setLevel':
      return
    default:
      // Listings, tasks, extensions and answers nobody asked for: whatever is readable in them is text from outside.
      return context(sink, pending, { channel: 'retrieval', text: listOf(result['roots']).length > 0 ? '' : allStrings(result) })
  }
}

/** What it lists is remembered as it was first described. */
function listing(method: 'prompts/get' | 'resources/read', result: JsonObject, pending: Pending, sink: ResultSink): void {
  const offered = sink.room(fetchedDefinitions(method, result))
  if (offered.length > 0) sink.emit({ type: 'tools.offered', server: sink.server, tools: offered })
  context(sink, pending, { channel: 'retrieval', text: allStrings(result) })
}

function context(sink: ResultSink, pending: Pending | undefined, part: Pick<Context, 'channel' | 'text'> & Partial<Context>): void {
  if (part.text === '') return
  const origin = part.origin ?? originOf(pending)
  sink.emit({
    type: 'context',
    server: sink.server,
    ...(pending?.tool === undefined ? {} : { tool: pending.tool }),
    ...(pending?.callId === undefined ? {} : { callId: pending.callId }),
    ...(origin === undefined ? {} : { origin }),
    ...part,
  })
}

/** Where a text came from, in the words of the request that fetched it. */
function originOf(pending: Pending | undefined): string | undefined {
  if (pending === undefined) return undefined
  const args = objectOf(pending.params['arguments'])
  for (const value of [pending.params['uri'], args['path'], args['file_path'], args['uri'], args['url']]) {
    if (typeof value === 'string' && value !== '') return value.slice(0, 400)
  }
  return undefined
}

/** The gate at Cline's hooks: executable files named after their event. They can refuse, and nothing else. */
import type { Json } from '@assize/kernel'
import { argumentsOf, type HookEvent, type HookTool, NOTHING, originOf, stringsOf } from '../hook-events.ts'
import { type HookPayload, objectOf, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ECHOES: ReadonlySet<string> = new Set(['write_to_file', 'replace_in_file', 'new_rule'])

export const clineHost: HookHost = { facts, read, install }

export const cline = hookGate(clineHost)

function read(payload: HookPayload): HookEvent {
  const { event, value, tool, cwd } = payload
  switch (event) {
    case 'PreToolUse': {
      const parameters = objectOf(value['preToolUse'])['parameters']
      return { kind: 'call', callId: undefined, ...called(tool, parameters), cwd, chain: [], asks: 'later' }
    }
    case 'PostToolUse': {
      const post = objectOf(value['postToolUse'])
      const text = ECHOES.has(tool) ? '' : stringsOf(post['result'])
      const { args, ...name } = called(tool, post['parameters'])
      return { kind: 'result', callId: undefined, ...name, text, origin: originOf(args), failed: post['success'] === false }
    }
    case 'UserPromptSubmit':
      return { kind: 'prompt', text: textOf(objectOf(value['userPromptSubmit'])['prompt']) ?? '', origin: undefined }
    case 'TaskStart':
      return {
        kind: 'prompt',
        text: textOf(objectOf(objectOf(value['taskStart'])['taskMetadata'])['initialTask']) ?? '',
        origin: undefined,
      }
    default:
      return NOTHING
  }
}

/** A call to an MCP server is one to the tool it names. */
function called(tool: string, parameters: Json | undefined): HookTool & { readonly args: ReturnType<typeof argumentsOf> } {
  const args = argumentsOf(parameters)
  const server = textOf(args['server_name'])
  if (tool === 'use_mcp_tool' && server !== undefined)
    return { tool: textOf(args['tool_name']) ?? tool, server, args: argumentsOf(args['arguments']) }
  if (tool === 'access_mcp_resource' && server !== undefined)
    return { tool: 'resources/read', server, args: { uri: textOf(args['uri']) ?? '' } }
  return { tool, args }
}

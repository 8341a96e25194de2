/**
 * The gate at Cline's hooks: executable files named after their event. They can refuse, and nothing else. The extension and the
 * command line tell the same event by different names, so it is known by what it holds.
 */
import type { Json } from '@assize/kernel'
import { argumentsOf, type HookEvent, type HookTool, NOTHING, originOf, stringsOf } from '../hook-events.ts'
import { type HookPayload, objectOf, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

const ECHOES: ReadonlySet<string> = new Set(['write_to_file', 'replace_in_file', 'new_rule', 'editor'])

export const clineHost: HookHost = { facts, read, install }

export const cline = hookGate(clineHost)

function read(payload: HookPayload): HookEvent {
  const { event, value, tool, cwd } = payload
  switch (event) {
    case 'PreToolUse': {
      const parameters = objectOf(value['tool_call'])['input'] ?? objectOf(value['preToolUse'])['parameters']
      const callId = textOf(objectOf(value['tool_call'])['id'])
      return { kind: 'call', callId, ...called(tool, parameters), cwd, chain: chainOf(value), asks: 'later' }
    }
    case 'PostToolUse': {
      const post = objectOf(value['postToolUse'])
      const text = ECHOES.has(tool) ? '' : stringsOf(post['result'])
      const { id, input } = objectOf(value['tool_result'])
      const { args, ...name } = called(tool, input ?? post['parameters'])
      return { kind: 'result', callId: textOf(id), ...name, text, origin: originOf(args), failed: post['success'] === false }
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
  // The command line runs several commands in one call, one after the other.
  const commands = args['commands']
  if (tool === 'run_commands' && Array.isArray(commands))
    return { tool: 'execute_command', args: { command: commands.map((one: Json) => stringsOf(one)).join('\n') } }
  return tool === 'editor' ? { tool: 'edit_file', args } : { tool, args }
}

function chainOf(value: HookPayload['value']): readonly string[] {
  return textOf(value['parent_agent_id']) === undefined ? [] : [textOf(value['agent_id']) ?? 'subagent']
}

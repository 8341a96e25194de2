/** The gate at the hooks of Windsurf, now Devin Desktop. They can refuse, and nothing else. */
import { argumentsOf, type HookEvent, NOTHING, stringsOf } from '../hook-events.ts'
import { type HookPayload, objectOf, textOf } from '../hook-facts.ts'
import { type HookHost, hookGate } from '../hook-gate.ts'
import facts from './host.json' with { type: 'json' }
import { install } from './settings.ts'

export const windsurfHost: HookHost = { facts, read, install }

export const windsurf = hookGate(windsurfHost)

function read(payload: HookPayload): HookEvent {
  const info = objectOf(payload.value['tool_info'])
  const base = { callId: textOf(payload.value['execution_id']), cwd: payload.cwd, chain: [], asks: 'later' } as const
  const mcp = { tool: textOf(info['mcp_tool_name']) ?? 'unknown', server: textOf(info['mcp_server_name']) ?? 'unknown' }
  const file = textOf(info['file_path'])
  switch (payload.event) {
    case 'pre_run_command':
      return { kind: 'call', ...base, tool: 'run_command', args: { command: textOf(info['command_line']) ?? '' } }
    case 'pre_mcp_tool_use':
      return { kind: 'call', ...base, ...mcp, args: argumentsOf(info['mcp_tool_arguments']) }
    case 'pre_write_code':
      return { kind: 'call', ...base, tool: 'multi_edit', args: { ...info, file_path: file ?? '' } }
    case 'pre_read_code':
      return { kind: 'call', ...base, tool: 'read_file', args: { file_path: file ?? '' } }
    case 'pre_user_prompt':
      return { kind: 'prompt', text: textOf(info['user_prompt']) ?? '', origin: undefined }
    case 'post_mcp_tool_use':
      return { kind: 'result', callId: base.callId, ...mcp, text: stringsOf(info['mcp_result']), origin: undefined, failed: false }
    default:
      return NOTHING
  }
}

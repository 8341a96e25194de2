/** What a client is told of a message that is not passed on, in the words of rosbridge. */
import type { JsonObject } from '@assize/kernel'

/** A status for everybody, and the answer that a client waits for where it asked for one. */
export function refusalsOf(value: JsonObject, text: string): readonly string[] {
  const { op, id, service, action } = value
  const about = typeof id === 'string' ? { id } : {}
  const status = { op: 'status', level: 'error', msg: text, ...about }
  if (op === 'call_service') return texts({ op: 'service_response', ...about, service: service ?? '', values: text, result: false }, status)
  // 6: the goal was given up.
  if (op === 'send_action_goal')
    return texts({ op: 'action_result', ...about, action: action ?? '', values: text, status: 6, result: false }, status)
  return texts(status)
}

function texts(...messages: readonly object[]): readonly string[] {
  return messages.map((message) => JSON.stringify(message))
}

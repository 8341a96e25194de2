/** Ollama's own chat: every line is an answer of its own, with whole calls in it. */
import type { JsonObject } from '@assize/kernel'
import { calmOf } from '../calm.ts'
import {
  type AnswerReader,
  type Dialect,
  type Exchange,
  type Held,
  type HeldCall,
  PASS,
  type Settlement,
  type Step,
  type Turn,
} from '../dialect.ts'
import { argumentsOf, definitionOf, objectOf, objectsOf, reasonsOf, textOf } from '../json-shape.ts'
import { functionTools, mendedChoice } from '../offered-tools.ts'
import { ollamaProblem } from '../problems.ts'
import type { StreamEvent } from '../stream-events.ts'

export const ollama: Dialect = {
  name: 'ollama',
  framing: 'ndjson',
  claims: (path) => path.endsWith('/api/chat'),
  read: (body): Exchange => ({
    turns: objectsOf(body['messages']).flatMap(turnsOf),
    tools: objectsOf(body['tools']).flatMap((tool) => {
      const named = objectOf(tool['function']) ?? {}
      return definitionOf(named, named['parameters']) ?? []
    }),
  }),
  whole,
  offered: functionTools,
  mended: mendedChoice,
  spoken: ['messages'],
  problem: ollamaProblem,
  answerId: () => undefined,
  reader: () => new Reader(),
}

/** Its calls have no ids. */
function turnsOf(message: JsonObject): readonly Turn[] {
  const calls = objectsOf(message['tool_calls']).flatMap((call): readonly Turn[] => {
    const { name, arguments: given } = objectOf(call['function']) ?? {}
    const tool = textOf(name)
    return tool === undefined
      ? []
      : [{ role: 'assistant', text: '', tool, given: () => objectOf(given) ?? argumentsOf(textOf(given) ?? '') }]
  })
  return [turnOf(message), ...calls]
}

function turnOf(message: JsonObject): Turn {
  const text = textOf(message['content']) ?? ''
  const tool = textOf(message['tool_name']) ?? textOf(message['name'])
  switch (message['role']) {
    case 'system':
      return { role: 'system', text }
    case 'assistant':
      return { role: 'assistant', text }
    case 'tool':
      return { role: 'tool', text, unread: Array.isArray(message['images']), ...(tool === undefined ? {} : { tool }) }
    default:
      return { role: 'user', text }
  }
}

function whole(answer: JsonObject): Held<JsonObject> {
  const message = objectOf(answer['message']) ?? {}
  const wire = objectsOf(message['tool_calls'])
  const calls = wire.map((call): HeldCall => {
    const body = objectOf(call['function']) ?? {}
    const args = objectOf(body['arguments']) ?? argumentsOf(textOf(body['arguments']) ?? '')
    return { id: textOf(call['id']) ?? '', tool: textOf(body['name']) ?? '', args }
  })
  const rewrite = (settlements: readonly Settlement[]): JsonObject => {
    const left = wire.flatMap((call, index) => {
      const { blocked, args } = settlements[index] ?? {}
      if (blocked !== undefined) return []
      return [args === undefined ? call : { ...call, function: { ...objectOf(call['function']), arguments: args } }]
    })
    const { tool_calls: _calls, ...rest } = message
    const content = [textOf(message['content']) ?? '', reasonsOf(settlements)].filter((text) => text !== '').join('\n\n')
    return { ...answer, message: { ...rest, content, ...(left.length === 0 ? {} : { tool_calls: left }) } }
  }
  return { calls, rewrite }
}

const CALM = calmOf(/\{[^\n]*\n/, ['tool'])

class Reader implements AnswerReader {
  readonly answerId = undefined

  calm(text: string): number {
    return CALM(text)
  }

  take({ body: line }: StreamEvent): Step {
    if (line === undefined) return PASS
    const { calls, rewrite } = whole(line)
    if (calls.length === 0) return PASS
    return { kind: 'judge', calls, rewrite: (settlements) => [Buffer.from(`${JSON.stringify(rewrite(settlements))}\n`)] }
  }

  end(): undefined {
    return undefined
  }
}

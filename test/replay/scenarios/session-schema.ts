/** What a line of a session file and of a decision file must look like. */
import { z } from 'zod'

const event = z.discriminatedUnion('type', [
  z.strictObject({ type: z.enum(['user', 'assistant']), text: z.string().min(1) }),
  z.strictObject({ type: z.literal('tool_call'), call_id: z.string(), tool: z.string(), args: z.record(z.string(), z.json()) }),
  z.strictObject({ type: z.literal('tool_result'), call_id: z.string(), tool: z.string(), text: z.string() }),
])

export const sessionLine = z.strictObject({
  session_id: z.string().regex(/^s-[0-9a-f]{8}$/),
  system: z.string().optional(),
  tools: z.array(
    z.strictObject({
      name: z.string().min(1),
      description: z.string(),
      inputSchema: z.strictObject({
        type: z.literal('object'),
        properties: z.record(z.string(), z.object({ type: z.enum(['string', 'number', 'integer', 'boolean', 'object', 'array']) })),
        required: z.array(z.string()),
      }),
    }),
  ),
  events: z.array(event).min(1),
  suite: z.string(),
  task: z.string(),
  attack: z.string().optional(),
  labels: z.record(z.string(), z.enum(['benign', 'attack', 'preparing'])),
})

export const decisionLine = z.object({
  session_id: z.string(),
  call_id: z.string(),
  verdict: z.enum(['allow', 'redact', 'ask', 'deny', 'quarantine']),
})

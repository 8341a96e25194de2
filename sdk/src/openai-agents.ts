/** The OpenAI Agents SDK: a function tool whose calls are decided before they run. */
import type { Json, JsonObject } from '@assize/kernel'
import type { FunctionTool } from '@openai/agents'
import { CallRefused } from './errors.ts'
import type { Session } from './session.ts'

/**
 * The same tool. A refused call answers the model with the reason, so that it can go on otherwise; without an agent it rejects
 * with `NoDecision`.
 */
export function guardTool<Context>(tool: FunctionTool<Context, never, unknown>, session: Session): FunctionTool<Context, never, unknown>
export function guardTool<Tool extends FunctionTool<never, never, unknown>>(tool: Tool, session: Session): Tool
export function guardTool(tool: FunctionTool<never, never, unknown>, session: Session): FunctionTool<never, never, unknown> {
  return {
    ...tool,
    invoke: async (context, input, details) => {
      try {
        return await session.run(
          { tool: tool.name, args: argsOf(input) },
          async (args) => (await tool.invoke(context, JSON.stringify(args), details)) as Json,
        )
      } catch (error) {
        if (error instanceof CallRefused) return error.message
        throw error
      }
    },
  }
}

/** The framework answers the model by itself where the arguments are no JSON; here they are then one argument. */
function argsOf(input: string): JsonObject {
  try {
    const value = JSON.parse(input) as Json
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject
  } catch {
    // Judged as the text that it is.
  }
  return { input }
}

/** LangChain.js: a tool whose calls are decided before they run. */
import type { Json, JsonObject } from '@assize/kernel'
import { DynamicStructuredTool, type StructuredToolInterface } from '@langchain/core/tools'
import { CallRefused } from './errors.ts'
import type { Session } from './session.ts'

/**
 * A tool of the same name, description and schema. A refused call answers the model with the reason, so that it can go on
 * otherwise; without an agent it rejects with `NoDecision`.
 */
export function guardTool(tool: StructuredToolInterface, session: Session): DynamicStructuredTool {
  const { name, description, schema } = tool
  return new DynamicStructuredTool({
    name,
    description,
    schema: schema as JsonObject,
    func: async (input: unknown): Promise<unknown> => {
      try {
        return await session.run({ tool: name, args: input as JsonObject }, async (args) => (await tool.invoke(args)) as Json)
      } catch (error) {
        if (error instanceof CallRefused) return error.message
        throw error
      }
    },
  })
}

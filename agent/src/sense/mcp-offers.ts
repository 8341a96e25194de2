import type { Json, ToolDefinition } from '@assize/kernel'
import type { Pending } from './mcp-results.ts'

const MOST_DEFINITIONS = 5000
/** Prompts and resources that are remembered as they were described; the kernel has room for some more. */
const MOST_FETCHED = 400
const MOST_TASKS = 1000

/** What one server said to one application of what it offers; several conversations may share it. */
export class Offers {
  readonly definitions = new Map<string, ToolDefinition>()

  /** JSON schemas of structured results, by tool. */
  readonly schemas = new Map<string, Json>()

  /** Calls whose results are fetched later, by the name of their task. Oldest first. */
  readonly tasks = new Map<string, Pending>()
  private readonly fetched = new Set<string>()

  /** Those of the prompts and resources that are known, or that there is still room for. */
  room(offered: readonly ToolDefinition[]): readonly ToolDefinition[] {
    for (const { name } of offered) if (this.fetched.size < MOST_FETCHED) this.fetched.add(name)
    return offered.filter(({ name }) => this.fetched.has(name))
  }

  /** A server began to work on a call and gives its result later. */
  began(task: string, call: Pending): void {
    this.tasks.set(task, { ...call, decision: undefined })
    const oldest = this.tasks.keys().next()
    if (this.tasks.size > MOST_TASKS && !oldest.done) this.tasks.delete(oldest.value)
  }

  define(tools: readonly ToolDefinition[], resultSchemas: readonly (readonly [tool: string, schema: Json])[]): void {
    for (const tool of tools)
      if (this.definitions.size < MOST_DEFINITIONS || this.definitions.has(tool.name)) this.definitions.set(tool.name, tool)
    for (const [tool, schema] of resultSchemas)
      if (this.schemas.size < MOST_DEFINITIONS || this.schemas.has(tool)) this.schemas.set(tool, schema)
  }
}

/** The Vercel AI SDK: tools whose calls are decided before they run. */
import type { JsonObject, Json } from '@assize/kernel'
import type { ToolSet } from 'ai'
import type { Session } from './session.ts'

type Execute = (input: unknown, options: unknown) => unknown

/**
 * The same tools, each call under its decision. A refused one throws a `CallRefused`, which the AI SDK shows the model as that
 * call's error, and what the model may not read of a result is masked. Tools without `execute` run elsewhere and stay as they are.
 */
export function guardTools<Tools extends ToolSet>(tools: Tools, session: Session): Tools {
  const guarded = Object.entries(tools).map(([name, tool]) => {
    const execute = tool.execute as Execute | undefined
    if (execute === undefined) return [name, tool]
    const run: Execute = (input, options) =>
      session.run(
        { tool: name, args: argsOf(input) },
        async (args) => (await whole(execute(isObject(input) ? args : args['input'], options))) as Json,
      )
    return [name, { ...tool, execute: run }]
  })
  return Object.fromEntries(guarded) as Tools
}

function argsOf(input: unknown): JsonObject {
  return isObject(input) ? input : { input: input as Json }
}

function isObject(input: unknown): input is JsonObject {
  return typeof input === 'object' && input !== null && !Array.isArray(input)
}

/** A tool may give its result in pieces; only the last one counts, and none goes on before it was judged. */
async function whole(result: unknown): Promise<unknown> {
  if (typeof result !== 'object' || result === null || !(Symbol.asyncIterator in result)) return result
  let last: unknown
  for await (const piece of result as AsyncIterable<unknown>) last = piece
  return last
}

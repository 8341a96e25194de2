/** Calls that hand a service a text of GraphQL: what a mutation is called is what is done. */
import type { JsonObject } from '../../event/json.ts'

const DOCUMENT_IN = ['query', 'mutation', 'document', 'graphql', 'body', 'operation', 'text'] as const
const MUTATION = /^\s{0,200}mutation\b[^{]{0,2000}\{\s{0,200}(?:\w{1,80}\s{0,20}:\s{0,20})?(\w{1,80})/

/** The first field of the mutation among the arguments, if there is one. */
export function mutationOf(args: JsonObject): string | undefined {
  for (const key of DOCUMENT_IN) {
    const text = args[key]
    const name = typeof text === 'string' ? MUTATION.exec(text.slice(0, 4096))?.[1] : undefined
    if (name !== undefined) return name
  }
  return undefined
}

/** One operation of the island airline's desk, as its dispatcher takes it. */
import type { Json, Step } from '../build.ts'

type Make = (name: string, args: { readonly [key: string]: Json }, result: Json) => Step
type Operation = readonly [op: string, payload: Json]

/** A call of the dispatcher: an operation and its payload as JSON text. */
export function desk(make: Make, [op, payload]: Operation, result: Json): Step {
  return make('desk_run', { op, payload: JSON.stringify(payload) }, result)
}

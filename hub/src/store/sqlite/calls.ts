/** How the main thread asks a store thread. */
export interface StoreCall {
  readonly id: number
  readonly method: string
  readonly args: readonly unknown[]
}

export type StoreReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: string }

export interface StoreThreadData {
  readonly path: string
}

export type Methods = Readonly<Record<string, ((...args: never[]) => unknown) | undefined>>

export function answer(methods: Methods, call: StoreCall): StoreReply {
  const method = Object.hasOwn(methods, call.method) ? methods[call.method] : undefined
  if (method === undefined) return { id: call.id, ok: false, error: `the store has no ${call.method}` }
  try {
    return { id: call.id, ok: true, value: method(...(call.args as never[])) }
  } catch (error) {
    return { id: call.id, ok: false, error: error instanceof Error ? error.message : String(error) }
  }
}

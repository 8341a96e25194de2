import type { CedarEngine } from '@assize/kernel'

/** What the policy engine was asked, by name, and what it answered, in order: whoever has it compiles the same policy without the engine. */
export type Transcript = readonly (readonly [name: string, answer: unknown])[]

/** The engine, with all it says written down. */
export function transcribed(engine: CedarEngine): { readonly engine: CedarEngine; readonly transcript: Transcript } {
  const transcript: [string, unknown][] = []
  const speaking = new Proxy(engine as unknown as Record<string, (...args: unknown[]) => unknown>, {
    get:
      (module, name: string) =>
      (...args: unknown[]) => {
        const answer = module[name]?.(...args)
        transcript.push([name, answer])
        return answer
      },
  })
  return { engine: speaking as unknown as CedarEngine, transcript }
}

/** Compiling is deterministic, so the engine is asked now what it was asked then; anything else is refused as a fault of the engine. */
export function engineOf(transcript: Transcript): CedarEngine {
  let next = 0
  return new Proxy({} as CedarEngine, {
    get: (_, name: string) => () => {
      const said = transcript[next]
      next += 1
      if (said?.[0] !== name) throw new Error(`the policy engine was asked for ${name} out of turn`)
      return said[1]
    },
  })
}

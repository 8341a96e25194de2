import { surroundingsOf } from '../effect/effects-of.ts'
import type { Surroundings } from '../effect/place/path.ts'
import type { Spelling, TargetKind, TracedEffect } from '../effect/traced-effect.ts'
import type { ToolCall } from '../event/event.ts'
import type { Derivation } from '../provenance/derivation.ts'
import type { Evidence } from '../provenance/evidence.ts'
import { trace, type Traced } from '../provenance/provenance.ts'
import type { SessionState } from './situation.ts'

/** Traces values once per call, however many effects ask. */
export class Tracer {
  readonly #evidence: Evidence
  readonly #at: Surroundings
  readonly #known = new Map<string, Traced>()

  constructor(evidence: Evidence, call: ToolCall) {
    this.#evidence = evidence
    this.#at = surroundingsOf(call)
  }

  trace(spelling: Spelling, kind: TargetKind): Traced {
    // Names of arguments have line ends as well: how long one is says where the value begins.
    const key = `${kind} ${spelling.arg.length} ${spelling.arg}\n${spelling.text}`
    let found = this.#known.get(key)
    if (found === undefined) {
      found = trace(this.#evidence, spelling, { kind, at: this.#at })
      this.#known.set(key, found)
    }
    return found
  }

  /** Whether anything at all could have been the origin of a value. */
  get hasOutsideText(): boolean {
    return this.#evidence.read.length > 0 || this.#evidence.forgotten !== undefined
  }

  /** One per argument and value, however many kinds of thing it was taken for: the one that tells most. */
  derivations(): readonly Derivation[] {
    const told = new Map<string, Derivation>()
    for (const { derivation } of this.#known.values()) {
      const key = `${derivation.arg.length} ${derivation.arg}\n${derivation.value}`
      const known = told.get(key)
      if (known === undefined || derivation.sources.length > known.sources.length) told.set(key, derivation)
    }
    return [...told.values()]
  }
}

/** A place calls were let go to before, or that told of itself. */
export function isFamiliar(traced: TracedEffect, session: SessionState, tracer: Tracer): boolean {
  const { host } = traced
  if (host === undefined) return false
  if (session.visited.has(host)) return true
  return traced.target.some((spelling) =>
    tracer.trace(spelling, traced.kind).derivation.sources.some(({ source }) => source.host === host && session.visited.has(host)),
  )
}

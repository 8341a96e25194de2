import type { Certainty, Effect, EffectClass } from './effect.ts'

/** Text as the caller spelled it: what provenance is asked about. */
export interface Spelling {
  /** JSON pointer of the argument it stands in. */
  readonly arg: string
  readonly text: string
}

/** What kind of thing the target is; decides how it is compared with what people and documents say. */
export type TargetKind = 'path' | 'address' | 'recipient' | 'command' | 'name'

/** An effect together with the spellings it was read from. */
export interface TracedEffect {
  readonly effect: Effect
  readonly kind: TargetKind
  /** Spellings of the target. */
  readonly target: readonly Spelling[]
  /** What goes into the target. Absent: every argument that is not the target. */
  readonly payload?: readonly Spelling[]
  /** Host of an address target. */
  readonly host?: string
  readonly hostPrivate?: boolean
  readonly insideWorkspace?: boolean
  /** Only fetches what the address names: nothing of the caller's goes along but the address itself. */
  readonly retrieval?: boolean
}

export interface Traced {
  readonly class: EffectClass
  readonly target: string
  readonly certainty: Certainty
  readonly kind: TargetKind
  readonly spellings: readonly Spelling[]
  readonly detail?: string | undefined
}

/** Longest target kept; longer ones are cut, which a policy can only read as stricter. */
const TARGET_LENGTH = 2048

export function traced(parts: Traced): TracedEffect {
  const { class: effectClass, target, certainty, kind, spellings, detail } = parts
  const [only] = spellings
  // In the order of the record, so that it is written as it stands.
  const effect: Effect = {
    arguments: spellings.length === 1 && only !== undefined ? [only.arg] : [...new Set(spellings.map((spelling) => spelling.arg))],
    certainty,
    class: effectClass,
    ...(detail === undefined ? undefined : { detail }),
    target: target.length > TARGET_LENGTH ? target.slice(0, TARGET_LENGTH) : target,
  }
  return { effect, kind, target: spellings }
}

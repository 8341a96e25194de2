import type { EffectClass } from '../effect/effect.ts'
import type { Limits } from '../event/event.ts'
import type { SequenceRule } from '../sequence/rules.ts'
import type { CompiledRule } from './cedar/rule.ts'
import type { PolicyVersion } from './reason.ts'
import type { Verdict } from './verdict.ts'

/** The module `@cedar-policy/cedar-wasm/nodejs`, handed in: the kernel itself loads no WebAssembly. */
export type CedarEngine = Pick<
  typeof import('@cedar-policy/cedar-wasm/nodejs'),
  'checkParseSchema' | 'schemaToJson' | 'policySetTextToParts' | 'policyToJson' | 'validate'
>

/** A policy folder: relative path with `/` to text. `bundle.yaml`, `schema.cedarschema`, `*.cedar`, `tests/*.yaml`. */
export type PolicyFiles = ReadonlyMap<string, string>

/** The annotations of one Cedar policy, read and checked. */
export interface Rule {
  /** `@id`, unique in the folder. */
  readonly id: string
  readonly effect: 'permit' | 'forbid'
  /** What a person reads first. */
  readonly title: string
  /** What a matching `forbid` leads to; `allow` for a `permit`. */
  readonly verdict: Verdict
  readonly severity: string
  readonly owasp?: string
  readonly atlas?: string
  readonly remedy?: string
  /** What an `ask` becomes when nobody answers in time. */
  readonly fallback: 'allow' | 'deny'
  /** Kinds of findings that a `redact` masks, or families of them; secrets when it does not say. */
  readonly masks?: readonly string[]
  /** File the policy stands in. */
  readonly file: string
}

/** A whole policy folder, compiled. Immutable, so it is swapped by replacing the reference. */
export interface Policy {
  readonly version: PolicyVersion
  readonly description: string
  /** Least agent version that may load it, `1.2.3`. */
  readonly minAgentVersion: string
  /** False: what the rules say is recorded and nothing else comes of it. */
  readonly enforce: boolean
  /** What agents that others hand work to may do at most, by name; under `''` any that is not named. */
  readonly agents: ReadonlyMap<string, Limits>
  /** Rules that speak of several calls; what they find is told to the policies as `sequence.<id>`. */
  readonly sequences: readonly SequenceRule[]
  readonly rules: ReadonlyMap<string, Rule>
  /** For each effect class the policies whose action constraint covers it. */
  readonly slices: ReadonlyMap<EffectClass, readonly CompiledRule[]>
  /** For each effect class the action groups it belongs to. */
  readonly groups: ReadonlyMap<EffectClass, ReadonlySet<string>>
  /** What of results its rules can have a say in. */
  readonly results: ResultScope
  /** What an author should look at, though it stops nothing. */
  readonly warnings: readonly PolicyProblem[]
}

/** `unseen`: only characters that people do not see, so that a text without unusual ones need not be looked at. */
export type ResultScope = 'nothing' | 'unseen' | 'everything'

export type PolicyProblemCode =
  | 'too-large'
  | 'missing-file'
  | 'unknown-file'
  | 'bad-description'
  | 'bad-schema'
  | 'bad-policy'
  | 'bad-annotation'
  | 'bad-sequence'
  | 'unsupported'
  | 'bad-test'
  | 'failed-test'

/** Why a policy folder is refused. */
export interface PolicyProblem {
  readonly code: PolicyProblemCode
  readonly file: string
  /** `@id` of the policy, where there is one. */
  readonly policy?: string
  /** One sentence: what is wrong and how to mend it. */
  readonly text: string
}

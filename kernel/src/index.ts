/** The decision model: what a call would do, where its arguments came from, and whether it may run. Pure; runs anywhere. */
export { authorize, type Authorization, DEFAULT_DENY, ruleOf } from './capability/authorize.ts'
export { compilePolicy, type PolicyCompilation } from './capability/compile-policy.ts'
export type { CedarEngine, Policy, PolicyFiles, PolicyProblem, PolicyProblemCode, Rule } from './capability/policy.ts'
export { type PolicyTestRun, runPolicyTests } from './capability/policy-tests.ts'
export type { PolicyVersion, Reason } from './capability/reason.ts'
export type { EffectContext, EffectRequest } from './capability/request.ts'
export { stricter, type Verdict, VERDICTS } from './capability/verdict.ts'
export type { Counterfactual, CounterfactualChange, Decision, Obligation, Timing } from './decision/decision.ts'
export { CERTAINTY, type Certainty, type Effect, EFFECT_CLASSES, type EffectClass, isConsequential } from './effect/effect.ts'
export type {
  Context,
  Delegation,
  Event,
  Grant,
  GrantGiven,
  HostEvent,
  Prompt,
  Reasoning,
  SystemPrompt,
  ToolCall,
  ToolDefinition,
  ToolsOffered,
} from './event/event.ts'
export type { Json, JsonObject } from './event/json.ts'
export { CONFIDENTIALITY, type Confidentiality, INTEGRITY, type Integrity, type Labels } from './event/labels.ts'
export type { App, Principal } from './event/principal.ts'
export type { Finding } from './finding/finding.ts'
export type { DecisionEntry, DropEntry, Entry, EntryBody, EntryHead, ObservationEntry, OutcomeEntry, StateEntry } from './journal/entry.ts'
export type { Derivation, Source, SourceMatch } from './provenance/derivation.ts'

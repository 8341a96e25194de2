/** The decision model: what a call would do, where its arguments came from, and whether it may run. Pure; runs anywhere. */
export { type BundleFiles, checkFiles, decodePolicyFiles, type FilesCheck, type PolicyFilesReading } from './bundle/check-files.ts'
export {
  bundleSigningInput,
  checkManifest,
  MANIFEST_BYTES,
  manifestBytes,
  type ManifestCheck,
  type ManifestCircumstances,
  type ManifestReading,
  parseManifest,
} from './bundle/check-manifest.ts'
export { basePackOf, composePack } from './bundle/compose-pack.ts'
export { loadPolicyBundle, type PolicyLoading } from './bundle/load-policy-bundle.ts'
export { type BundleManifest, bundleManifestSchema, MODEL_OFFER_BYTES, POLICY_BUNDLE_BYTES } from './bundle/manifest.ts'
export type { Refusal, RefusalCode } from './bundle/refusal.ts'
export { authorize, type Authorization, DEFAULT_DENY, ruleOf } from './capability/authorize.ts'
export { compilePolicy, type PolicyCompilation } from './capability/compile-policy.ts'
export type { CedarEngine, Policy, PolicyFiles, PolicyProblem, PolicyProblemCode, ResultScope, Rule } from './capability/policy.ts'
export { type PolicyTestRun, runPolicyTests } from './capability/policy-tests.ts'
export type { PolicyVersion, Reason } from './capability/reason.ts'
export type { EffectContext, EffectRequest } from './capability/request.ts'
export { stricter, type Verdict, VERDICTS } from './capability/verdict.ts'
export { decide, type DecideInput, type Decided } from './decide.ts'
export { decideResult, type ResultDecided, type ResultInput } from './decide-result.ts'
export { CLEARS, DOUBTS, MODEL_DOUBT } from './decision/advice.ts'
export type { AdviceQuestion } from './decision/advice-question.ts'
export { KERNEL_VERSION, type Open } from './decision/judge.ts'
export { holdsLeak } from './decision/leak.ts'
export { outOfReach, type ToolOffer } from './decision/out-of-reach.ts'
export { withoutSecrets } from './decision/redaction.ts'
export { effectPhrase } from './decision/summary.ts'
export type { Circumstances, Counterfactual, CounterfactualChange, Decision, Obligation, Timing } from './decision/decision.ts'
export { CERTAINTY, type Certainty, type Effect, EFFECT_CLASSES, type EffectClass, isConsequential } from './effect/effect.ts'
export type {
  Conduct,
  Context,
  Delegation,
  Event,
  Grant,
  GrantGiven,
  HostEvent,
  Limits,
  Prompt,
  Reasoning,
  Refused,
  Revoked,
  Standing,
  SystemPrompt,
  ToolCall,
  ToolDefinition,
  ToolsOffered,
} from './event/event.ts'
export type { Json, JsonObject } from './event/json.ts'
export { CONFIDENTIALITY, type Confidentiality, INTEGRITY, type Integrity, type Labels } from './event/labels.ts'
export type { App, Principal } from './event/principal.ts'
export type { Advice } from './finding/advice.ts'
export type { Finding } from './finding/finding.ts'
export { canonicalJson, CanonicalJsonError } from './journal/canonical-json.ts'
export { entryHash, GENESIS_HASH, headSigningInput } from './journal/chain.ts'
export { type Checkpoint, formatCheckpoint, parseCheckpoint } from './journal/checkpoint.ts'
export type { DecisionEntry, DropEntry, Entry, EntryBody, EntryHead, ObservationEntry, OutcomeEntry, StateEntry } from './journal/entry.ts'
export { concatenate, decodeText, encodeText, fromHex, sameOctets, type Sha256, toHex } from './journal/octets.ts'
export { type ChainEntry, type ChainExpectations, type ChainFault, type ChainReport, verifyChain } from './journal/verify-chain.ts'
export type { Derivation, Source, SourceMatch } from './provenance/derivation.ts'
export { explainForPeople } from './explain/explain.ts'
export { valueAt } from './event/leaves.ts'
export { visible } from './event/visible.ts'
export { aged } from './trust/conduct.ts'
export type { Step } from './sequence/step.ts'
export { conductAfter } from './session-course.ts'
export { newestSource } from './newest-source.ts'
export { type Handover, inheritFrom } from './session-lineage.ts'
export { createSession, observe, type Session, sessionDigest, sharedSession } from './session.ts'
export {
  changedState,
  lostSession,
  restoreSession,
  sessionChange,
  type SessionChange,
  sessionSnapshot,
  type SessionSnapshot,
  type SnapshotText,
} from './session-snapshot.ts'

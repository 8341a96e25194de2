/** Distribute: what the hub hands to agents: identities, signed bundles and people's answers. */
export { type ApprovalAnswer, Control } from './control.ts'
export { enrolmentService } from './enrolment.ts'
export { createEnrolToken } from './enrolment-token.ts'
export { type PublishOptions, publishPolicy, publishSigned } from './release/release.ts'
export { type BundleKeys, openBundleKeys } from './signing-keys.ts'
export { builtInPack } from './release/built-in-pack.ts'
export { type ListedRules, RuleLists } from './release/rule-list.ts'

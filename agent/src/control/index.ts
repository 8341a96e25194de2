/** The only way in: enrolment, the certificate, and what the hub may ask for. Everything that comes is checked before it counts. */
export type { ApprovalAnswer, ApprovalQuestion, ApprovalResolution, BundleReport } from './control-messages.ts'
export { ControlLink, type ControlLinkOptions } from './control-link.ts'
export { IdentityKeeper, type IdentityKeeperOptions } from './enrolment/identity-keeper.ts'
export type { Enrolment, Identity } from './enrolment/identity.ts'
export { builtInPack, readPolicyFolder } from './policy-folder.ts'
export { PolicyHolder, type PolicyHolderOptions } from './policy-holder.ts'
export { ModelKeeper } from './models/model-keeper.ts'
export { ModelRunner } from './models/model-runner.ts'

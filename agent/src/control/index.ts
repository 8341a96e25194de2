/** The only way in: enrolment, the certificate, and what the hub may ask for. Everything that comes is checked before it counts. */
export { type ApprovalAnswer, type ApprovalQuestion, type ApprovalResolution, type BundleReport } from './control-messages.ts'
export { ControlLink, type ControlLinkOptions } from './control-link.ts'
export { enrol, type EnrolOptions } from './enrolment/enrol.ts'
export { IdentityKeeper, type IdentityKeeperOptions } from './enrolment/identity-keeper.ts'
export { type Enrolment, type Identity, loadIdentity } from './enrolment/identity.ts'
export { builtInPack, readPolicyFolder } from './policy-folder.ts'
export { PolicyHolder, type PolicyHolderOptions } from './policy-holder.ts'

/** Makes a machine an agent of a hub, and keeps its certificate fresh. */
export { enrol, type EnrolOptions } from './enrol.ts'
export { IdentityKeeper, type IdentityKeeperOptions } from './identity-keeper.ts'
export { type Enrolment, type Identity, loadIdentity } from './identity.ts'
export { parseToken } from './token.ts'

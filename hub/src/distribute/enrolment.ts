import { type sendUnaryData, type ServerUnaryCall, status } from '@grpc/grpc-js'
import { issueAgentCertificate } from '../platform/authority/agent-certificate.ts'
import type { Authority } from '../platform/authority/authority.ts'
import { type CertificateRequest, readCertificateRequest } from '../platform/authority/request.ts'
import type { EventLog } from '../platform/event-log.ts'
import { admit, type Admission } from '../platform/grpc/admission.ts'
import { asGrpcFailure, GrpcFailure } from '../platform/grpc/failure.ts'
import type { GrpcService } from '../platform/grpc/grpc.ts'
import type { Logger } from '../platform/log.ts'
import { newId } from '../platform/secrets.ts'
import type { EnrolmentResult, EnrolTokenRow, Store } from '../store/index.ts'
import { findEnrolToken } from './enrolment-token.ts'
import type { BundleKey } from './signing-keys.ts'
import { type EnrolAnswer, type EnrolQuestion, enrolmentDefinition } from './wire.ts'

export interface EnrolmentOptions {
  readonly store: Store
  readonly authority: Authority
  readonly admission: Admission
  readonly bundleKeys: readonly BundleKey[]
  readonly events: EventLog
  readonly log: Logger
  readonly certificateLifetimeMs: number
}

const REFUSALS: Readonly<Record<Exclude<EnrolmentResult, 'enrolled'>, string>> = {
  'token-used-up': 'the enrolment token has no uses left',
  'token-expired': 'the enrolment token has expired',
  'token-revoked': 'the enrolment token was revoked',
  'key-known': 'the key of the certificate request is already in use by an agent',
}

/** Turns a token and a certificate request into an agent, and later an old certificate into a fresh one. */
export function enrolmentService(options: EnrolmentOptions): GrpcService {
  return {
    definition: enrolmentDefinition,
    implementation: {
      enrol: (call: ServerUnaryCall<EnrolQuestion, EnrolAnswer>, reply: sendUnaryData<EnrolAnswer>) =>
        answer(enrol(options, call.request), { reply, options }),
      rotate: (call: ServerUnaryCall<Uint8Array, Rotated>, reply: sendUnaryData<Rotated>) =>
        answer(rotate(options, call), { reply, options }),
    },
  }
}

interface Rotated {
  readonly certificate: Uint8Array
  readonly caCertificate: Uint8Array
}

function answer<Answer>(work: Promise<Answer>, { reply, options }: { reply: sendUnaryData<Answer>; options: EnrolmentOptions }): void {
  work.then(
    (value) => reply(null, value),
    (error: unknown) => {
      if (!(error instanceof GrpcFailure)) options.log.error({ err: error }, 'enrolment failed')
      const { code, details } = asGrpcFailure(error)
      reply({ code, details })
    },
  )
}

async function enrol(options: EnrolmentOptions, question: EnrolQuestion): Promise<EnrolAnswer> {
  const token = await findEnrolToken(options.store, question.secret)
  if (token === undefined)
    throw await refuse(options, {
      text: 'the enrolment token is not known',
      code: status.UNAUTHENTICATED,
      subject: question.host.hostname,
      tenant: undefined,
    })
  const request = await readRequest(question.certificateRequest)
  const agent = newId('agt')
  const now = options.admission.clock.now()
  const certificate = await issueAgentCertificate(options.authority.issuer, {
    tenant: token.tenant,
    agent,
    request,
    now,
    lifetimeMs: options.certificateLifetimeMs,
  })
  const result = await options.store.write.enrolAgent({
    ...question.host,
    tokenId: token.id,
    tenant: token.tenant,
    agent,
    group: token.group,
    keyHash: request.keyHash,
    at: now,
    certificateExpiresAt: now + options.certificateLifetimeMs,
  })
  if (result !== 'enrolled')
    throw await refuse(options, {
      text: REFUSALS[result],
      code: result === 'key-known' ? status.INVALID_ARGUMENT : status.UNAUTHENTICATED,
      subject: question.host.hostname,
      tenant: token,
    })
  await audit(options, {
    tenant: token.tenant,
    action: 'agent.enrolled',
    subject: agent,
    detail: { hostname: question.host.hostname, token: token.id, group: token.group },
  })
  options.events.publish({ tenant: token.tenant, type: 'agent', data: { id: agent, change: 'enrolled' } })
  return {
    agentId: agent,
    tenant: token.tenant,
    group: token.group,
    certificate,
    caCertificate: options.authority.certificate,
    bundleKeys: options.bundleKeys,
  }
}

async function rotate(options: EnrolmentOptions, call: ServerUnaryCall<Uint8Array, Rotated>): Promise<Rotated> {
  const { tenant, agent } = await admit(call, options.admission)
  const request = await readRequest(call.request)
  const now = options.admission.clock.now()
  const certificate = await issueAgentCertificate(options.authority.issuer, {
    tenant,
    agent,
    request,
    now,
    lifetimeMs: options.certificateLifetimeMs,
  })
  const kept = await options.store.write.rotatedAgent({
    tenant,
    agent,
    keyHash: request.keyHash,
    certificateExpiresAt: now + options.certificateLifetimeMs,
  })
  if (!kept)
    throw new GrpcFailure(
      status.UNAUTHENTICATED,
      'The agent was revoked at the hub. It keeps deciding; ask the administrator for a new enrolment token.',
    )
  await audit(options, { tenant, action: 'agent.rotated', subject: agent, detail: {} })
  return { certificate, caCertificate: options.authority.certificate }
}

async function readRequest(der: Uint8Array): Promise<CertificateRequest> {
  const result = await readCertificateRequest(der)
  if (!result.ok) throw new GrpcFailure(status.INVALID_ARGUMENT, `${result.detail}. No certificate was issued.`)
  return result.request
}

interface Refused {
  readonly text: string
  readonly code: status
  readonly subject: string
  readonly tenant: EnrolTokenRow | undefined
}

async function refuse(options: EnrolmentOptions, { text, code, subject, tenant }: Refused): Promise<GrpcFailure> {
  options.log.warn({ reason: text }, 'enrolment refused')
  // An unknown token belongs to no tenant, so there is nobody's audit log to write to.
  if (tenant !== undefined)
    await audit(options, { tenant: tenant.tenant, action: 'agent.enrolment-refused', subject, detail: { reason: text, token: tenant.id } })
  return new GrpcFailure(
    code,
    `${text}. No certificate was issued; ask the administrator for a new token (\`assize-hub enroll-token create\`).`,
  )
}

interface Note {
  readonly tenant: string
  readonly action: string
  readonly subject: string
  readonly detail: object
}

async function audit(options: EnrolmentOptions, note: Note): Promise<void> {
  const { tenant, action, subject, detail } = note
  await options.store.write.addAudit(tenant, {
    id: newId('aud'),
    at: options.admission.clock.now(),
    actor: 'hub',
    action,
    subject,
    detail: JSON.stringify(detail),
  })
}

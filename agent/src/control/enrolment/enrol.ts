/** Makes a machine an agent of a hub. */
import { X509Certificate } from 'node:crypto'
import { release } from 'node:os'
import { AgentError } from '../../platform/errors.ts'
import { hubChannel } from '../../platform/hub-access.ts'
import type { Platform } from '../../platform/platform.ts'
import { privateDirectory } from '../../platform/private-file.ts'
import { callEnrol, CallFailed, type EnrolAnswer } from '../wire.ts'
import { makeCertificateRequest, pem } from './certificate-request.ts'
import { formatAddress, type HubAddress, parseHubAddress } from './hub-address.ts'
import { type Enrolment, matches, storeIdentity } from './identity.ts'
import { fetchPinnedCa, fingerprintOf, unreachable } from './pinned-ca.ts'
import { type EnrolmentToken, parseToken } from './token.ts'

export interface EnrolOptions {
  /** Where the identity is stored. */
  readonly directory: string
  readonly token: string
  /** Overrides the address in the token. */
  readonly hub?: string
  readonly agentVersion: string
  readonly platform: Platform
  readonly now: () => number
}

/** Makes this machine an agent of a hub. Throws an `AgentError`; then nothing has changed. */
export async function enrol(options: EnrolOptions): Promise<Enrolment> {
  const token = parseToken(options.token)
  const hub = parseHubAddress(options.hub ?? token.address)
  const ca = await fetchPinnedCa(hub, token.fingerprint)
  const request = await makeCertificateRequest()
  const answer = await ask(hub, { ca, token, request: request.der, options })
  const certificate = check(answer, { ca, token, keyPem: request.keyPem, now: options.now() })
  const enrolment: Enrolment = {
    hub: formatAddress(hub),
    tenant: answer.tenant,
    agentId: answer.agentId,
    group: answer.group,
    enrolledAt: new Date(options.now()).toISOString(),
    bundleKeys: answer.bundleKeys.map((key) => ({
      keyId: key.keyId,
      publicKey: Buffer.from(key.publicKey).toString('base64'),
      onHub: key.onHub,
    })),
  }
  const directory = privateDirectory(options.directory, options.platform)
  storeIdentity(directory, {
    enrolment,
    certificatePem: pem('CERTIFICATE', certificate.raw),
    keyPem: request.keyPem,
    caPem: pem('CERTIFICATE', ca.raw),
  })
  return enrolment
}

async function ask(
  hub: HubAddress,
  sending: { ca: X509Certificate; token: EnrolmentToken; request: Uint8Array; options: EnrolOptions },
): Promise<EnrolAnswer> {
  const { ca, token, request, options } = sending
  const { platform } = options
  try {
    return await callEnrol(hubChannel(formatAddress(hub), { ca: pem('CERTIFICATE', ca.raw) }), {
      tokenSecret: token.secret,
      certificateRequest: request,
      host: {
        hostname: platform.hostname,
        platform: platform.os,
        architecture: process.arch,
        osRelease: release(),
        agentVersion: options.agentVersion,
      },
    })
  } catch (error) {
    throw refusal(hub, error)
  }
}

function refusal(hub: HubAddress, error: unknown): AgentError {
  if (!(error instanceof CallFailed)) return unreachable(hub, error)
  switch (error.status) {
    case 'unauthenticated':
    case 'permission-denied':
      return new AgentError(
        'refused',
        `The hub did not accept the token (${error.text}), so this machine is not enrolled and its decisions stay on it. Ask for a new token: \`assize-hub enroll-token create\`.`,
        error,
      )
    case 'invalid-argument':
      return new AgentError(
        'refused',
        `The hub did not accept the request (${error.text}), so this machine is not enrolled. Agent and hub may be of versions that do not fit.`,
        error,
      )
    case 'not-found':
    case 'other':
      return unreachable(hub, error)
  }
}

function check(
  answer: EnrolAnswer,
  expected: { ca: X509Certificate; token: EnrolmentToken; keyPem: string; now: number },
): X509Certificate {
  const wrong = (what: string) =>
    new AgentError(
      'refused',
      `The hub answered with ${what}, so this machine is not enrolled. Nothing was stored; ask whoever runs the hub to look at its log.`,
    )
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(answer.certificate)
    if (fingerprintOf(new X509Certificate(answer.caCertificate)) !== expected.token.fingerprint)
      throw wrong('another certificate authority than the token names')
  } catch (error) {
    throw error instanceof AgentError ? error : wrong('something that is not a certificate')
  }
  if (!matches(certificate, expected.keyPem)) throw wrong('a certificate of another key')
  if (!certificate.verify(expected.ca.publicKey)) throw wrong('a certificate that its own authority did not sign')
  if (answer.tenant !== expected.token.tenant) throw wrong('another tenant than the token names')
  if (!certificate.subjectAltName?.includes(`URI:assize://${answer.tenant}/agent/${answer.agentId}`))
    throw wrong('a certificate of another name')
  return certificate
}

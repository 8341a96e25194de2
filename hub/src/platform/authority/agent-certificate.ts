import { X509Certificate } from 'node:crypto'
import { type Issuer, issueCertificate } from './issue.ts'
import type { CertificateRequest } from './request.ts'
import * as x509 from './x509.ts'

/** Who a client certificate says is calling. */
export interface AgentIdentity {
  readonly tenant: string
  readonly agent: string
  /** SPKI, DER. */
  readonly publicKey: Uint8Array
  /** Milliseconds since 1970. */
  readonly expires: number
}

export type AgentIdentityResult = { readonly ok: true; readonly identity: AgentIdentity } | { readonly ok: false; readonly detail: string }

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
const AGENT_URI = /^URI:assize:\/\/([a-z0-9][a-z0-9-]{0,62})\/agent\/([a-z0-9_]{1,64})$/

export interface AgentCertificateWish {
  readonly tenant: string
  readonly agent: string
  readonly request: CertificateRequest
  /** Milliseconds since 1970. */
  readonly now: number
  readonly lifetimeMs: number
}

/** Issues a client certificate; the identity stands in its URI name and is chosen by the hub alone. Returns DER. */
export async function issueAgentCertificate(issuer: Issuer, wish: AgentCertificateWish): Promise<Uint8Array> {
  const certificate = await issueCertificate(issuer, {
    publicKey: wish.request.publicKey,
    commonName: wish.agent,
    notBefore: wish.now - Math.min(300_000, wish.lifetimeMs),
    notAfter: wish.now + wish.lifetimeMs,
    usage: x509.ExtendedKeyUsage.clientAuth,
    names: [{ type: 'url', value: `assize://${wish.tenant}/agent/${wish.agent}` }],
  })
  return new Uint8Array(certificate.rawData)
}

/** Checks a presented certificate against the trusted roots at the hub's own time. TLS resumption makes no difference here. */
export function readAgentCertificate(der: Uint8Array, trusted: readonly X509Certificate[], now: number): AgentIdentityResult {
  let certificate: X509Certificate
  try {
    certificate = new X509Certificate(der)
  } catch {
    return { ok: false, detail: 'the client certificate cannot be read' }
  }
  const issuer = trusted.find((root) => certificate.checkIssued(root) && certificate.verify(root.publicKey))
  if (issuer === undefined) return { ok: false, detail: 'the client certificate was not issued by this hub' }
  const expires = Date.parse(certificate.validTo)
  if (now >= expires || now >= Date.parse(issuer.validTo)) return { ok: false, detail: 'the client certificate has expired' }
  if (now < Date.parse(certificate.validFrom)) return { ok: false, detail: 'the client certificate is not valid yet; the clocks differ' }
  const name = AGENT_URI.exec(certificate.subjectAltName ?? '')
  if (certificate.ca || !certificate.keyUsage?.includes(CLIENT_AUTH) || name === null)
    return { ok: false, detail: 'the certificate does not belong to an agent' }
  const publicKey = new Uint8Array(certificate.publicKey.export({ format: 'der', type: 'spki' }))
  return { ok: true, identity: { tenant: name[1] ?? '', agent: name[2] ?? '', publicKey, expires } }
}

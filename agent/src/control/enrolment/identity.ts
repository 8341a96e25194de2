import { createPrivateKey, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { AgentError, messageOf } from '../../platform/errors.ts'
import { type HubAccess, hubChannel } from '../../platform/hub-access.ts'
import { writePrivateFile } from '../../platform/private-file.ts'

const enrolmentSchema = z.object({
  hub: z.string(),
  tenant: z.string(),
  agentId: z.string(),
  group: z.string(),
  /** ISO 8601. */
  enrolledAt: z.string(),
  bundleKeys: z.array(z.object({ keyId: z.string(), publicKey: z.string(), onHub: z.boolean() })),
})
/** What `identity/enrolment.json` says. */
export type Enrolment = z.infer<typeof enrolmentSchema>

/** Who this machine is to its hub. */
export interface Identity {
  readonly enrolment: Enrolment
  readonly certificate: X509Certificate
  readonly certificatePem: string
  readonly keyPem: string
  readonly caPem: string
}

const FILES = {
  key: 'key.pem',
  certificate: 'cert.pem',
  ca: 'ca.pem',
  enrolment: 'enrolment.json',
  nextKey: 'key.next.pem',
  nextCertificate: 'cert.next.pem',
} as const

/** Reads the identity; nothing when the machine is not enrolled. Throws an `AgentError` when the files do not fit together. */
export function loadIdentity(directory: string): Identity | undefined {
  const at = (name: string) => join(directory, name)
  if (!existsSync(at(FILES.enrolment))) return undefined
  try {
    finishReplacement(directory)
    const identity = read(directory)
    if (!matches(identity.certificate, identity.keyPem)) throw new Error('the certificate is not of the key')
    return identity
  } catch (error) {
    throw new AgentError(
      'refused',
      `The identity in \`${directory}\` cannot be used (${messageOf(error)}). Decisions go on and are recorded, but nothing reaches the hub; enrol again with \`assize enroll\`.`,
      error,
    )
  }
}

/** Stores a first or repeated enrolment. `enrolment.json` comes last: it is what says that the rest is whole. */
export function storeIdentity(directory: string, identity: Omit<Identity, 'certificate'>): void {
  rmSync(join(directory, FILES.enrolment), { force: true })
  dropReplacement(directory)
  writePrivateFile(join(directory, FILES.key), identity.keyPem)
  writePrivateFile(join(directory, FILES.certificate), identity.certificatePem)
  writePrivateFile(join(directory, FILES.ca), identity.caPem)
  writePrivateFile(join(directory, FILES.enrolment), `${JSON.stringify(identity.enrolment, undefined, 2)}\n`)
}

/** Puts a replacement beside the certificate in use. */
export function storeReplacement(directory: string, replacement: { readonly keyPem: string; readonly certificatePem: string }): void {
  writePrivateFile(join(directory, FILES.nextKey), replacement.keyPem)
  writePrivateFile(join(directory, FILES.nextCertificate), replacement.certificatePem)
}

/** Lets the replacement take over, once it has been seen to work. A crash half-way is mended at the next load. */
export function adoptReplacement(directory: string): void {
  renameSync(join(directory, FILES.nextKey), join(directory, FILES.key))
  renameSync(join(directory, FILES.nextCertificate), join(directory, FILES.certificate))
}

export function dropReplacement(directory: string): void {
  rmSync(join(directory, FILES.nextKey), { force: true })
  rmSync(join(directory, FILES.nextCertificate), { force: true })
}

/** What the stages need to speak to the hub as this identity. */
export function accessOf(identity: Identity): HubAccess {
  const key = createPrivateKey(identity.keyPem)
  return {
    ...hubChannel(identity.enrolment.hub, { ca: identity.caPem, key: identity.keyPem, certificate: identity.certificatePem }),
    tenant: identity.enrolment.tenant,
    agentId: identity.enrolment.agentId,
    certificateExpiresAt: Date.parse(identity.certificate.validTo),
    sign: (bytes) => sign('sha256', bytes, key),
  }
}

/** True when the certificate is of this key. */
export function matches(certificate: X509Certificate, keyPem: string): boolean {
  return spki(certificate.publicKey).equals(spki(createPublicKey(keyPem)))
}

function read(directory: string): Identity {
  const text = (name: string) => readFileSync(join(directory, name), 'utf8')
  const certificatePem = text(FILES.certificate)
  return {
    enrolment: enrolmentSchema.parse(JSON.parse(text(FILES.enrolment))),
    certificate: new X509Certificate(certificatePem),
    certificatePem,
    keyPem: text(FILES.key),
    caPem: text(FILES.ca),
  }
}

function finishReplacement(directory: string): void {
  const nextCertificate = join(directory, FILES.nextCertificate)
  if (!existsSync(nextCertificate) || existsSync(join(directory, FILES.nextKey))) return
  const keyPem = readFileSync(join(directory, FILES.key), 'utf8')
  if (matches(new X509Certificate(readFileSync(nextCertificate)), keyPem)) renameSync(nextCertificate, join(directory, FILES.certificate))
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

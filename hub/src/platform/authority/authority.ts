/** The hub's own certificate authority: who the hub is to agents, and who agents are to the hub. */
import { X509Certificate as NodeCertificate, type webcrypto } from 'node:crypto'
import type { Clock } from '../platform.ts'
import { HubError } from '../errors.ts'
import { sha256Hex } from '../secrets.ts'
import { readIfThere, type StateDirectory, writePrivateFile } from '../state-directory.ts'
import { issueCertificate, type Issuer, newKeys, P256 } from './issue.ts'
import * as x509 from './x509.ts'

export interface Authority {
  /** CA certificate, DER; agents pin its SHA-256. */
  readonly certificate: Uint8Array
  /** SHA-256 of the CA certificate's DER, lower-case hex. */
  readonly fingerprint: string
  /** Every CA certificate whose agents may connect: the active one, and older ones while they are being replaced. */
  readonly trusted: readonly NodeCertificate[]
  readonly issuer: Issuer
}

export interface ServerIdentity {
  /** Leaf first, then the CA, PEM. */
  readonly certificate: Buffer
  readonly privateKey: Buffer
  /** Milliseconds since 1970. */
  readonly expires: number
}

const DAY = 86_400_000
const CA_DAYS = 3650
const SERVER_DAYS = 30

/** Opens the authority in `ca/`, making its root on the first start. `ca/trusted-*.pem` hold roots that are being replaced. */
export async function openAuthority(state: StateDirectory, clock: Clock): Promise<Authority> {
  const certificatePem = readIfThere(state.file('ca', 'certificate.pem'))
  const keyPem = readIfThere(state.file('ca', 'key.pem'))
  if (certificatePem === undefined && keyPem === undefined) return createRoot(state, clock)
  if (certificatePem === undefined || keyPem === undefined) throw broken('half of it is missing')
  try {
    const certificate = new x509.X509Certificate(certificatePem)
    const keys = { privateKey: await importKey(keyPem), publicKey: await certificate.publicKey.export(P256, ['verify']) }
    return authorityOf({ certificate, keys }, olderRoots(state))
  } catch (cause) {
    throw broken('it cannot be read', cause)
  }
}

async function createRoot(state: StateDirectory, clock: Clock): Promise<Authority> {
  const keys = await newKeys()
  const now = clock.now()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: 'CN=Assize hub CA',
    keys,
    notBefore: new Date(now - DAY),
    notAfter: new Date(now + CA_DAYS * DAY),
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  })
  writePrivateFile(
    state.file('ca', 'key.pem'),
    x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY'),
  )
  writePrivateFile(state.file('ca', 'certificate.pem'), certificate.toString('pem'))
  return authorityOf({ certificate, keys }, [])
}

function authorityOf(issuer: Issuer, older: readonly NodeCertificate[]): Authority {
  const certificate = new Uint8Array(issuer.certificate.rawData)
  return { certificate, fingerprint: sha256Hex(certificate), trusted: [new NodeCertificate(certificate), ...older], issuer }
}

function olderRoots(state: StateDirectory): readonly NodeCertificate[] {
  const pem = readIfThere(state.file('ca', 'trusted.pem'))
  return (pem?.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? []).map((one) => new NodeCertificate(one))
}

async function importKey(pem: string): Promise<webcrypto.CryptoKey> {
  return crypto.subtle.importKey('pkcs8', x509.PemConverter.decodeFirst(pem), P256, true, ['sign'])
}

function broken(what: string, cause?: unknown): HubError {
  return new HubError(
    {
      code: 'authority-unreadable',
      status: 500,
      detail: `The hub's certificate authority in \`ca/\` cannot be opened: ${what}.`,
      protection: 'Agents keep deciding and keep their records; they cannot reach this hub.',
      remedy: 'Restore `ca/certificate.pem` and `ca/key.pem` from a backup, or enrol every agent again with a fresh state directory.',
    },
    cause,
  )
}

/** A fresh key and certificate for the hub's own listeners, for the given names and addresses. */
export async function issueServerIdentity(authority: Authority, names: readonly string[], clock: Clock): Promise<ServerIdentity> {
  const keys = await newKeys()
  const expires = clock.now() + SERVER_DAYS * DAY
  const leaf = await issueCertificate(authority.issuer, {
    publicKey: keys.publicKey,
    commonName: 'Assize hub',
    notBefore: clock.now() - DAY,
    notAfter: expires,
    usage: x509.ExtendedKeyUsage.serverAuth,
    names: names.map((name) => ({ type: /^[\d.]+$|:/.test(name) ? ('ip' as const) : ('dns' as const), value: name })),
  })
  const privateKey = x509.PemConverter.encode(await crypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')
  return {
    certificate: Buffer.from(`${leaf.toString('pem')}\n${authority.issuer.certificate.toString('pem')}\n`),
    privateKey: Buffer.from(privateKey),
    expires,
  }
}

import { webcrypto } from 'node:crypto'

export interface CertificateRequest {
  /** PKCS#8, PEM. Stays on this machine. */
  readonly keyPem: string
  /** PKCS#10, DER. */
  readonly der: Uint8Array
}

/** Makes a P-256 key pair and a signing request for it. The names in the request mean nothing: the hub decides them. */
export async function makeCertificateRequest(): Promise<CertificateRequest> {
  // Loaded only here: needed once in a certificate's life, and large.
  await import('reflect-metadata')
  const { Pkcs10CertificateRequestGenerator } = await import('@peculiar/x509')
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = (await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair
  const request = await Pkcs10CertificateRequestGenerator.create({ name: 'CN=assize-agent', keys, signingAlgorithm: algorithm })
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return { keyPem: pem('PRIVATE KEY', pkcs8), der: new Uint8Array(request.rawData) }
}

export function pem(label: string, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}

import type { webcrypto } from 'node:crypto'
import * as x509 from './x509.ts'

export const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const

export interface Issuer {
  readonly certificate: x509.X509Certificate
  readonly keys: webcrypto.CryptoKeyPair
}

export interface CertificateWish {
  readonly publicKey: x509.PublicKeyType
  readonly commonName: string
  /** Milliseconds since 1970. */
  readonly notBefore: number
  readonly notAfter: number
  readonly usage: x509.ExtendedKeyUsage
  readonly names: readonly { readonly type: 'dns' | 'ip' | 'url'; readonly value: string }[]
}

export async function newKeys(): Promise<webcrypto.CryptoKeyPair> {
  return crypto.subtle.generateKey(P256, true, ['sign', 'verify'])
}

/** Issues a leaf. Everything in it comes from the wish; nothing a requester asked for is copied. */
export async function issueCertificate(issuer: Issuer, wish: CertificateWish): Promise<x509.X509Certificate> {
  const end = Math.min(wish.notAfter, issuer.certificate.notAfter.getTime())
  return x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [wish.commonName] }],
    issuer: issuer.certificate.subjectName,
    notBefore: new Date(wish.notBefore),
    notAfter: new Date(end),
    publicKey: wish.publicKey,
    signingKey: issuer.keys.privateKey,
    signingAlgorithm: { name: 'ECDSA', hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([wish.usage], false),
      new x509.SubjectAlternativeNameExtension(wish.names.map((name) => ({ type: name.type, value: name.value }))),
      await x509.AuthorityKeyIdentifierExtension.create(issuer.certificate),
    ],
  })
}

/** 16 random bytes, positive and without a leading zero byte. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[0] = ((bytes[0] ?? 0) & 0x3f) | 0x40
  return Buffer.from(bytes).toString('hex')
}

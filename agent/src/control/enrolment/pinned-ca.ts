import { X509Certificate } from 'node:crypto'
import { connect, type DetailedPeerCertificate } from 'node:tls'
import { isIP } from 'node:net'
import { AgentError } from '../../platform/errors.ts'
import { formatAddress, type HubAddress } from './hub-address.ts'

const CONNECT_MS = 10_000
/** Longest certificate chain that is looked at. */
const CHAIN = 8

/**
 * Asks the hub for its certificates, sends nothing, and returns the CA whose fingerprint the token vouches for.
 * Throws an `AgentError` when the hub cannot be reached or shows another CA.
 */
export async function fetchPinnedCa(hub: HubAddress, fingerprint: string): Promise<X509Certificate> {
  const chain = await presentedChain(hub)
  const ca = chain.find((certificate) => fingerprintOf(certificate) === fingerprint)
  if (ca) return ca
  throw new AgentError(
    'refused',
    `The hub at ${formatAddress(hub)} is not the one this token was made for: its certificate authority has another fingerprint. Nothing was sent and this machine is not enrolled. Check the address, and ask for a new token if the hub was set up again.`,
  )
}

/** SHA-256 of the certificate, lower-case hex. */
export function fingerprintOf(certificate: X509Certificate): string {
  return certificate.fingerprint256.replaceAll(':', '').toLowerCase()
}

function presentedChain(hub: HubAddress): Promise<readonly X509Certificate[]> {
  return new Promise((resolve, reject) => {
    // Nothing is trusted here and nothing is sent: the chain is only looked at. The connection that carries the secret is verified.
    const socket = connect({
      host: hub.host,
      port: hub.port,
      rejectUnauthorized: false,
      ALPNProtocols: ['h2'],
      ...(isIP(hub.host) ? {} : { servername: hub.host }),
    })
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('no answer within ten seconds')))
    socket.once('error', (error) => reject(unreachable(hub, error)))
    socket.once('secureConnect', () => {
      const chain = walk(socket.getPeerCertificate(true))
      socket.destroy()
      resolve(chain)
    })
  })
}

function walk(leaf: DetailedPeerCertificate): readonly X509Certificate[] {
  const found: X509Certificate[] = []
  const seen = new Set<string>()
  for (let next: DetailedPeerCertificate | undefined = leaf; next?.raw && found.length < CHAIN; next = next.issuerCertificate) {
    if (seen.has(next.fingerprint256)) break
    seen.add(next.fingerprint256)
    found.push(new X509Certificate(next.raw))
  }
  return found
}

export function unreachable(hub: HubAddress, cause: unknown): AgentError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new AgentError(
    'unreachable',
    `The hub at ${formatAddress(hub)} cannot be reached (${why}), so this machine is not enrolled. Check the address and that the hub runs, then try again; the token is still good.`,
    cause,
  )
}

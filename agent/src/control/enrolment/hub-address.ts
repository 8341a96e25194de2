import { AgentError } from '../../platform/errors.ts'

const DEFAULT_PORT = 7301

export interface HubAddress {
  readonly host: string
  readonly port: number
}

/** Reads `host`, `host:port`, `[v6]:port` or a URL of the hub's gRPC endpoint. Throws an `AgentError`. */
export function parseHubAddress(text: string): HubAddress {
  try {
    const url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text.replace(/^[a-z0-9+.-]+:/i, 'http:') : `http://${text}`)
    // The scheme is replaced before parsing, so port 80 is the only one that URL would leave out.
    const port = url.port === '' ? (/:80(\/|$)/.test(text) ? 80 : DEFAULT_PORT) : Number(url.port)
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (host === '' || url.username !== '' || port === 0) throw new Error('no host')
    return { host, port }
  } catch {
    throw new AgentError(
      'usage',
      `\`${text}\` is not a hub address, so nothing was sent. Give the hub's agent endpoint, such as \`hub.example.com:${DEFAULT_PORT}\`.`,
    )
  }
}

export function formatAddress(address: HubAddress): string {
  return `${address.host.includes(':') ? `[${address.host}]` : address.host}:${address.port}`
}

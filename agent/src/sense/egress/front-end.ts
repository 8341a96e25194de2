/** Asks the agent whether a program may connect to a host. Never rejects; no answer is a no. */
import { messageOf } from '../../platform/errors.ts'
import { connectAgent } from '../../platform/local-api/client.ts'
import { FRAME } from '../../platform/local-api/frame.ts'
import type { Platform } from '../../platform/platform.ts'

export const EGRESS = 'egress'

/** Name of the call that a connection is judged as. */
const CONNECT = 'network.connect'
/** No person is waited for longer. */
const MOST_WAIT_MS = 600_000

export interface EgressOptions {
  readonly state: string
  readonly platform: Platform
  readonly cwd: string
  /** The program that connects, as people know it. */
  readonly app: string
  /** Milliseconds for an answer that needs no person. */
  readonly deadline: number
  /** Told when a person is asked. */
  readonly asking: (text: string) => void
}

export interface Destination {
  readonly host: string
  readonly port: number
}

/** Why a connection is not made; undefined when it may be. */
export async function refusedEgress(options: EgressOptions, destination: Destination): Promise<string | undefined> {
  const silence = Promise.withResolvers<never>()
  // It may break before anybody waits for it: while the agent is still being reached.
  silence.promise.catch(() => undefined)
  const timer = setTimeout(() => silence.reject(new Error('it did not answer in time')), options.deadline)
  try {
    const link = await connectAgent({
      ...options,
      role: EGRESS,
      claims: { app: options.app },
      onFrame: ({ type, header }) => {
        if (type !== FRAME.asking) return
        clearTimeout(timer)
        options.asking(String(header['text']))
      },
    })
    try {
      const question = Buffer.from(JSON.stringify({ tool: CONNECT, args: { url: addressOf(destination) } }))
      const { header, payload } = await Promise.race([link.intercept({ from: 'host' }, question, MOST_WAIT_MS), silence.promise])
      if (header['action'] === 'pass') return undefined
      return payload.length > 0 ? payload.toString('utf8') : 'Blocked by Assize: the connection could not be judged.'
    } finally {
      link.close()
    }
  } catch (error) {
    return `Blocked by Assize: nobody could decide about the connection to ${destination.host}. ${messageOf(error)}`
  } finally {
    clearTimeout(timer)
  }
}

/** What runs over a port is a guess, and only the scheme of an address. */
function addressOf({ host, port }: Destination): string {
  const scheme = port === 80 ? 'http' : port === 22 ? 'ssh' : 'https'
  const written = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host
  return `${scheme}://${written}:${port}/`
}

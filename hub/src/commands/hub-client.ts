import { request as httpRequest } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { HubError } from '../platform/errors.ts'
import { readIfThere, type StateDirectory } from '../platform/state-directory.ts'
import { readRuntime } from './offline.ts'

/** A hub that answers: the one on this machine, or the one that ASSIZE_HUB and ASSIZE_TOKEN name. */
export interface HubClient {
  readonly url: string
  /** Sends JSON, returns JSON. Throws the problem the hub answered with. */
  post(path: string, body: unknown): Promise<unknown>
  get(path: string): Promise<unknown>
}

const TIMEOUT_MS = 60_000

/** Undefined when no hub runs on this machine and none is named. */
export function findHub(state: StateDirectory): HubClient | undefined {
  const url = process.env['ASSIZE_HUB'] ?? readRuntime(state)?.console
  const token = process.env['ASSIZE_TOKEN'] ?? readIfThere(state.file('local.token'))
  if (url === undefined || token === undefined) return undefined
  const ca = readIfThere(state.file('ca', 'certificate.pem'))
  const at = (path: string) => ({ url: new URL(path, url), token, ca })
  return { url, post: (path, body) => send(at(path), JSON.stringify(body)), get: (path) => send(at(path), undefined) }
}

interface Target {
  readonly url: URL
  readonly token: string
  readonly ca: string | undefined
}

function send({ url, token, ca }: Target, body: string | undefined): Promise<unknown> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest
  return new Promise((resolve, reject) => {
    const call = request(
      url,
      {
        method: body === undefined ? 'GET' : 'POST',
        timeout: TIMEOUT_MS,
        ...(ca === undefined ? {} : { ca }),
        headers: {
          ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          authorization: `Bearer ${token}`,
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => settle(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8')))
      },
    )
    const settle = (status: number, text: string) => {
      const value = parse(text)
      if (status < 400) resolve(value)
      else reject(problemFrom(status, value))
    }
    call.on('timeout', () => call.destroy(new Error('no answer')))
    call.on('error', (cause) =>
      reject(
        new HubError(
          {
            code: 'unreachable',
            status: 503,
            detail: `The hub at ${url.origin} cannot be reached.`,
            protection: 'Nothing was changed; agents keep deciding.',
            remedy: 'Check that `assize-hub serve` is running.',
          },
          cause,
        ),
      ),
    )
    call.end(body)
  })
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function problemFrom(status: number, value: unknown): HubError {
  const told = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const text = (name: string) => (typeof told[name] === 'string' ? told[name] : undefined)
  const protection = text('protection')
  const remedy = text('remedy')
  return new HubError({
    code: text('type')?.split(':').at(-1) ?? 'refused',
    status,
    detail: text('detail') ?? `The hub answered with status ${status}.`,
    ...(protection === undefined ? {} : { protection }),
    ...(remedy === undefined ? {} : { remedy }),
  })
}

import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { currentPlatform } from '../../platform/platform.ts'
import type { Listening } from '../listening-gate.ts'
import { ScriptedHost } from '../scripted-host.fixture.ts'
import { modelApi, modelApiConfigSchema } from './index.ts'

export interface Got {
  readonly status: number
  readonly body: string
  readonly headers: IncomingMessage['headers']
}

export type AnswerWith = (request: IncomingMessage, response: ServerResponse, body: string) => void

/** A gateway before a model server that answers as told and remembers what reached it. */
export class GatewayBed {
  readonly host = new ScriptedHost()
  readonly received: { readonly url: string; readonly headers: IncomingMessage['headers']; readonly body: string }[] = []
  readonly upstream: Server
  answerWith: AnswerWith = (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
  gateway!: Listening

  constructor() {
    this.upstream = createServer((incoming, response) => {
      const parts: Buffer[] = []
      incoming.on('data', (part: Buffer) => parts.push(part))
      incoming.on('end', () => {
        const body = Buffer.concat(parts).toString('utf8')
        this.received.push({ url: incoming.url ?? '', headers: incoming.headers, body })
        this.answerWith(incoming, response, body)
      })
    })
  }

  static async open(config: object = {}): Promise<GatewayBed> {
    const bed = new GatewayBed()
    await new Promise<void>((resolve) => bed.upstream.listen(0, '127.0.0.1', resolve))
    const { port } = bed.upstream.address() as AddressInfo
    const upstreams = Object.fromEntries(
      ['openai', 'anthropic', 'gemini', 'ollama', 'llama'].map((name) => [name, `http://127.0.0.1:${port}`]),
    )
    bed.gateway = await modelApi(modelApiConfigSchema.parse({ port: 0, upstreams, ...config })).listen(bed.host, currentPlatform())
    return bed
  }

  async close(): Promise<void> {
    await this.gateway.close()
    this.upstream.closeAllConnections()
    await new Promise((resolve) => this.upstream.close(resolve))
  }

  /** The request as the model server got it. */
  get last(): unknown {
    return JSON.parse(this.received.at(-1)?.body ?? 'null')
  }

  send(path: string, body: string | Buffer | object, headers: Readonly<Record<string, string>> = {}): Promise<Got> {
    return new Promise((resolve, reject) => {
      const { hostname, port } = new URL(this.gateway.address ?? '')
      const options = { hostname, port, path, method: 'POST', headers: { 'content-type': 'application/json', ...headers } }
      const question = request(options, (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8'), headers: response.headers }),
        )
        response.on('error', reject)
      })
      question.on('error', reject)
      question.end(typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body))
    })
  }
}

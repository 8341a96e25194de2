import { Agent, type IncomingMessage, request } from 'node:http'

/** A raw MCP client over streamable HTTP with one kept connection: it costs next to nothing. */
export class HttpCaller {
  readonly #url: URL
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 })
  #session: Record<string, string> = {}
  #id = 0

  constructor(url: string) {
    this.#url = new URL(url)
  }

  /** The whole body of the answer. */
  async call(method: string, params: object): Promise<string> {
    this.#id += 1
    return this.#post({ jsonrpc: '2.0', id: this.#id, method, params })
  }

  async open(): Promise<void> {
    await this.call('initialize', { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'bench', version: '1.0.0' } })
    this.#session = { ...this.#session, 'mcp-protocol-version': '2025-11-25' }
    await this.#post({ jsonrpc: '2.0', method: 'notifications/initialized' })
    await this.call('tools/list', {})
  }

  close(): Promise<void> {
    this.#agent.destroy()
    return Promise.resolve()
  }

  #post(message: object): Promise<string> {
    const body = JSON.stringify(message)
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      'content-length': Buffer.byteLength(body),
      ...this.#session,
    }
    return new Promise((resolve, reject) => {
      const question = request(this.#url, { method: 'POST', agent: this.#agent, headers }, (answer: IncomingMessage) => {
        const session = answer.headers['mcp-session-id']
        if (typeof session === 'string') this.#session = { 'mcp-session-id': session }
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('end', () => resolve(text))
        answer.on('error', reject)
      })
      question.on('error', reject)
      question.end(body)
    })
  }
}

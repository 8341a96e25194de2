/**
 * An MCP endpoint over streamable HTTP in front of stdio servers, so that a suite that speaks HTTP can test what speaks stdio.
 * It adds nothing and hides nothing; the same bridge stands before the server with and without the gate.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createInterface } from 'node:readline'

type Message = Record<string, unknown> & {
  id?: string | number
  method?: string
  params?: Record<string, unknown>
  error?: { code: number }
}

export interface Bridge {
  readonly url: string
  close(): Promise<void>
}

interface Child {
  readonly process: ChildProcess
  /** Open POST streams by the id sent to the child, oldest first. */
  readonly pending: Map<string | number, { readonly response: ServerResponse; readonly id: string | number }>
  general?: ServerResponse
}

const STATUS: Readonly<Record<number, number>> = { [-32601]: 404, [-32602]: 400, [-32020]: 400, [-32021]: 400, [-32022]: 400 }

/** `command` is started once per session of the 2025 era and once for all stateless requests of the 2026 era. */
export async function startBridge(command: readonly string[]): Promise<Bridge> {
  const sessions = new Map<string, Child>()
  let stateless: Child | undefined
  let counter = 0

  const server: Server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)))
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!local(request.headers.host) || (request.headers.origin !== undefined && !local(new URL(request.headers.origin).host)))
      return void response.writeHead(403).end()
    const session = request.headers['mcp-session-id'] as string | undefined
    if (request.method === 'DELETE') return void response.writeHead(end(session) ? 200 : 404).end()
    if (request.method === 'GET') return openGeneral(session, response)
    const message = JSON.parse(await body(request)) as Message
    if (message.method === 'initialize') return post(open(response), message, response, false)
    const modern = request.headers['mcp-protocol-version'] === '2026-07-28' || message.params?.['_meta'] !== undefined
    if (session === undefined && modern) {
      const error = contradiction(request.headers, message)
      if (error === undefined) return post((stateless ??= start()), message, response, true)
      return void response
        .writeHead(400, { 'content-type': 'application/json' })
        .end(JSON.stringify({ jsonrpc: '2.0', id: message.id ?? null, error }))
    }
    const child = sessions.get(session ?? '')
    if (!child) return void response.writeHead(session === undefined ? 400 : 404).end()
    post(child, message, response, false)
  }

  function open(response: ServerResponse): Child {
    const id = randomUUID()
    const child = start()
    sessions.set(id, child)
    response.setHeader('Mcp-Session-Id', id)
    return child
  }

  function end(session: string | undefined): boolean {
    const child = sessions.get(session ?? '')
    child?.process.stdin?.end()
    return sessions.delete(session ?? '')
  }

  function openGeneral(session: string | undefined, response: ServerResponse): void {
    const child = sessions.get(session ?? '')
    if (!child) return void response.writeHead(405).end()
    child.general = response.writeHead(200, { 'content-type': 'text/event-stream' })
    response.flushHeaders()
  }

  /** Stateless callers may use the same id at once, so the child sees ids of the bridge's own. */
  function post(child: Child, message: Message, response: ServerResponse, renumber: boolean): void {
    if (message.method === undefined || message.id === undefined) {
      child.process.stdin?.write(`${JSON.stringify(message)}\n`)
      return void response.writeHead(202).end()
    }
    counter += 1
    const sent = renumber ? `bridge-${counter}` : message.id
    child.pending.set(sent, { response, id: message.id })
    response.on('close', () => child.pending.delete(sent))
    child.process.stdin?.write(`${JSON.stringify({ ...message, id: sent })}\n`)
  }

  function start(): Child {
    const [program = '', ...args] = command
    const child: Child = { process: spawn(program, args, { stdio: ['pipe', 'pipe', 'inherit'] }), pending: new Map() }
    if (child.process.stdout)
      createInterface({ input: child.process.stdout }).on('line', (line) => deliver(child, JSON.parse(line) as Message))
    return child
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    async close() {
      for (const child of [...sessions.values(), ...(stateless ? [stateless] : [])]) child.process.stdin?.end()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function deliver(child: Child, message: Message): void {
  if (message.method === undefined && message.id !== undefined) {
    const waiting = child.pending.get(message.id)
    if (!waiting) return
    child.pending.delete(message.id)
    const answer = { ...message, id: waiting.id }
    const status = message.error ? STATUS[message.error.code] : undefined
    if (waiting.response.headersSent) waiting.response.end(event(answer))
    else if (status !== undefined) waiting.response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
    else waiting.response.writeHead(200, { 'content-type': 'text/event-stream' }).end(event(answer))
    return
  }
  const stream = [...child.pending.values()].at(-1)?.response ?? child.general
  if (!stream) return
  if (!stream.headersSent) stream.writeHead(200, { 'content-type': 'text/event-stream' })
  stream.write(event(message))
}

function event(message: object): string {
  return `event: message\ndata: ${JSON.stringify(message)}\n\n`
}

/** In the 2026 era headers repeat the message, and an HTTP end has to see that they do. */
function contradiction(headers: IncomingHttpHeaders, { method, params = {} }: Message): object | undefined {
  const named =
    method === 'resources/read' ? params['uri'] : method === 'tools/call' || method === 'prompts/get' ? params['name'] : undefined
  const version = (params['_meta'] as Record<string, unknown> | undefined)?.['io.modelcontextprotocol/protocolVersion']
  const wanted = { 'mcp-method': method, ...(named === undefined ? {} : { 'mcp-name': named }), 'mcp-protocol-version': version }
  for (const [name, value] of Object.entries(wanted)) {
    const said = headers[name]
    const encoded = /^=\?base64\?(.*)\?=$/i.exec(String(said))?.[1]
    const text = encoded === undefined ? said : Buffer.from(encoded, 'base64').toString()
    if (value !== undefined && text !== value) return { code: -32020, message: `Header mismatch: ${name} is ${String(said)}` }
  }
  return undefined
}

function local(host: string | undefined): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host ?? '')
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString()
}

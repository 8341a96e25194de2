/** MCP servers over HTTP, run as their makers start them, and the gate in front of them. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeMcpServers } from '../../agent/src/platform/mcp-servers.ts'
import { freePort, taken } from '../../tools/start/stack.ts'
import { eventually } from './sandbox.ts'
import { everything, fixture, sdkExample } from './servers.ts'

export interface HttpServer {
  readonly url: string
  close(): Promise<void>
}

/** `server-everything` in one of its two modes over HTTP. */
export async function startEverything(mode: 'streamableHttp' | 'sse'): Promise<HttpServer> {
  const port = await freePort()
  const [program = '', main = ''] = everything()
  const child = spawn(program, [main, mode], { stdio: 'ignore', env: { ...process.env, PORT: String(port) } })
  await eventually(`server-everything to listen on ${port}`, () => taken(port))
  return { url: `http://127.0.0.1:${port}/${mode === 'sse' ? 'sse' : 'mcp'}`, close: () => ended(child) }
}

export async function startModernHttp(): Promise<HttpServer> {
  const child = spawn(process.execPath, [fixture('modern-http-server.ts')], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { url: `http://127.0.0.1:${line.toString().trim()}/mcp`, close: () => ended(child) }
}

/** Puts servers behind the gate of a running agent; says where each is then. */
export async function behindGate(state: string, servers: Readonly<Record<string, string>>): Promise<Readonly<Record<string, string>>> {
  const port = await freePort()
  writeMcpServers(state, { port, servers })
  await eventually(`the gate to listen on ${port}`, () => taken(port))
  return Object.fromEntries(
    Object.entries(servers).map(([name, address]) => [name, `http://127.0.0.1:${port}/${name}${new URL(address).pathname}`]),
  )
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGKILL')
  await once(child, 'exit')
}

/** The SDK's own example of a server that wants a sign-in; its issuer takes only requests for the server itself. */
export async function startSignInServer(): Promise<HttpServer> {
  const [port, issuer] = [await freePort(), await freePort()]
  const env = { ...process.env, MCP_PORT: String(port), MCP_AUTH_PORT: String(issuer) }
  const child = spawn(process.execPath, [sdkExample('simpleStreamableHttp.js'), '--oauth', '--oauth-strict'], { stdio: 'ignore', env })
  await eventually(`the server with sign-in to listen on ${port}`, async () => (await taken(port)) && (await taken(issuer)))
  return { url: `http://localhost:${port}/mcp`, close: () => ended(child) }
}

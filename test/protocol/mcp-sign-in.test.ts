import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client as ModernClient, StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { behindGate, type HttpServer, startSignInServer } from '../harness/http-servers.ts'
import { openSandbox, type Sandbox } from '../harness/sandbox.ts'

/** What a client remembers of a sign-in; the browser's part is done by following where it is sent. */
class Keychain {
  readonly redirectUrl = 'http://localhost:9/callback'
  readonly clientMetadata = {
    client_name: 'test',
    redirect_uris: [this.redirectUrl],
    grant_types: ['authorization_code', 'refresh_token'],
    response_types: ['code'],
    token_endpoint_auth_method: 'client_secret_post',
    scope: 'mcp:tools',
  }
  kept: Record<string, unknown> = {}
  code = ''
  visited: string[] = []
  clientInformation = () => this.kept['client'] as never
  saveClientInformation = (client: unknown) => void (this.kept['client'] = client)
  tokens = () => this.kept['tokens'] as never
  saveTokens = (tokens: unknown) => void (this.kept['tokens'] = tokens)
  saveCodeVerifier = (verifier: string) => void (this.kept['verifier'] = verifier)
  codeVerifier = () => this.kept['verifier'] as string

  async redirectToAuthorization(url: URL): Promise<void> {
    for (let place = url.href; ; ) {
      this.visited.push(place)
      const response = await fetch(place, { redirect: 'manual' })
      const next = response.headers.get('location')
      if (next === null) throw new Error(`${place} answered ${response.status}: ${await response.text()}`)
      if (next.startsWith(this.redirectUrl)) {
        this.code = new URL(next).searchParams.get('code') ?? ''
        return
      }
      place = new URL(next, place).href
    }
  }
}

/** Asks for tools as a user's client does: refused, signed in, accepted. */
const CLIENTS: Readonly<Record<string, (url: URL, keys: Keychain) => Promise<unknown>>> = {
  async 'the SDK of 2025'(url, keys) {
    const open = () => new StreamableHTTPClientTransport(url, { authProvider: keys as never })
    const first = open()
    await expect(new Client({ name: 'c', version: '1' }).connect(first as never)).rejects.toThrow()
    await first.finishAuth(keys.code)
    const client = new Client({ name: 'c', version: '1' })
    await client.connect(open() as never)
    return client.callTool({ name: 'greet', arguments: { name: 'Ann' } })
  },
  async 'the SDK of 2026'(url, keys) {
    const open = () => new ModernTransport(url, { authProvider: keys as never })
    const first = open()
    await expect(new ModernClient({ name: 'c', version: '1' }).connect(first)).rejects.toThrow()
    await first.finishAuth(keys.code)
    const client = new ModernClient({ name: 'c', version: '1' })
    await client.connect(open())
    return client.callTool({ name: 'greet', arguments: { name: 'Ann' } })
  },
}

describe('a server that wants a sign-in, through the gate', () => {
  let sandbox: Sandbox
  let server: HttpServer
  let gate: Readonly<Record<string, string>>

  beforeAll(async () => {
    sandbox = await openSandbox()
    await sandbox.startAgent()
    server = await startSignInServer()
    gate = await behindGate(sandbox.agentState, { locked: server.url })
  })
  afterAll(async () => {
    await server?.close()
    await sandbox?.close()
  })

  it.each(Object.keys(CLIENTS))('lets %s in, with tokens that are meant for the server itself and written nowhere', async (name) => {
    const direct = await CLIENTS[name]?.(new URL(server.url), new Keychain())
    const keys = new Keychain()
    expect(await CLIENTS[name]?.(new URL(gate['locked'] ?? ''), keys)).toEqual(direct)
    expect(JSON.stringify(direct)).toContain('Ann')
    // The person's browser ends at the issuer's own page, asked for the server itself.
    expect(new URL(keys.visited.at(-1) ?? '').searchParams.get('resource')).toBe(server.url)
    const { access_token: token } = keys.kept['tokens'] as { access_token: string }
    expect(token.length).toBeGreaterThan(10)
    for (const file of await readdir(sandbox.agentState, { recursive: true, withFileTypes: true }))
      if (file.isFile()) expect(await readFile(join(file.parentPath, file.name), 'utf8')).not.toContain(token)
  })
})

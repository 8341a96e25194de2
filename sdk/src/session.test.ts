import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { NoDecision } from './errors.ts'
import { Session } from './session.ts'

/** A session before something that refuses each step; says how often it was asked. */
async function refusedAlways(code: number) {
  let asked = 0
  const server = createServer((request, response) => {
    asked += 1
    request.resume()
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ jsonrpc: '2.0', id: null, error: { code, message: 'not like this' } }))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const folder = mkdtempSync(join(tmpdir(), 'assize-sdk-'))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const secretFile = join(folder, 'api.token')
  writeFileSync(secretFile, 'a'.repeat(64), { mode: 0o600 })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/acs`
  return { session: new Session({ agent: 'tester', url, secretFile, deadline: 2000 }), asked: () => asked }
}

test.each([
  ['knows nothing of the session, again and again', -32_003, 2],
  ['refuses it for another reason', -32_600, 1],
])('a call is not let run by an agent that %s', async (_, code, times) => {
  const { session, asked } = await refusedAlways(code)
  let ran = false
  const call = session.run({ tool: 'http_post', args: { url: 'https://x.example' } }, () => {
    ran = true
    return null
  })
  await expect(call).rejects.toBeInstanceOf(NoDecision)
  expect([ran, asked()]).toEqual([false, times])
  // What went wrong once is not kept for the next time.
  await expect(session.prompt('Go on.')).rejects.toBeInstanceOf(NoDecision)
  expect(asked()).toBe(2 * times)
})

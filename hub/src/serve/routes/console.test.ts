import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { get as httpGet, type IncomingMessage } from 'node:http'
import { get as httpsGet } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { pem } from '../../sample-agent.contract.ts'
import { SampleHub } from '../../sample-hub.contract.ts'

let folder: string
let sample: SampleHub
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'assize-console-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Assize</title>')
  writeFileSync(join(folder, 'assets', 'app-1a2b.js'), 'export {}')
  writeFileSync(join(folder, '.secret'), 'no')
  sample = await SampleHub.open({ console: folder })
})
afterAll(async () => {
  await sample.close()
  rmSync(folder, { recursive: true, force: true })
})

const page = async (path: string, accept = 'text/html') => {
  const answer = await fetch(`${sample.hub.consoleUrl}${path}`, { headers: { accept } })
  return {
    status: answer.status,
    cache: answer.headers.get('cache-control'),
    policy: answer.headers.get('content-security-policy'),
    text: await answer.text(),
  }
}

describe('the console', () => {
  it('is one page under all its addresses, always asked for', async () => {
    for (const path of ['/', '/decisions', '/decisions/01D?tab=raw', '/sign-in']) {
      expect(await page(path), path).toMatchObject({
        status: 200,
        cache: 'no-cache',
        text: expect.stringMatching(/<title>Assize/),
        policy: expect.stringMatching(/default-src 'none'/),
      })
    }
  })

  it('keeps its assets for ever, and has no page in place of a missing one', async () => {
    expect(await page('/assets/app-1a2b.js', '*/*')).toMatchObject({ status: 200, cache: expect.stringMatching(/immutable/) })
    expect((await page('/assets/app-gone.js')).status).toBe(404)
    expect((await page('/favicon.ico', 'image/*')).status).toBe(404)
  })

  it('shows no hidden files and nothing outside', async () => {
    for (const path of ['/.secret', '/assets/..%2f.secret', '/..%2f..%2fetc%2fpasswd'])
      expect((await page(path, '*/*')).text, path).not.toMatch(/no$|root:/)
  })

  it('says so when it was not built', async () => {
    const bare = await SampleHub.open({ console: join(folder, 'nowhere') })
    const answer = await fetch(bare.hub.consoleUrl)
    expect(await answer.json()).toMatchObject({
      status: 404,
      type: 'urn:assize:problem:console-missing',
      remedy: expect.stringMatching(/npm run build/),
    })
    await bare.close()
  })
})

describe('beyond loopback', () => {
  it('speaks TLS with a certificate of its own authority, and plain HTTP not at all', async () => {
    const open = await SampleHub.open({ host: '0.0.0.0', names: ['hub.example'] })
    const port = new URL(open.hub.consoleUrl).port
    expect(open.hub.consoleUrl).toMatch(/^https:/)
    const ca = pem('CERTIFICATE', open.hub.authority.certificate)
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      httpsGet(
        { host: '127.0.0.1', port, path: '/healthz', ca, servername: 'hub.example', headers: { host: `hub.example:${port}` } },
        resolve,
      ).on('error', reject)
    })
    expect(answer.statusCode).toBe(200)
    await expect(
      new Promise((resolve, reject) => httpGet({ host: '127.0.0.1', port, path: '/healthz' }, resolve).on('error', reject)),
    ).rejects.toThrow()
    answer.destroy()
    await open.close()
  })
})

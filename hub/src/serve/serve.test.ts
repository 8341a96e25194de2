import { request } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Telemetry } from '../sample-agent.contract.ts'
import { SampleHub } from '../sample-hub.contract.ts'
import { SampleChain } from '../store/sample-chain.contract.ts'

let sample: SampleHub
beforeAll(async () => {
  sample = await SampleHub.open()
})
afterAll(() => sample.close())

interface Answer {
  readonly status: number
  readonly headers: NodeJS.Dict<string | string[]>
  readonly text: string
}

/** Plain HTTP, so that any host and origin can be claimed. */
function http(
  path: string,
  options: { readonly method?: string; readonly headers?: Record<string, string>; readonly body?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const call = request(
      `${sample.hub.consoleUrl}${path}`,
      {
        method: options.method ?? 'GET',
        headers: { ...(options.body === undefined ? {} : { 'content-type': 'application/json' }), ...options.headers },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => {
          text += chunk
        })
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      },
    )
    call.on('error', reject)
    call.end(options.body)
  })
}

/** What is answered to the head of a request whose body never comes; 0 when that is nothing. */
function statusWithout(path: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(`${sample.hub.consoleUrl}${path}`, { method: 'POST', headers }, ({ statusCode = 0 }) => end(statusCode))
    const timer = setTimeout(() => end(0), 3000)
    const end = (status: number): void => {
      clearTimeout(timer)
      call.on('error', () => undefined).destroy()
      resolve(status)
    }
    call.on('error', reject)
    call.flushHeaders()
  })
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  http(path, { method: 'POST', body: JSON.stringify(body), headers })
const origin = () => ({ origin: sample.hub.consoleUrl })
const cookieOf = (answer: Answer) => String(answer.headers['set-cookie']).split(';')[0] ?? ''

describe('signing in', () => {
  it('takes a password, and the session ends when asked', async () => {
    await sample.person('Ada', 'correct horse battery', 'approver')
    const signedIn = await post('/api/v1/sign-in', { name: 'Ada', password: 'correct horse battery' })
    expect(JSON.parse(signedIn.text)).toEqual({ name: 'Ada', role: 'approver', tenant: 'default', via: 'session' })
    expect(String(signedIn.headers['set-cookie'])).toMatch(/HttpOnly; SameSite=Strict/)
    const cookie = cookieOf(signedIn)
    expect((await http('/api/v1/me', { headers: { cookie } })).status).toBe(200)
    expect((await http('/api/v1/tokens', { headers: { cookie } })).status).toBe(403)
    expect((await post('/api/v1/sign-out', {}, { cookie, ...origin() })).status).toBe(204)
    expect((await http('/api/v1/me', { headers: { cookie } })).status).toBe(401)
  })

  it('takes a link once', async () => {
    const link = await sample.person('Link', '')
    expect((await post('/api/v1/sign-in', { link })).status).toBe(200)
    expect((await post('/api/v1/sign-in', { link })).status).toBe(401)
    expect((await post('/api/v1/sign-in', { name: 'Link', password: '' })).status).toBe(400)
  })

  it('forgets a session that nobody used, but not one in use', async () => {
    const link = await sample.person('Slow', '')
    const cookie = cookieOf(await post('/api/v1/sign-in', { link }))
    try {
      for (let hours = 10; hours <= 30; hours += 10) {
        sample.skew = hours * 3_600_000
        expect((await http('/api/v1/me', { headers: { cookie } })).status).toBe(200)
      }
      sample.skew = 43 * 3_600_000
      expect((await http('/api/v1/me', { headers: { cookie } })).status).toBe(401)
    } finally {
      sample.skew = 0
    }
  })

  it('slows guessing down without locking the link out', async () => {
    const link = await sample.person('Target', 'a long enough one')
    const guesses = []
    for (let count = 0; count < 11; count++)
      guesses.push((await post('/api/v1/sign-in', { name: 'Target', password: `guess ${count}` })).status)
    expect(guesses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401))
    expect(guesses[10]).toBe(429)
    expect((await post('/api/v1/sign-in', { name: 'Target', password: 'a long enough one' })).status).toBe(429)
    expect((await post('/api/v1/sign-in', { link })).status).toBe(200)
  })

  it('answers alike for a wrong name and a wrong password', async () => {
    await sample.person('Known', 'a long enough one')
    const wrongPassword = await post('/api/v1/sign-in', { name: 'Known', password: 'no' })
    const wrongName = await post('/api/v1/sign-in', { name: 'Nobody', password: 'no' })
    expect(wrongName.text).toBe(wrongPassword.text)
  })
})

describe('the doorkeeper', () => {
  it('answers under its own names only', async () => {
    const port = new URL(sample.hub.consoleUrl).port
    expect((await http('/healthz', { headers: { host: `localhost:${port}` } })).status).toBe(200)
    for (const host of ['evil.example', `evil.example:${port}`, '127.0.0.1', `127.0.0.1:${Number(port) + 1}`])
      expect((await http('/healthz', { headers: { host } })).status, host).toBe(421)
  })

  it('lets no other site in, whatever it sends', async () => {
    const cookie = cookieOf(await post('/api/v1/sign-in', { link: await sample.person('Victim', '') }))
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: sample.hub.consoleUrl.replace('http:', 'https:') },
      { 'sec-fetch-site': 'cross-site' },
      {},
    ] as Record<string, string>[]) {
      expect((await post('/api/v1/enroll-tokens', {}, { cookie, ...headers })).status, JSON.stringify(headers)).toBe(403)
    }
    expect((await http('/api/v1/me', { headers: { cookie, origin: 'https://evil.example' } })).status).toBe(403)
    expect((await post('/api/v1/enroll-tokens', {}, { cookie, ...origin() })).status).toBe(201)
  })

  it('sends headers that leave a browser little room', async () => {
    const { headers } = await http('/api/v1/me')
    expect(headers['content-security-policy']).toMatch(/default-src 'none'; script-src 'self'/)
    expect(headers['content-security-policy']).not.toMatch(/unsafe/)
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
  })
})

describe('tokens', () => {
  it('work until revoked, and do no more than their role', async () => {
    const made = await sample.api('admin', 'tokens', { body: { name: 'ci', role: 'viewer' } })
    const authorization = `Bearer ${String(made.body['token'])}`
    expect((await http('/api/v1/decisions', { headers: { authorization } })).status).toBe(200)
    expect((await http('/api/v1/audit', { headers: { authorization } })).status).toBe(403)
    expect((await sample.api('admin', `tokens/${String(made.body['id'])}`, { method: 'DELETE' })).status).toBe(204)
    expect((await http('/api/v1/decisions', { headers: { authorization } })).status).toBe(401)
    expect((await sample.api('admin', 'tokens?limit=500')).body.items).toContainEqual(
      expect.objectContaining({ name: 'ci', revoked: true }),
    )
    expect((await sample.api('analyst', 'audit')).status).toBe(200)
  })

  it('expire', async () => {
    const made = await sample.api('admin', 'tokens', {
      body: { name: 'short', role: 'viewer', expires: new Date(Date.now() + 60_000).toISOString() },
    })
    const headers = { authorization: `Bearer ${String(made.body['token'])}` }
    expect((await http('/api/v1/me', { headers })).status).toBe(200)
    sample.skew = 61_000
    expect((await http('/api/v1/me', { headers })).status).toBe(401)
    sample.skew = 0
  })

  it('for enrolment are told once and can be taken back', async () => {
    const made = await sample.api('admin', 'enroll-tokens', { body: { uses: 2, group: 'laptops' } })
    expect(made).toMatchObject({ status: 201, body: { uses: 2, group: 'laptops', token: expect.stringMatching(/^assize1\./) } })
    const listed = (await sample.api('admin', 'enroll-tokens')).body.items?.[0]
    expect(listed).not.toHaveProperty('token')
    expect((await sample.api('admin', `enroll-tokens/${String(made.body['id'])}`, { method: 'DELETE' })).status).toBe(204)
    expect((await sample.api('admin', `enroll-tokens/${String(made.body['id'])}`, { method: 'DELETE' })).status).toBe(404)
  })
})

describe('hostile requests', () => {
  it.each([
    ['no JSON', '{', 400],
    ['a poisoned prototype', '{"__proto__":{"role":"admin"},"name":"x","role":"viewer"}', 400],
    ['unknown keys', '{"name":"x","role":"viewer","tenant":"other"}', 400],
    ['too much', `{"name":"${'x'.repeat(70_000)}","role":"viewer"}`, 413],
    ['great depth', `${'['.repeat(20_000)}${']'.repeat(20_000)}`, 400],
  ])('with %s are told what is wrong', async (_what, body, expected) => {
    const answer = await http('/api/v1/tokens', {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${await sample.token('admin')}` },
    })
    expect(answer.status).toBe(expected)
    expect(JSON.parse(answer.text)).toMatchObject({
      type: expect.stringMatching(/^urn:assize:problem:/),
      detail: expect.any(String),
      remedy: expect.any(String),
    })
  })

  it('of those who may not publish are turned away before their body is read', async () => {
    const headers = { 'content-type': 'application/json', 'content-length': '50000000' }
    for (const path of ['/api/v1/models', '/api/v1/policies']) {
      expect(await statusWithout(path, headers), path).toBe(401)
      const authorization = `Bearer ${await sample.token('viewer')}`
      expect(await statusWithout(path, { ...headers, authorization }), path).toBe(403)
    }
  })

  it('cannot turn a search into anything else', async () => {
    for (const query of [
      'search=%25%27%3B--',
      'cursor=1%20OR%201%3D1',
      `search=${encodeURIComponent('"\\_%')}`,
      'verdict=deny&verdict=ask',
      'since=2026-01-01T00:00:00Z',
    ])
      expect((await sample.api('viewer', `decisions?${query}`)).status, query).toBe(200)
    for (const query of ['limit=0', 'limit=501', 'verdict=fine', 'since=yesterday'])
      expect((await sample.api('viewer', `decisions?${query}`)).status, query).toBe(400)
  })

  it('meet no files of the machine', async () => {
    for (const path of [
      '/../package.json',
      '/..%2f..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/../../../../etc/passwd',
      '/.env',
    ])
      expect((await http(path)).status, path).toBeGreaterThanOrEqual(400)
  })

  it('find no API where there is none', async () => {
    const answer = await http('/api/v1/nothing', { headers: { accept: 'text/html' } })
    expect(answer.status).toBe(404)
    expect(answer.headers['content-type']).toMatch(/problem\+json/)
  })
})

describe('the rules of a policy', () => {
  it('are told as their authors wrote them, for the pack agents come with too', async () => {
    const answer = await sample.api('viewer', 'policies/0/rules')
    expect(answer.status).toBe(200)
    const { name, rules } = answer.body as { name: string; rules: Record<string, string>[] }
    expect(name).toBe('balanced')
    expect(rules.length).toBeGreaterThan(30)
    expect(rules.find(({ id }) => id === 'secrets.obeyed-read')).toMatchObject({ verdict: 'deny', file: 'secrets.cedar' })
    expect(rules.every(({ title, verdict }) => title !== '' && verdict !== 'allow')).toBe(true)
    expect((await sample.api('viewer', 'policies/4711/rules')).status).toBe(404)
  })
})

describe('the description', () => {
  it('is OpenAPI 3.1 and names every address', async () => {
    const described = JSON.parse((await http('/api/v1/openapi.json')).text) as {
      openapi: string
      paths: Record<string, Record<string, { responses: Record<string, unknown> }>>
    }
    expect(described.openapi).toBe('3.1.0')
    expect(Object.keys(described.paths)).toEqual(
      expect.arrayContaining([
        '/api/v1/decisions',
        '/api/v1/decisions/facets',
        '/api/v1/agents/{id}/revoke',
        '/api/v1/approvals/{id}/answer',
        '/api/v1/policies/{version}',
        '/api/v1/enroll-tokens/{id}',
      ]),
    )
    expect(described.paths['/api/v1/me']?.['get']?.responses).toHaveProperty('default')
  })

  it('comes with health and figures', async () => {
    expect((await http('/readyz')).status).toBe(200)
    expect((await http('/metrics')).text).toMatch(/assize_ingest_entries_total \d/)
  })
})

describe('live events', () => {
  it('tell of decisions and agents as they come, and catch up after a break', async () => {
    const headers = { authorization: `Bearer ${await sample.token('viewer')}` }
    const live = await Watcher.open(`${sample.hub.consoleUrl}/api/v1/events`, headers)
    const chain = new SampleChain()
    const enrolled = await sample.enrol(chain)
    const stream = new Telemetry(sample.address, enrolled.credentials).hello()
    await stream.welcome()
    chain.decide({ verdict: 'deny', tool: '<script>' })
    await stream.send(chain.batch()).acked(1)
    const decision = await live.next('decision')
    expect(decision.data).toMatchObject({ verdict: 'deny', tool: '<script>', agent: enrolled.agentId })
    expect((await live.next('agent')).data).toMatchObject({ id: enrolled.agentId, change: 'enrolled' })
    live.close()
    chain.decide({ tool: 'later' })
    await stream.send(chain.batch(2)).acked(2)
    const again = await Watcher.open(`${sample.hub.consoleUrl}/api/v1/events`, { ...headers, 'last-event-id': decision.id })
    expect((await again.next('decision')).data).toMatchObject({ tool: 'later' })
    again.close()
    const lost = await Watcher.open(`${sample.hub.consoleUrl}/api/v1/events`, { ...headers, 'last-event-id': 'another.7' })
    expect((await lost.next('resync')).data).toHaveProperty('reason')
    lost.close()
    stream.close()
  })

  it('say so when too much comes at once', async () => {
    const live = await Watcher.open(`${sample.hub.consoleUrl}/api/v1/events`, { authorization: `Bearer ${await sample.token('viewer')}` })
    const chain = new SampleChain()
    const enrolled = await sample.enrol(chain)
    for (let count = 0; count < 300; count++) chain.decide()
    const stream = new Telemetry(sample.address, enrolled.credentials).hello()
    await stream.welcome()
    await stream.send(chain.batch()).acked(300)
    expect((await live.next('resync')).data).toHaveProperty('reason')
    live.close()
    stream.close()
  })

  it('are for people who are signed in', async () => {
    expect((await http('/api/v1/events')).status).toBe(401)
  })
})

/** Reads server-sent events. */
class Watcher {
  readonly #abort = new AbortController()
  readonly #events: { type: string; id: string; data: Record<string, unknown> }[] = []

  static async open(url: string, headers: Record<string, string>): Promise<Watcher> {
    const watcher = new Watcher()
    const answer = await fetch(url, { headers, signal: watcher.#abort.signal })
    void watcher.#read(answer)
    await watcher.next('ready')
    return watcher
  }

  async next(type: string): Promise<{ id: string; data: Record<string, unknown> }> {
    for (let tries = 0; tries < 800; tries++) {
      const found = this.#events.find((event) => event.type === type)
      if (found !== undefined) return found
      await new Promise((resolve) => setTimeout(resolve, 25))
    }
    throw new Error(`no ${type} came in twenty seconds`)
  }

  close(): void {
    this.#abort.abort()
  }

  async #read(answer: Response): Promise<void> {
    let text = ''
    try {
      for await (const chunk of answer.body ?? []) {
        text += Buffer.from(chunk as Uint8Array).toString('utf8')
        for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
          const fields = new Map(
            text
              .slice(0, end)
              .split('\n')
              .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
          )
          text = text.slice(end + 2)
          if (fields.has('event'))
            this.#events.push({
              type: fields.get('event') ?? '',
              id: fields.get('id') ?? '',
              data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>,
            })
        }
      }
    } catch {
      // Closed by the test.
    }
  }
}

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type HubConfigInput, loadConfig } from './config/config.ts'
import { createEnrolToken } from './distribute/index.ts'
import { DEFAULT_TENANT, type Hub, openHub } from './hub.ts'
import { openLog } from './platform/log.ts'
import { systemClock } from './platform/platform.ts'
import { enrol, type Enrolled, readToken } from './sample-agent.contract.ts'
import { addPerson, createSignInLink, createToken } from './serve/index.ts'
import type { SampleChain } from './store/sample-chain.contract.ts'
import type { Role } from './store/index.ts'

/** A whole hub on free ports in a throw-away folder. Its clock can be moved. */
export class SampleHub {
  readonly state = mkdtempSync(join(tmpdir(), 'assize-hub-'))
  skew = 0
  hub: Hub

  private constructor(hub: Hub | undefined) {
    this.hub = hub as Hub
  }

  static async open(config: Partial<HubConfigInput> = {}): Promise<SampleHub> {
    const sample = new SampleHub(undefined)
    await sample.start(config)
    return sample
  }

  async start(config: Partial<HubConfigInput> = {}): Promise<void> {
    this.hub = await openHub({
      state: this.state,
      config: loadConfig(undefined, { consolePort: 0, grpcPort: 0, logLevel: 'silent', ...config }),
      clock: { now: () => systemClock.now() + this.skew },
      log: openLog('silent'),
      onFailure: (error) => {
        throw error
      },
    })
  }

  get address(): string {
    return this.hub.agentAddress
  }

  async enrolToken(wish: { readonly uses?: number; readonly expires?: number; readonly tenant?: string } = {}): Promise<string> {
    const now = Date.now() + this.skew
    const { token } = await createEnrolToken(this.hub.store, {
      tenant: wish.tenant ?? DEFAULT_TENANT,
      group: 'all',
      uses: wish.uses ?? 10,
      expires: wish.expires ?? now + 3_600_000,
      createdBy: 'test',
      now,
      address: this.address,
      fingerprint: this.hub.authority.fingerprint,
    })
    return token
  }

  async enrol(chain?: SampleChain, tenant?: string): Promise<Enrolled> {
    const { s } = readToken(await this.enrolToken(tenant === undefined ? {} : { tenant }))
    return enrol(this.address, { secret: s, ca: this.hub.authority.certificate, ...(chain === undefined ? {} : { chain }) })
  }

  people() {
    return { store: this.hub.store, clock: systemClock, tenant: DEFAULT_TENANT }
  }

  async token(role: Role): Promise<string> {
    return (await createToken(this.people(), { name: `test ${role}`, role, by: 'test' })).token
  }

  async person(name: string, password: string, role: Role = 'admin'): Promise<string> {
    await addPerson(this.people(), { name, role, password, by: 'test' })
    return createSignInLink(this.people(), name, 'test')
  }

  /** A request with a token of the given role; the body as JSON. */
  async api(
    role: Role,
    path: string,
    options: { readonly method?: string; readonly body?: unknown; readonly headers?: Record<string, string> } = {},
  ): Promise<{ readonly status: number; readonly body: Record<string, unknown> & { items?: Record<string, unknown>[] } }> {
    const answer = await fetch(`${this.hub.consoleUrl}/api/v1/${path}`, {
      method: options.method ?? (options.body === undefined ? 'GET' : 'POST'),
      headers: {
        authorization: `Bearer ${await this.token(role)}`,
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) }
  }

  async close(): Promise<void> {
    await this.hub.close()
    rmSync(this.state, { recursive: true, force: true })
  }
}

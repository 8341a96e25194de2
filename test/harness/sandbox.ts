/** A throw-away place for one test: state directories, free ports, real processes, all gone afterwards. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessToken, enrolAgent, freePort, type HubAddress, type Service, startAgent, startHub } from '../../tools/start/stack.ts'

export interface Sandbox {
  readonly folder: string
  readonly hub: HubAddress
  readonly agentState: string
  startHub(more?: readonly string[]): Promise<Service>
  startAgent(env?: NodeJS.ProcessEnv): Promise<Service>
  enrol(): Promise<void>
  /** A REST caller with a bearer token of this role. */
  rest(role: string): Promise<Rest>
  close(): Promise<void>
}

export type Rest = <Answer>(path: string, init?: RequestInit) => Promise<{ status: number; body: Answer }>

export async function openSandbox(): Promise<Sandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'assize-t-'))
  const hub = { state: join(folder, 'hub'), consolePort: await freePort(), grpcPort: await freePort() }
  const agentState = join(folder, 'agent')
  const services: Service[] = []
  const keep = (service: Service): Service => {
    services.push(service)
    return service
  }
  return {
    folder,
    hub,
    agentState,
    startHub: async (more) => keep(await startHub(hub, more)),
    startAgent: async (env) => keep(await startAgent(agentState, env)),
    enrol: () => enrolAgent(agentState, hub),
    rest: async (role) => restOf(hub, await accessToken(hub, role)),
    async close() {
      await Promise.all(services.filter((service) => service.running).map((service) => service.stop()))
      await rm(folder, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** A hub and an agent enrolled to it, both running. */
export async function openStack(): Promise<Sandbox & { readonly hubService: Service; readonly agentService: Service }> {
  const sandbox = await openSandbox()
  try {
    const hubService = await sandbox.startHub()
    await sandbox.enrol()
    const agentService = await sandbox.startAgent()
    return { ...sandbox, hubService, agentService }
  } catch (error) {
    await sandbox.close()
    throw error
  }
}

function restOf(hub: HubAddress, token: string): Rest {
  return async <Answer>(path: string, init: RequestInit = {}) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(init.body ? { 'content-type': 'application/json' } : {}),
      ...(init.headers as Record<string, string> | undefined),
    }
    const response = await fetch(`http://127.0.0.1:${hub.consolePort}/api/v1/${path}`, { ...init, headers })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Answer }
  }
}

/** Waits until the condition gives something; fails with what it was waiting for. */
export async function eventually<Value>(
  what: string,
  condition: () => Promise<Value | undefined | false>,
  withinMs = 60_000,
): Promise<Value> {
  const deadline = Date.now() + withinMs
  for (;;) {
    const value = await condition()
    if (value !== undefined && value !== false) return value
    if (Date.now() > deadline) throw new Error(`waited ${withinMs / 1000} s in vain for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

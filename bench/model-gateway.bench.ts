import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort, startAgent } from '../tools/start/stack.ts'
import { against, type Bench, type Figure, median, percentile } from './figures.ts'

const fixture = (name: string) => join(dirname(fileURLToPath(import.meta.url)), 'fixtures', name)
const ROUNDS = 8
const REQUESTS = 60
const WARM = 150
const PACED = { tokens: 150, everyMs: 3 }
const BURST = { tokens: 20_000, everyMs: 0 }
const LONG = { tokens: 20_000, everyMs: 1 }

interface Contestant {
  readonly name: string
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly requests: number[]
  readonly tokens: number[]
  readonly rates: number[]
}

/**
 * What a gateway adds to a request and to a streamed token, and how many tokens a second pass through it. Ours reads every event and
 * takes the conversation into a session; the peer routes. All stand before the same model server and take turns.
 */
export const modelGateway: Bench = {
  name: 'model-gateway',
  async run(): Promise<readonly Figure[]> {
    const folder = mkdtempSync(join(tmpdir(), 'assize-bench-'))
    const model = await startFixture('model-upstream.mjs')
    const relay = await startFixture('tcp-relay.mjs', model.url)
    const bare = await startFixture('http-proxy.mjs', model.url)
    const peer = await startPeer()
    const port = await freePort()
    const config = join(folder, 'agent.yaml')
    writeFileSync(config, JSON.stringify({ sense: { modelApi: { port, upstreams: { openai: model.url } } } }))
    const agent = await startAgent(join(folder, 'agent'), { ASSIZE_CONFIG: config })
    const entrant = (name: string, url: string, headers: Contestant['headers'] = {}): Contestant => ({
      name,
      url,
      headers,
      requests: [],
      tokens: [],
      rates: [],
    })
    const contestants = [
      entrant('direct', `${model.url}/v1/chat/completions`),
      entrant('bare', `${bare.url}/v1/chat/completions`),
      entrant('assize', `http://127.0.0.1:${port}/openai/v1/chat/completions`),
      entrant('peer', `${peer.url}/v1/chat/completions`, { 'x-portkey-provider': 'openai', 'x-portkey-custom-host': `${model.url}/v1` }),
      entrant('relay', `${relay.url}/v1/chat/completions`),
    ]
    const connections = new Agent({ keepAlive: true })
    try {
      for (const contestant of contestants) {
        for (let index = 0; index < WARM; index += 1) await whole(contestant, connections)
        await streamed(contestant, { tokens: 2000, everyMs: 0 }, connections)
      }
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const contestant of contestants) {
          for (let index = 0; index < REQUESTS; index += 1) contestant.requests.push(await whole(contestant, connections))
          contestant.tokens.push(...(await streamed(contestant, PACED, connections)).delays)
        }
      }
      for (let round = 0; round < 3; round += 1)
        for (const contestant of contestants) contestant.rates.push((await streamed(contestant, BURST, connections)).rate)
      return [...figures(contestants), ...(await longStream(contestants, agent.pid, connections))]
    } finally {
      connections.destroy()
      await agent.stop()
      for (const { child } of [model, relay, bare, peer]) child.kill('SIGKILL')
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

interface Started {
  readonly child: ChildProcess
  readonly url: string
}

async function startFixture(name: string, ...args: readonly string[]): Promise<Started> {
  // In a session of its own, as the agent is: systems share the processor out by session.
  const child = spawn(process.execPath, [fixture(name), ...args], { stdio: ['ignore', 'pipe', 'inherit'], detached: true })
  const [line] = (await once(child.stdout, 'data')) as [Buffer]
  return { child, url: `http://127.0.0.1:${line.toString().trim()}` }
}

async function startPeer(): Promise<Started> {
  const main = join(dirname(createRequire(import.meta.url).resolve('@portkey-ai/gateway/package.json')), 'build', 'start-server.js')
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const child = spawn(process.execPath, [main, '--headless', `--port=${port}`], {
    stdio: 'ignore',
    detached: true,
    env: { ...process.env, TRUSTED_CUSTOM_HOSTS: '127.0.0.1' },
  })
  for (const deadline = Date.now() + 20_000; Date.now() < deadline; await new Promise((resolve) => setTimeout(resolve, 100)))
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return { child, url }
  child.kill('SIGKILL')
  throw new Error('the peer did not start')
}

function ask(
  { url, headers }: Contestant,
  wish: { readonly stream?: boolean; readonly content: string },
  agent: Agent,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const question = request(
      url,
      { method: 'POST', agent, headers: { 'content-type': 'application/json', authorization: 'Bearer k', ...headers } },
      resolve,
    )
    question.on('error', reject)
    question.end(
      JSON.stringify({
        model: 'm',
        messages: [{ role: 'user', content: wish.content }],
        ...(wish.stream === true ? { stream: true } : {}),
      }),
    )
  })
}

/** Microseconds of one request with a whole answer. */
async function whole(contestant: Contestant, agent: Agent): Promise<number> {
  const start = performance.now()
  const response = await ask(contestant, { content: 'Say something short.' }, agent)
  let text = ''
  for await (const part of response.setEncoding('utf8')) text += part
  if (!text.includes('A short answer')) throw new Error(`${contestant.name} answered: ${text.slice(0, 300)}`)
  return (performance.now() - start) * 1000
}

/** Microseconds from the sending of each token to its arrival, and tokens a second. */
async function streamed(
  contestant: Contestant,
  wish: { readonly tokens: number; readonly everyMs: number },
  agent: Agent,
): Promise<{ readonly delays: readonly number[]; readonly rate: number }> {
  const start = performance.now()
  const response = await ask(contestant, { stream: true, content: `Say ${wish.tokens} words, one every ${wish.everyMs} ms.` }, agent)
  const delays: number[] = []
  let rest = ''
  let seen = 0
  for await (const part of response.setEncoding('utf8') as AsyncIterable<string>) {
    const now = process.hrtime.bigint()
    const events = (rest + part).split('\n\n')
    rest = events.pop() ?? ''
    for (const event of events) {
      const sent = /"content":"(\d+) "/.exec(event)?.[1]
      if (sent === undefined) continue
      seen += 1
      if (wish.everyMs > 0) delays.push(Number(now - BigInt(sent)) / 1000)
    }
  }
  if (seen !== wish.tokens) throw new Error(`${contestant.name} brought ${seen} of ${wish.tokens} tokens`)
  return { delays, rate: seen / ((performance.now() - start) / 1000) }
}

/** Answers of 20 000 chunks, all at the same time: what each chunk takes longer, and what the agent needs more while they pass. */
async function longStream([direct, bare, assize]: readonly Contestant[], pid: number, connections: Agent): Promise<readonly Figure[]> {
  if (!direct || !bare || !assize) throw new Error('a contestant is missing')
  const before = residentMiB(pid)
  let most = before
  const watch = setInterval(() => (most = Math.max(most, residentMiB(pid))), 250)
  const all = await Promise.all([direct, bare, assize].map((contestant) => streamed(contestant, LONG, connections)))
  clearInterval(watch)
  const [alone = 0, proxied = 0, gated = 0] = all.map(({ delays }) => percentile(delays, 0.99))
  return [
    { what: 'bare node:http proxy adds to a chunk of 20 000, p99', value: proxied - alone, unit: 'us' },
    { what: 'gateway adds to a chunk of 20 000, p99', value: gated - alone, unit: 'us', limit: { most: 1000 } },
    { what: 'the agent grows by while they pass', value: most - before, unit: 'MiB', limit: { most: 16 } },
  ]
}

function residentMiB(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

function figures([direct, bare, assize, peer, relay]: readonly Contestant[]): readonly Figure[] {
  if (!direct || !bare || !assize || !peer || !relay) throw new Error('a contestant is missing')
  const added = (contestant: Contestant, kind: 'requests' | 'tokens', share = 0.5) =>
    percentile(contestant[kind], share) - percentile(direct[kind], share)
  return [
    { what: 'direct request, p50', value: median(direct.requests), unit: 'us' },
    { what: 'a process that hands on bytes adds to a request, p50', value: added(relay, 'requests'), unit: 'us' },
    { what: 'bare node:http proxy adds to a request, p50', value: added(bare, 'requests'), unit: 'us' },
    against(
      { what: 'Portkey', value: added(peer, 'requests') },
      { what: 'gateway adds to a request, p50', value: added(assize, 'requests'), unit: 'us', limit: { most: 0.25 } },
    ),
    { what: 'direct token, p50', value: median(direct.tokens), unit: 'us' },
    { what: 'a process that hands on bytes adds to a token, p50', value: added(relay, 'tokens'), unit: 'us' },
    { what: 'bare node:http proxy adds to a token, p50', value: added(bare, 'tokens'), unit: 'us' },
    against(
      { what: 'Portkey', value: added(peer, 'tokens') },
      { what: 'gateway adds to a token, p50', value: added(assize, 'tokens'), unit: 'us', limit: { most: 0.5 } },
    ),
    // Where other work shares the machine, half of all times are spent waiting for a processor; the quickest tenth is not.
    against(
      { what: 'Portkey', value: added(peer, 'requests', 0.1) },
      { what: 'gateway adds to a request, quickest tenth', value: added(assize, 'requests', 0.1), unit: 'us' },
    ),
    against(
      { what: 'Portkey', value: added(peer, 'tokens', 0.1) },
      { what: 'gateway adds to a token, quickest tenth', value: added(assize, 'tokens', 0.1), unit: 'us' },
    ),
    { what: 'gateway adds to a token, p99', value: added(assize, 'tokens', 0.99), unit: 'us', limit: { most: 1000 } },
    against(
      { what: 'Portkey', value: median(peer.rates) },
      { what: 'gateway, every event read', value: median(assize.rates), unit: 'tokens/s', limit: { least: 2 } },
    ),
    { what: 'direct', value: median(direct.rates), unit: 'tokens/s' },
    { what: 'bare node:http proxy', value: median(bare.rates), unit: 'tokens/s' },
  ]
}

import { createHash, generateKeyPairSync, sign, X509Certificate } from 'node:crypto'
import { copyFileSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { bundleSigningInput } from '@assize/kernel'
import { afterEach, describe, expect, it } from 'vitest'
import { openJournal } from '../../agent/src/record/index.ts'
import { decisionBody } from '../../agent/src/record/journal.fixture.ts'
import { DEFAULT_TENANT } from '../../hub/src/hub.ts'
import { builtInPack, readPolicyFolder } from '../../agent/src/control/index.ts'
import { eventually } from '../harness/sandbox.ts'
import { holdsWithin } from '../harness/slowness.ts'
import { type Agent, enrolInto, openRelay, openWorld, startAgentParts, type World } from './world.ts'

const open: { close(): Promise<void> }[] = []
const running: Agent[] = []
afterEach(async () => {
  for (const agent of running.splice(0)) await agent.stop()
  for (const one of open.splice(0).reverse()) await one.close()
})

describe('enrolment', () => {
  it('gives a certificate for a key that never leaves, in files that only this user reads', async () => {
    const world = await make()
    const enrolment = await enrolInto(world, await world.token())
    expect(enrolment).toMatchObject({ hub: world.hub.agentAddress, tenant: DEFAULT_TENANT, group: 'default' })
    expect(enrolment.bundleKeys[0]?.onHub).toBe(true)
    expect(readdirSync(world.identity).sort()).toEqual(['ca.pem', 'cert.pem', 'enrolment.json', 'key.pem'])
    for (const name of readdirSync(world.identity)) expect(statSync(join(world.identity, name)).mode & 0o777).toBe(0o600)
  })

  it('sends nothing to a hub whose authority is not the one in the token', async () => {
    const world = await make()
    const token = JSON.parse(Buffer.from((await world.token()).slice('assize1.'.length), 'base64url').toString()) as Record<string, string>
    const forged = `assize1.${Buffer.from(JSON.stringify({ ...token, f: '0'.repeat(64) })).toString('base64url')}`
    await expect(enrolInto(world, forged)).rejects.toMatchObject({
      code: 'refused',
      exit: 1,
      message: expect.stringContaining('fingerprint'),
    })
    const [row] = (await world.hub.store.read.enrolTokens(DEFAULT_TENANT, { limit: 1 })).items
    expect(row?.used).toBe(0)
  })

  it('sends nothing to a hub that is not the host it was asked for', async () => {
    const world = await make()
    const token = await world.token()
    const port = world.hub.agentAddress.split(':').at(-1) ?? ''
    await expect(enrolInto(world, token, `127.0.0.2:${port}`)).rejects.toMatchObject({ code: 'unreachable' })
    const relay = await openRelay(world.hub.agentAddress, '127.0.0.3')
    open.push(relay)
    await expect(enrolInto(world, token, relay.address)).rejects.toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('127.0.0.3'),
    })
    expect((await world.hub.store.read.enrolTokens(DEFAULT_TENANT, { limit: 1 })).items[0]?.used).toBe(0)
  })

  it('says plainly why it did not happen', async () => {
    const world = await make()
    const once = await world.token()
    await enrolInto(world, once)
    const before = readFileSync(join(world.identity, 'enrolment.json'), 'utf8')
    await expect(enrolInto(world, once)).rejects.toMatchObject({ code: 'refused', message: expect.stringContaining('no uses left') })
    await expect(enrolInto(world, await world.token({ expires: Date.now() - 1 }))).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('expired'),
    })
    await expect(enrolInto(world, 'assize1.nonsense')).rejects.toMatchObject({ code: 'usage', exit: 2 })
    await expect(enrolInto(world, await world.token(), '127.0.0.1:1')).rejects.toMatchObject({ code: 'unreachable', exit: 3 })
    const deaf = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1')
    await new Promise((resolve) => deaf.once('listening', resolve))
    const address = deaf.address()
    await expect(
      enrolInto(world, await world.token(), `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`),
    ).rejects.toMatchObject({ code: 'unreachable' })
    deaf.close()
    expect(readFileSync(join(world.identity, 'enrolment.json'), 'utf8')).toBe(before)
  })
})

describe('shipping', () => {
  it('brings every entry to the hub, acknowledged, with health, also what was recorded before enrolment', async () => {
    const world = await make()
    const agent = await start(world)
    for (let index = 0; index < 300; index += 1) void agent.journal.append(decisionBody(`d${index}`))
    expect(agent.uplink.state().link).toBe('not-enrolled')
    const { agentId } = await enrolInto(world, await world.token())
    await agent.journal.append({ kind: 'outcome', decision: 'd5', outcome: 'released', detail: {} }).durable
    const last = agent.journal.head().seq
    await eventually('all entries acknowledged', async () => agent.journal.acked() >= last)
    expect(await world.hub.store.read.stored(DEFAULT_TENANT, agentId)).toMatchObject({ seq: last, entries: last, dropped: 0 })
    expect((await world.hub.store.read.decision(DEFAULT_TENANT, 'd5'))?.outcomes.map((outcome) => outcome.outcome)).toEqual(['released'])
    expect(agent.uplink.state().link).toBe('connected')
    await eventually('health', async () => (await world.hub.store.read.agent(DEFAULT_TENANT, agentId))?.health?.includes('a test problem'))
  })

  it('goes on where it was when the hub was away, also over a restart of the agent, without loss or double', async () => {
    const world = await make()
    const relay = await openRelay(world.hub.agentAddress)
    open.push(relay)
    const { agentId } = await enrolInto(world, await world.token(), relay.address)
    let agent = await start(world)
    let made = 0
    const append = async (count: number) => {
      for (let index = 0; index < count; index += 1) await agent.journal.append(decisionBody(`d${made++}`)).durable
    }
    for (let round = 0; round < 4; round += 1) {
      const work = append(150)
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60))
      relay.cut()
      await work
      await append(50)
      if (round === 1) {
        await running.pop()?.stop()
        agent = await start(world)
      }
      relay.mend()
    }
    await eventually('all entries acknowledged', async () => agent.journal.acked() >= agent.journal.head().seq, 60_000)
    const head = agent.journal.head()
    expect(await world.hub.store.read.stored(DEFAULT_TENANT, agentId)).toMatchObject({
      epoch: head.epoch,
      seq: head.seq,
      entries: head.seq,
    })
    const [chain] = await world.hub.store.read.chains()
    expect(Buffer.from(chain?.hash ?? []).equals(Buffer.from(head.hash))).toBe(true)
    expect(agent.problems.some((problem) => problem.includes('still protected'))).toBe(true)
  })

  it('ships what was dropped as dropped, and the hub counts it', async () => {
    const world = await make()
    const agent = await start(world)
    for (let index = 0; index < 20; index += 1)
      await agent.journal.append(decisionBody(`d${index}`, { verdict: index % 2 === 0 ? 'deny' : 'allow' })).durable
    await running.pop()?.stop()
    const tight = await openJournal({
      path: join(world.folder, 'agent', 'journal.db'),
      device: 'test',
      now: Date.now,
      limits: { ballastBytes: 0, unshippedBytes: 10_000 },
    })
    await tight.maintain()
    await tight.close()
    const { agentId } = await enrolInto(world, await world.token())
    const again = await start(world)
    await eventually(
      'all entries acknowledged',
      async () => again.journal.acked() > 20 && again.journal.acked() >= again.journal.head().seq,
    )
    const stored = await world.hub.store.read.stored(DEFAULT_TENANT, agentId)
    expect(stored.dropped).toBeGreaterThan(5)
    expect(stored).toMatchObject({ entries: stored.seq, seq: again.journal.head().seq })
  })

  it('begins a new epoch when its journal turns out to be older than what the hub holds', async () => {
    const world = await make()
    const { agentId } = await enrolInto(world, await world.token())
    let agent = await start(world)
    for (let index = 0; index < 20; index += 1) await agent.journal.append(decisionBody(`d${index}`)).durable
    await running.pop()?.stop()
    copyFileSync(join(world.folder, 'agent', 'journal.db'), join(world.folder, 'copy.db'))
    agent = await start(world)
    for (let index = 20; index < 30; index += 1) await agent.journal.append(decisionBody(`d${index}`)).durable
    await eventually('entries acknowledged', async () => agent.journal.acked() === 30)
    const epoch = agent.journal.epoch()
    await running.pop()?.stop()
    // The copy that is put back was made after twenty entries.
    copyFileSync(join(world.folder, 'copy.db'), join(world.folder, 'agent', 'journal.db'))
    const restored = await start(world)
    await restored.journal.append(decisionBody('after')).durable
    await eventually('a new epoch', async () => restored.journal.epoch() > epoch)
    await restored.journal.append(decisionBody('anew')).durable
    await eventually('the new epoch at the hub', async () => (await world.hub.store.read.decision(DEFAULT_TENANT, 'anew'))?.id === 'anew')
    expect((await world.hub.store.read.stored(DEFAULT_TENANT, agentId)).epoch).toBe(restored.journal.epoch())
  })
})

describe('policy', () => {
  it('comes into force within two seconds of being published, and the hub knows', async () => {
    const world = await make()
    const { agentId } = await enrolInto(world, await world.token())
    const agent = await start(world)
    await eventually('the control stream', async () => agent.uplink.state().link === 'connected')
    const bundle = await publish(world)
    const started = Date.now()
    await eventually('the policy in force', async () => agent.policies.current().version.hash === bundle.hash)
    expect(holdsWithin('a published policy', Date.now() - started, 2_000)).toBe(true)
    const [report] = await eventually('the report', async () => {
      const reports = await world.hub.store.read.reportsOn(DEFAULT_TENANT, 'policy', bundle.version)
      return reports.length > 0 && reports
    })
    expect(report).toMatchObject({ agent: agentId, status: 'active', activeVersion: bundle.version })
  })

  it('stays as it was when what is offered is signed by a stranger, and agent and hub say so', async () => {
    const world = await make()
    const { agentId } = await enrolInto(world, await world.token())
    const agent = await start(world)
    const good = await publish(world)
    await eventually('the good policy', async () => agent.policies.current().version.hash === good.hash)
    // Whoever owns the hub's database can put anything into it; the agent still only believes its pinned keys.
    const { privateKey } = generateKeyPairSync('ed25519')
    const row = await world.hub.store.read.bundle(DEFAULT_TENANT, 'policy', good.version)
    if (!row) throw new Error('the published bundle is not there')
    const manifest = Buffer.from(
      Buffer.from(row.manifest)
        .toString()
        .replace(`"version":${good.version}`, `"version":${good.version + 1}`),
    )
    const hash = createHash('sha256').update(manifest).digest('hex')
    const files = await world.hub.store.read.bundleFiles(DEFAULT_TENANT, good.hash)
    const forged = {
      ...row,
      version: good.version + 1,
      hash,
      manifest: new Uint8Array(manifest),
      signatures: row.signatures.map((one) => ({
        ...one,
        signature: new Uint8Array(sign(null, bundleSigningInput(manifest), privateKey)),
      })),
    }
    expect(await world.hub.store.write.addBundle(DEFAULT_TENANT, forged, files)).toBe(true)
    await running.pop()?.stop()
    const again = await start(world)
    const report = await eventually('the refusal', async () => again.reports.find((one) => one.status === 'refused'))
    expect(report).toMatchObject({ code: 'bad-signature', version: good.version + 1, activeVersion: good.version })
    expect(again.policies.current().version.hash).toBe(good.hash)
    await eventually('the refusal at the hub', async () =>
      (await world.hub.store.read.reportsOf(DEFAULT_TENANT, agentId, 10)).some(
        (one) => one.status === 'refused' && one.code === 'bad-signature',
      ),
    )
  })
})

describe('the certificate', () => {
  it('is replaced before it ends, and the link goes on', { timeout: 120_000 }, async () => {
    const world = await make({ certificateLifetime: '20s' })
    await enrolInto(world, await world.token())
    const agent = await start(world)
    const first = readFileSync(join(world.identity, 'cert.pem'), 'utf8')
    await eventually('a new certificate', async () => readFileSync(join(world.identity, 'cert.pem'), 'utf8') !== first, 40_000)
    expect(readdirSync(world.identity).sort()).toEqual(['ca.pem', 'cert.pem', 'enrolment.json', 'key.pem'])
    const ended = new X509Certificate(first).validToDate.getTime()
    await eventually('the end of the first certificate', async () => Date.now() > ended, 40_000)
    await agent.journal.append(decisionBody('late')).durable
    await eventually('an acknowledgement after the first certificate ended', async () => agent.journal.acked() === agent.journal.head().seq)
    expect(agent.identity.problems()).toEqual([])
  })

  it('that was revoked opens nothing, and decisions are kept', async () => {
    const world = await make()
    const { agentId } = await enrolInto(world, await world.token())
    const agent = await start(world)
    await eventually('the link', async () => agent.uplink.state().link === 'connected')
    await world.hub.store.write.revokeAgent(DEFAULT_TENANT, agentId, Date.now())
    await world.stopHub()
    await world.startHub()
    await agent.journal.append(decisionBody('kept')).durable
    await eventually('the refusal', async () => agent.uplink.state().problem.includes('revoked'), 30_000)
    expect(agent.journal.unshipped().entries).toBeGreaterThan(0)
  })
})

async function make(config?: { readonly certificateLifetime?: string }): Promise<World> {
  const world = await openWorld(config)
  open.push(world)
  return world
}

async function start(world: World): Promise<Agent> {
  const agent = await startAgentParts(world)
  running.push(agent)
  return agent
}

/** Publishes the way people do: over REST, with the token of whoever owns the hub's state directory. */
async function publish(world: World): Promise<{ readonly version: number; readonly hash: string }> {
  const token = readFileSync(join(world.folder, 'hub', 'local.token'), 'utf8')
  const response = await fetch(`${world.hub.consoleUrl}/api/v1/policies`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ files: Object.fromEntries(readPolicyFolder(builtInPack('balanced'))) }),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as { version: number; hash: string }
}
